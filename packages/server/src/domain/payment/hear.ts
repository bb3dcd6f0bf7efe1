import type { Given } from "../decision.ts";
import { failure } from "../failure.ts";
import type { AttemptId } from "../identifiers.ts";
import { rulesOf } from "../methods/index.ts";
import { isLive } from "../methods/types.ts";
import { ANSWER_WINDOW, NOT_ARRIVED_FOR } from "../patience.ts";
import { type Instant, MINUTE, SECOND } from "../time.ts";
import { aboutApproved, approve, confirmed, knownOf } from "./approve.ts";
import { type Action, type Attempt, isBeingWithdrawn, isClaimed, isUnnamedCharge } from "./attempt.ts";
import { attention } from "./attention.ts";
import { after } from "./decision.ts";
import { askPerson, endAsSaid, endBeforeAction, endByClock } from "./end.ts";
import type { Fact } from "./facts.ts";
import { broughtBy } from "./inquired.ts";
import { meaningOf, type Report, SAYS_UNPAID } from "./report.ts";
import type { Payment } from "./state.ts";
import { countsAsUnsent, withdrawAgain } from "./withdraw.ts";

/**
 * Decides what a report of SIBS about an attempt's transaction changes. The one judge of how an attempt ends: answers
 * and inquiries come here, notifications only cause an inquiry. *approved* beats every other end, because money moved.
 * `askedAt`: when SIBS was asked.
 */
export function hear(
  payment: Payment,
  id: AttemptId,
  report: Report,
  given: Given,
  askedAt: Instant = given.now,
): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined) return [];
  if (!isOfItself(attempt, report)) return hearOfAnother(payment, attempt, report, given);
  const learnt = [
    ...name(attempt, report, given),
    ...proof(attempt, report, given),
    ...fallback(attempt, report, given),
  ];
  const said = consequences(payment, attempt, report, { given, askedAt });
  const facts = [...learnt, ...withCorrection(attempt, said, given)];
  if (report.source === "answer") return facts;
  const heard = facts.length > 0 ? broughtBy(report, facts) : heardNothingNew(attempt, report, given);
  return [...heard, ...askPerson(after(payment, heard), id, given)];
}

/** Whether a report speaks of the attempt's own transaction: an answer that names another one says nothing of this. */
function isOfItself(attempt: Attempt, { transactionId }: Report): boolean {
  return transactionId === null || attempt.transactionId === null || transactionId === attempt.transactionId;
}

/** What is said of another transaction is no answer about this one, whatever it says. */
function hearOfAnother(
  payment: Payment,
  attempt: Attempt,
  { source, paymentStatus }: Report,
  given: Given,
): readonly Fact[] {
  if (source === "answer") return [];
  return [asked(attempt, paymentStatus, false, given), ...askPerson(payment, attempt.id, given)];
}

/**
 * The transaction of a charge by the merchant is made by the call itself: its name is learnt with the first word about
 * it.
 */
function name(attempt: Attempt, { transactionId }: Report, given: Given): readonly Fact[] {
  if (attempt.transactionId !== null || transactionId === null) return [];
  return [{ kind: "attempt_named", at: given.now, attempt: attempt.id, transactionId }];
}

function proof(attempt: Attempt, { authentication }: Report, given: Given): readonly Fact[] {
  if (attempt.authentication !== null || authentication === null) return [];
  return [{ kind: "attempt_authenticated", at: given.now, attempt: attempt.id, authentication }];
}

/**
 * SIBS did not charge the mandate by itself, but asked its owner on the phone, as for any payment by MB WAY (reference
 * 6.4).
 */
function fallback(attempt: Attempt, { paymentMethod }: Report, given: Given): readonly Fact[] {
  if (attempt.mandate === null || attempt.phone !== null || paymentMethod !== "MBWAY") return [];
  const { phone } = attempt.mandate;
  if (phone === null) return [];
  const expiresAt = (attempt.submittedAt ?? given.now) + ANSWER_WINDOW;
  return [{ kind: "attempt_fell_back", at: given.now, attempt: attempt.id, phone, expiresAt }];
}

