import type { Cents } from "@caravela/sibs/money";
import { type Asked, askedOnceMore } from "../asked.ts";
import type { Instant } from "../time.ts";
import { countedOnce } from "./absence.ts";
import type { Attempt } from "./attempt.ts";
import { attentionsOf, withAttentions } from "./attention.ts";
import type { AttemptFact, Recorded } from "./facts.ts";
import { UNKNOWN } from "./operation.ts";
import { settlementOf, unprovedBy } from "./settlement.ts";
import type { Attention, Payment } from "./state.ts";

/** A fact about one attempt. */
type Of<Kind extends AttemptFact["kind"] = AttemptFact["kind"]> = Extract<Recorded, { kind: Kind }>;

/** The payment with what a fact changes of its attempt; of the payment itself only a doubt that is over. */
export function withAttempt(payment: Payment, fact: Of): Payment {
  const attempts = payment.attempts.map((attempt) => {
    if (attempt.id !== fact.attempt) return attempt;
    return { ...attemptStep(attempt, fact), asked: askedAfter(attempt, fact), askAt: fact.next };
  });
  return { ...withAttentions(payment, attentionsAfter(payment, fact)), attempts };
}

/** What a person says is no word of SIBS's. */
function askedAfter({ asked }: Attempt, fact: Of): Asked | null {
  const said = fact.kind === "attempt_not_found" ? UNKNOWN : fact.said;
  const isOfSibs = !("saidBy" in fact) || fact.saidBy === undefined;
  return said === undefined || !isOfSibs ? asked : askedOnceMore(asked, said, fact.at);
}

const END_OF_DOUBT: readonly AttemptFact["kind"][] = [
  "attempt_approved",
  "attempt_ended",
  "attempt_notification_refuted",
];

/**
 * A doubt of which a person was told is over when it is known what became of the attempt; another amount than asked,
 * when none was taken.
 */
function attentionsAfter(payment: Payment, fact: AttemptFact): readonly Attention[] {
  const all = attentionsOf(payment);
  const over = END_OF_DOUBT.includes(fact.kind)
    ? "in_doubt"
    : fact.kind === "attempt_refuted"
      ? "amount_differs"
      : null;
  return over === null ? all : all.filter((one) => one.reason !== over || one.attempt !== fact.attempt);
}

