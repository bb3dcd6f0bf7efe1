import { type Cents, cents } from "@caravela/sibs/money";
import type { Attempt } from "./attempt.ts";
import type { AttemptFact, Fact, RefundFact } from "./facts.ts";
import { rulesOf } from "./methods/index.ts";
import { nextRefundAsk, type Refund } from "./operation.ts";
import { liveAttempt, type NewPayment, type Payment } from "./payment.ts";
import { nextAsk } from "./schedule.ts";
import { HOUR, type Instant } from "./time.ts";

const ZERO: Cents = cents(0);

/** The state after one more fact. Pure; the only way a payment's state ever changes. */
export function apply(payment: Payment, fact: Fact): Payment {
  return { ...step(payment, fact), version: payment.version + 1 };
}

/** The state after the first fact of a journal. */
export function begin(payment: NewPayment, at: Instant): Payment {
  return {
    ...payment,
    status: "open",
    createdAt: at,
    paidAt: null,
    amountAuthorized: ZERO,
    amountCaptured: ZERO,
    amountReleased: ZERO,
    amountRefunded: ZERO,
    attempts: [],
    refunds: [],
    capturedBy: null,
    attention: null,
    again: null,
    version: 1,
    sequence: 0,
  };
}

/** The state after a whole journal, from its first fact on. @throws TypeError when it does not begin with the creation. */
export function replay(journal: readonly Fact[]): Payment {
  const [first, ...rest] = journal;
  if (first?.kind !== "payment_created") throw new TypeError("a journal begins with payment_created");
  return rest.reduce(apply, begin(first.payment, first.at));
}

function step(payment: Payment, fact: Fact): Payment {
  switch (fact.kind) {
    case "payment_created":
      return payment;
    case "payment_canceled":
      return { ...payment, status: "canceled", again: null };
    case "payment_expired":
      return { ...payment, status: "expired", again: null };
    case "attention_raised":
      return { ...payment, attention: { reason: fact.reason, attempt: fact.attempt, at: fact.at }, again: null };
    case "again_wanted":
      return { ...payment, again: { phone: fact.phone, at: fact.at } };
    case "again_dropped":
      return { ...payment, again: null };
    case "attempt_prepared":
      return { ...payment, again: null, attempts: [...payment.attempts, prepared(payment, fact, fact.at)] };
    case "attempt_approved":
      return withMoney(withAttempt(payment, fact), fact);
    case "refund_requested":
      return { ...payment, refunds: [...payment.refunds, requested(fact, fact.at)] };
    case "refund_succeeded":
      return withRefundDone(withRefund(payment, fact), fact.refund);
    case "refund_sent":
    case "refund_in_doubt":
    case "refund_noticed":
    case "refund_asked":
    case "refund_failed":
    case "refund_needs_person":
      return withRefund(payment, fact);
    default:
      return withStatus(withAttempt(payment, fact));
  }
}

/** open ⇄ pending follows from whether an attempt is live; every other status stays until a fact of its own. */
function withStatus(payment: Payment): Payment {
  if (payment.status !== "open" && payment.status !== "pending") return payment;
  return { ...payment, status: liveAttempt(payment) === null ? "open" : "pending" };
}

/** Money that is neither late without leave, nor a second success, nor of another amount makes the payment paid. */
function withMoney(
  payment: Payment,
  { attempt, amount, at }: { attempt: string; amount: Cents; at: Instant },
): Payment {
  if (!takesMoney(payment, amount)) return withStatus(payment);
  return {
    ...payment,
    status: "paid",
    paidAt: at,
    capturedBy: attempt,
    amountAuthorized: amount,
    amountCaptured: amount,
    again: null,
  };
}

/** Whether a success of this amount would make the payment paid. */
export function takesMoney(payment: Payment, amount: Cents): boolean {
  if (amount !== payment.amount || payment.amountCaptured > 0) return false;
  if (payment.status === "canceled" || payment.status === "expired") return payment.latePayments === "accept";
  return true;
}

function withAttempt(payment: Payment, fact: { readonly at: Instant } & AttemptFact): Payment {
  const attempts = payment.attempts.map((attempt) => {
    if (attempt.id !== fact.attempt) return attempt;
    const next = attemptStep(attempt, fact, payment);
    return { ...next, askAt: askAtAfter(next, fact) };
  });
  return { ...payment, attempts };
}

/** A notice makes the inquiry due now; an inquiry that SIBS did not answer is never the last. */
function askAtAfter(attempt: Attempt, fact: { readonly at: Instant } & AttemptFact): Instant | null {
  if (fact.kind === "attempt_noticed") return fact.at;
  const next = nextAsk(attempt, fact.at);
  return next === null && fact.kind === "attempt_asked" && !fact.answered ? fact.at + HOUR : next;
}