/**
 * An inquiry that brought no answer: the next one is scheduled, and after a day of not knowing a person is asked. It
 * ends nothing that SIBS has not been asked about, unless the merchant wants speed (`timeOutUnasked`).
 */
export function hearNothing(
  payment: Payment,
  id: AttemptId,
  given: Given,
  { timeOutUnasked = false }: { readonly timeOutUnasked?: boolean } = {},
): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined) return [];
  const ended = endByClock(attempt, { said: null, timeOutUnasked }, given);
  if (ended.length > 0) return ended;
  return [asked(attempt, "no answer", false, given), ...askPerson(payment, id, given)];
}

/** SIBS says the opposite of what a person had settled: it is right, and the person must know. */
function withCorrection(attempt: Attempt, facts: readonly Fact[], given: Given): readonly Fact[] {
  if (attempt.unprovedSince === null || facts.some(({ kind }) => kind === "attention_raised")) return facts;
  const isCorrected = facts.some(({ kind }) => kind === "attempt_refuted" || kind === "attempt_approved");
  return isCorrected ? [...facts, attention({ attempt: attempt.id }, "proved_after_all", given)] : facts;
}

/**
 * An inquiry about an attempt that was answered and concluded nothing; after a day of not knowing a person is asked.
 */
export function askedOfAttempt(payment: Payment, id: AttemptId, said: string, given: Given): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined) return [];
  return [asked(attempt, said, true, given), ...askPerson(payment, id, given)];
}

/**
 * Of what SIBS has not finished it says an amount that cannot be read: the second time on end a person is to look,
 * before anything is taken.
 */
function heardNothingNew(attempt: Attempt, { paymentStatus, amount }: Report, given: Given): readonly Fact[] {
  const fact = asked(attempt, paymentStatus, true, given);
  if (amount !== "unreadable") return [fact];
  const raised = attempt.unread === 1 ? [attention({ attempt: attempt.id }, "amount_differs", given)] : [];
  return [{ ...fact, unreadable: true }, ...raised];
}

const UNPAID = { unpaid: true } as const;

function asked({ id: attempt }: Attempt, said: string, answered: boolean, given: Given) {
  const isUnpaid = answered && SAYS_UNPAID.includes(said);
  return { kind: "attempt_asked", at: given.now, attempt, said, answered, ...(isUnpaid && UNPAID) } as const;
}

interface Moment {
  readonly given: Given;
  readonly askedAt: Instant;
}

function consequences(payment: Payment, attempt: Attempt, report: Report, { given, askedAt }: Moment): readonly Fact[] {
  const meaning = meaningOf(report, attempt, given.now);
  if (attempt.status === "approved") return aboutApproved(payment, attempt, meaning, report, given);
  if (meaning.kind === "approved") return approve(payment, attempt, meaning, report.reference, given);
  switch (meaning.kind) {
    case "ended":
      return [
        ...endAsSaid(payment, attempt, { meaning, report, askedAt }, given),
        ...(isLive(attempt) ? [] : confirmed(attempt, given)),
      ];
    case "action":
      return isLive(attempt) ? requireAction(attempt, meaning.action, given) : [];
    case "pending":
      if (attempt.inDoubt && isBeingWithdrawn(attempt)) return withdrawalNotArrived(payment, attempt, given);
      return isLive(attempt) ? stillPending(payment, attempt, report, given) : referenceFound(attempt, report, given);
    case "not_arrived":
      return attempt.inDoubt ? notArrived(attempt, given) : stillUnpaid(attempt, report, given);
    case "ask_again":
      return [];
    case "nothing":
      return stillUnpaid(attempt, report, given);
  }
}

/**
 * How long a browser may take: the hidden frame ten seconds (EMV 3-D Secure's own advice), the customer five minutes.
 */
const ACTION_LIMITS = { "3ds_method": 10 * SECOND, "3ds_challenge": 5 * MINUTE } as const;