function attemptStep(attempt: Attempt, fact: Of): Attempt {
  const clear = { inDoubt: false, doubtSince: null, notArrivedSince: null };
  switch (fact.kind) {
    case "attempt_prepared":
      return attempt;
    case "attempt_submitted":
      return {
        ...attempt,
        ...GOING_ON,
        status: "submitted",
        action: null,
        transactionId: fact.transactionId,
        submittedAt: fact.at,
        sentAt: fact.at,
        checkoutExpiresAt: fact.checkoutExpiresAt,
        madeOn: fact.madeOn ?? null,
        expiresAt: fact.expiresAt,
      };
    case "attempt_named":
      return { ...attempt, transactionId: fact.transactionId };
    case "attempt_authenticated":
      return { ...attempt, authentication: fact.authentication };
    case "attempt_action_required":
      return { ...attempt, ...clear, ...sent(attempt, fact.at), status: "action_required", action: fact.action };
    case "attempt_action_done":
      // only the time limit goes on with a challenge that nobody has turned away from, and that says `executed`
      return {
        ...attempt,
        ...sent(attempt, fact.at),
        status: "submitted",
        action: null,
        leftChallenge: attempt.action?.type === "3ds_challenge" && !fact.executed,
        sentAt: fact.at,
      };
    case "attempt_in_doubt":
      return { ...attempt, inDoubt: true, doubtSince: fact.at, notArrivedSince: null };
    case "attempt_not_arrived":
      return { ...attempt, notArrivedSince: fact.at };
    case "attempt_not_found":
      return { ...attempt, absence: countedOnce(attempt.absence, fact.at) };
    case "attempt_fell_back":
      return { ...attempt, phone: fact.phone, expiresAt: fact.expiresAt };
    case "attempt_pending":
      return {
        ...attempt,
        ...clear,
        ...sent(attempt, fact.at),
        status: "pending",
        action: null,
        reference: fact.reference ?? attempt.reference,
      };
    case "attempt_approved":
      return {
        ...attempt,
        ...clear,
        status: "approved",
        taken: { amount: fact.amount, hold: fact.hold },
        unprovedSince: unprovedBy(fact),
        failure: null,
        ...NO_NOTICE,
        awaitsNotice: fact.unannounced === true,
        action: null,
        cancellation: null,
        endedAt: fact.at,
        reference: fact.reference ?? attempt.reference,
      };
    case "attempt_ended":
      return {
        ...attempt,
        ...clear,
        ...NO_NOTICE,
        status: fact.status,
        failure: fact.failure,
        taken: null,
        action: null,
        cancellation: null,
        unprovedSince: unprovedBy(fact),
        endedAt: fact.at,
      };
    case "attempt_settled":
      return { ...attempt, settled: settlementOf(fact) };
    case "attempt_proved":
      return proved(attempt, fact.amount);
    case "attempt_refuted":
      return {
        ...attempt,
        ...clear,
        status: fact.status,
        failure: fact.failure,
        taken: null,
        action: null,
        unprovedSince: null,
        endedAt: fact.at,
      };
    case "attempt_notified":
      return notified(attempt, fact);
    case "attempt_notification_refuted":
      return { ...attempt, ...NO_NOTICE, unprovedSince: unprovedBy(fact) };
    case "attempt_asked":
      return { ...attempt, readUnpaidAt: unpaidAsOf(attempt, fact), unread: unreadAfter(attempt, fact) };
    case "reference_found":
      return { ...attempt, reference: fact.reference };
    case "cancellation_wanted":
      return {
        ...attempt,
        ...clear,
        cancellation: { operation: fact.operation, wantedAt: fact.notBefore, sentAt: null, doneAt: null },
      };
    case "cancellation_sent":
      return {
        ...attempt,
        cancellation: {
          operation: fact.operation,
          wantedAt: attempt.cancellation?.wantedAt ?? fact.at,
          sentAt: fact.at,
          doneAt: null,
        },
      };
    case "cancellation_done":
      return {
        ...attempt,
        ...clear,
        cancellation: attempt.cancellation === null ? null : { ...attempt.cancellation, doneAt: fact.at },
      };
    case "cancellation_dropped":
      return { ...attempt, ...clear, cancellation: null };
  }
}

const GOING_ON = { endedAt: null, failure: null, taken: null } as const;

/** What an attempt that was sent is, as long as it goes on. */
function sent({ submittedAt }: Attempt, at: Instant) {
  return { ...GOING_ON, submittedAt: submittedAt ?? at };
}

/** SIBS's own word of what was taken is what was taken. */
function proved(attempt: Attempt, amount: Cents | null): Attempt {
  const next = { ...attempt, unprovedSince: null };
  if (next.status !== "approved" || amount === null) return next;
  return { ...next, taken: { ...next.taken, amount } };
}

const NO_NOTICE = { noticedAt: null, paidNoticeAt: null } as const;

/** A notification of money stands from when it first came; of an approved attempt it is the one that was to come. */
function notified(attempt: Attempt, { at, success, paid }: Of<"attempt_notified">): Attempt {
  if (attempt.status === "approved") return { ...attempt, awaitsNotice: attempt.awaitsNotice && !paid };
  if (!success) return attempt;
  return {
    ...attempt,
    noticedAt: at,
    paidNoticeAt: paid ? (attempt.paidNoticeAt ?? at) : attempt.paidNoticeAt,
  };
}

/** An inquiry without an answer says nothing of the amount. */
function unreadAfter({ unread }: Attempt, { answered, unreadable }: Of<"attempt_asked">): number {
  if (!answered) return unread;
  return unreadable === true ? unread + 1 : 0;
}

/** An inquiry without an answer leaves what was read before it. */
function unpaidAsOf(attempt: Attempt, { at, unpaid, answered }: Of<"attempt_asked">): Instant | null {
  if (!answered) return attempt.readUnpaidAt;
  return unpaid === true ? at : null;
}