function attemptStep(attempt: Attempt, fact: { readonly at: Instant } & AttemptFact, payment: Payment): Attempt {
  const clear = { inDoubt: false, doubtSince: null, notArrivedSince: null };
  switch (fact.kind) {
    case "attempt_prepared":
      return attempt;
    case "attempt_submitted":
      return {
        ...attempt,
        status: "submitted",
        transactionId: fact.transactionId,
        submittedAt: fact.at,
        checkoutExpiresAt: fact.checkoutExpiresAt,
        expiresAt: rulesOf(attempt.method).expiresAt(fact.at, payment.expiresAt),
      };
    case "attempt_in_doubt":
      return { ...attempt, inDoubt: true, doubtSince: fact.at, notArrivedSince: null };
    case "attempt_not_arrived":
      return { ...attempt, notArrivedSince: fact.at };
    case "attempt_pending":
      return { ...attempt, ...clear, status: "pending", reference: fact.reference ?? attempt.reference };
    case "attempt_approved":
      return {
        ...attempt,
        ...clear,
        status: "approved",
        failure: null,
        noticedAt: null,
        cancellation: null,
        endedAt: fact.at,
        reference: fact.reference ?? attempt.reference,
      };
    case "attempt_ended":
      return { ...attempt, ...clear, status: fact.status, failure: fact.failure, cancellation: null, endedAt: fact.at };
    case "attempt_noticed":
      return { ...attempt, noticedAt: fact.success && attempt.status !== "approved" ? fact.at : attempt.noticedAt };
    case "attempt_asked":
      return attempt;
    case "cancellation_wanted":
      return { ...attempt, cancellation: { operation: fact.operation, wantedAt: fact.at, sentAt: null } };
    case "cancellation_sent":
      return {
        ...attempt,
        cancellation: {
          operation: fact.operation,
          wantedAt: attempt.cancellation?.wantedAt ?? fact.at,
          sentAt: fact.at,
        },
      };
    case "cancellation_dropped":
      return { ...attempt, ...clear, cancellation: null };
  }
}

function prepared(payment: Payment, fact: Extract<AttemptFact, { kind: "attempt_prepared" }>, at: Instant): Attempt {
  const attempt: Attempt = {
    id: fact.attempt,
    method: fact.method,
    status: "prepared",
    inDoubt: false,
    doubtSince: null,
    notArrivedSince: null,
    amount: payment.amount,
    transactionId: null,
    createdAt: at,
    submittedAt: null,
    expiresAt: null,
    checkoutExpiresAt: null,
    endedAt: null,
    failure: null,
    phone: fact.phone,
    reference: null,
    cancellation: null,
    noticedAt: null,
    askAt: null,
  };
  return { ...attempt, askAt: nextAsk(attempt, at) };
}

function withRefund(payment: Payment, fact: { readonly at: Instant } & RefundFact): Payment {
  const refunds = payment.refunds.map((refund) => {
    if (refund.id !== fact.refund) return refund;
    const next = refundStep(refund, fact);
    return { ...next, askAt: fact.kind === "refund_noticed" ? fact.at : nextRefundAsk(next, fact.at) };
  });
  return { ...payment, refunds };
}

function refundStep(refund: Refund, fact: { readonly at: Instant } & RefundFact): Refund {
  switch (fact.kind) {
    case "refund_requested":
    case "refund_noticed":
    case "refund_asked":
      return refund;
    case "refund_sent":
      return { ...refund, sentAt: fact.at };
    case "refund_in_doubt":
      return { ...refund, status: "in_doubt", doubtSince: fact.at };
    case "refund_succeeded":
      return { ...refund, status: "succeeded", transactionId: fact.transactionId ?? refund.transactionId };
    case "refund_failed":
      return {
        ...refund,
        status: "failed",
        failure: fact.failure,
        transactionId: fact.transactionId ?? refund.transactionId,
      };
    case "refund_needs_person":
      return { ...refund, personAskedAt: fact.at };
  }
}

function requested(fact: Extract<RefundFact, { kind: "refund_requested" }>, at: Instant): Refund {
  const refund: Refund = {
    id: fact.refund,
    attempt: fact.attempt,
    amount: fact.amount,
    reason: fact.reason,
    status: "pending",
    failure: null,
    transactionId: null,
    createdAt: at,
    sentAt: null,
    doubtSince: null,
    personAskedAt: null,
    askAt: null,
  };
  return { ...refund, askAt: nextRefundAsk(refund, at) };
}

/** Only what the shop asked back is in the sums; money that was late or double never was. */
function withRefundDone(payment: Payment, id: string): Payment {
  const done = payment.refunds.find((refund) => refund.id === id);
  if (done === undefined || done.reason !== "requested") return payment;
  return { ...payment, amountRefunded: cents(payment.amountRefunded + done.amount) };
}