/** What is asked of the browser again and again ends with the checkout, whatever SIBS says. */
function requireAction(attempt: Attempt, action: Omit<Action, "expiresAt">, given: Given): readonly Fact[] {
  const ending = endBeforeAction(attempt, given);
  if (ending.length > 0) return ending;
  const limit = given.now + ACTION_LIMITS[action.type];
  const expiresAt = Math.min(limit, Math.max(attempt.checkoutExpiresAt ?? limit, given.now + SECOND));
  return [{ kind: "attempt_action_required", at: given.now, attempt: attempt.id, action: { ...action, expiresAt } }];
}

function stillPending(payment: Payment, attempt: Attempt, report: Report, given: Given): readonly Fact[] {
  if (attempt.status === "pending" && !attempt.inDoubt) return stillUnpaid(attempt, report, given);
  const reference = knownOf(attempt, report.reference);
  const pending: Fact = { kind: "attempt_pending", at: given.now, attempt: attempt.id, reference };
  const now = after(payment, [pending]).attempts.find((one) => one.id === attempt.id) ?? attempt;
  return [pending, ...stillUnpaid(now, report, given)];
}

/** An inquiry holds the attempt to be unpaid yet: once its time is over, our own clock ends it. */
function stillUnpaid(attempt: Attempt, { source, paymentStatus }: Report, given: Given): readonly Fact[] {
  return source === "answer" ? [] : endByClock(attempt, { said: paymentStatus, timeOutUnasked: false }, given);
}

/** A reference of which its attempt had counted as never sent exists after all: it is to be withdrawn. */
function referenceFound(attempt: Attempt, report: Report, given: Given): readonly Fact[] {
  if (!rulesOf(attempt.method).canBeCalledOff || !countsAsUnsent(attempt) || attempt.reference !== null) return [];
  const reference = knownOf(attempt, report.reference);
  return reference === null ? [] : [{ kind: "reference_found", at: given.now, attempt: attempt.id, reference }];
}

/**
 * The withdrawal of a reference that SIBS still holds to be unpaid after a minute never arrived: the reference lives
 * on.
 */
function withdrawalNotArrived(payment: Payment, attempt: Attempt, given: Given): readonly Fact[] {
  return sinceLongEnough(attempt, given) ? withdrawAgain(payment, attempt, given) : firstNotArrived(attempt, given);
}

/**
 * "Pending" without a method means that the call has not arrived *yet*: only after a minute of it does the attempt
 * fail.
 */
function notArrived(attempt: Attempt, given: Given): readonly Fact[] {
  if (!isLive(attempt) || isClaimed(attempt)) return [];
  if (!sinceLongEnough(attempt, given)) return firstNotArrived(attempt, given);
  const why = failure("not_sent");
  return [{ kind: "attempt_ended", at: given.now, attempt: attempt.id, status: "failed", failure: why }];
}

function sinceLongEnough(attempt: Attempt, given: Given): boolean {
  return attempt.notArrivedSince !== null && given.now >= attempt.notArrivedSince + NOT_ARRIVED_FOR;
}

function firstNotArrived(attempt: Attempt, given: Given): readonly Fact[] {
  if (attempt.notArrivedSince !== null) return [];
  return [{ kind: "attempt_not_arrived", at: given.now, attempt: attempt.id }];
}

/** A notification about an attempt: it never moves money, it makes the inquiry due now. */
export function notifiedOfAttempt(
  payment: Payment,
  id: AttemptId,
  {
    transactionId = null,
    ...notice
  }: {
    readonly notification: string;
    readonly success: boolean;
    readonly paid: boolean;
    /** SIBS's transaction, where the notification names it beside the attempt's own id. */
    readonly transactionId?: string | null;
  },
  given: Given,
): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  if (attempt === undefined) return [];
  const noticed: Fact = { kind: "attempt_notified", at: given.now, attempt: id, ...notice };
  const isNamed = transactionId !== null && isUnnamedCharge(attempt);
  return isNamed ? [{ kind: "attempt_named", at: given.now, attempt: id, transactionId }, noticed] : [noticed];
}
