import { type Cents, cents } from "@caravela/sibs/money";
import type { AttemptId } from "../identifiers.ts";
import type { Instant } from "../time.ts";
import { withAttempt } from "./apply-attempt.ts";
import { withLooks } from "./apply-looks.ts";
import { withOperation, withoutMoney } from "./apply-operation.ts";
import { isSameAttention, withAttentions } from "./attention.ts";
import { erasePayment } from "./erase.ts";
import type { Recorded } from "./facts.ts";
import { prepared, requested, wished } from "./initial.ts";
import { liveAttempt, type NewPayment, type Payment } from "./state.ts";
import { ASKED_SINCE } from "./stored.ts";

const ZERO: Cents = cents(0);

/**
 * The state after one more fact of the journal; null: before its first. Pure; the only way a payment's state ever
 * changes. It adds up what the facts say: what they mean was decided before they were written.
 * @throws TypeError when the first is not the creation.
 */
export function apply(payment: Payment | null, fact: Recorded): Payment {
  if (payment !== null) {
    const known = withLooks(payment, fact.looks ?? null);
    return { ...step(known, fact), version: payment.version + 1, looks: null };
  }
  if (fact.kind !== "payment_created") throw new TypeError("a journal begins with payment_created");
  return created(fact.payment, fact.at);
}

/** A payment as its creation makes it. */
function created(payment: NewPayment, at: Instant): Payment {
  return {
    ...ASKED_SINCE,
    ...payment,
    status: "open",
    createdAt: at,
    paidAt: null,
    amountAuthorized: ZERO,
    amountCaptured: ZERO,
    amountReleased: ZERO,
    amountRefunded: ZERO,
    attempts: [],
    operations: [],
    fundedBy: null,
    savedCard: null,
    attention: null,
    attentionNext: [],
    isCorrected: false,
    wish: null,
    phoneRestsUntil: null,
    charging: { putOffUntil: null, isStopped: false },
    erasedAt: null,
    version: 1,
    sequence: 0,
    looks: null,
    looked: 0,
  };
}

function withPrepared(payment: Payment, fact: Extract<Recorded, { kind: "attempt_prepared" }>): Payment {
  const attempts = [...payment.attempts, prepared(payment, fact)];
  return { ...payment, wish: null, phoneRestsUntil: null, attempts };
}

function step(payment: Payment, fact: Recorded): Payment {
  switch (fact.kind) {
    case "payment_created":
      return payment;
    case "payment_canceled":
      return { ...payment, status: "canceled", paidAt: null, wish: null };
    case "payment_expired":
      return { ...payment, status: "expired", paidAt: null, fundedBy: null, wish: null };
    case "attention_raised":
      return withAttention(payment, fact);
    case "attention_resolved":
      return withAttentions(payment, payment.attentionNext);
    case "card_saved":
      return { ...payment, savedCard: fact.card };
    case "new_request_wanted":
      return { ...payment, wish: wished(payment, fact), phoneRestsUntil: null };
    case "new_request_dropped":
      return { ...payment, wish: null, phoneRestsUntil: fact.until ?? null };
    case "charge_put_off":
      return { ...payment, charging: { ...payment.charging, putOffUntil: fact.until } };
    case "expiry_told":
      return withExpiryTold(payment, fact.attempt);
    case "charges_stopped":
      return { ...payment, charging: { ...payment.charging, isStopped: true } };
    case "customer_erased":
      return { ...erasePayment(payment), erasedAt: fact.at };
    case "attempt_prepared":
      return withPrepared(payment, fact);
    case "attempt_approved":
      return withMoney(withAttempt(payment, fact), fact);
    case "attempt_refuted":
      return withStatus(withoutMoney(withAttempt(payment, fact), fact));
    case "operation_requested":
      return { ...payment, operations: [...payment.operations, requested(fact)] };
    case "operation_sent":
    case "operation_postponed":
    case "operation_in_doubt":
    case "operation_not_found":
    case "operation_notified":
    case "operation_asked":
    case "operation_succeeded":
    case "operation_failed":
    case "operation_settled":
    case "operation_proved":
    case "operation_needs_person":
      return withOperation(payment, fact);
    default:
      return withStatus(withAttempt(payment, fact));
  }
}

function withExpiryTold(payment: Payment, id: AttemptId): Payment {
  const attempts = payment.attempts.map((one) => (one.id === id ? { ...one, expiryTold: true } : one));
  return { ...payment, attempts };
}

function withAttention(payment: Payment, fact: Extract<Recorded, { kind: "attention_raised" }>): Payment {
  const { reason, attempt, operation = null, at } = fact;
  const attempts = payment.attempts.map((one) =>
    one.id === attempt && reason === "taken_back" ? { ...one, takenBackAt: at } : one,
  );
  const isCorrected = payment.isCorrected || reason === "proved_after_all";
  const raised = { reason, attempt, operation, at };
  const [first, next] = [payment.attention, payment.attentionNext];
  const known = first !== null && fact.beside ? [first, ...next] : next;
  const isKnown = known.some((one) => isSameAttention(one, raised));
  const all = first === null || !fact.beside ? [raised, ...next] : isKnown ? known : [...known, raised];
  return { ...withAttentions(payment, all), attempts, isCorrected, wish: null };
}

/** open ⇄ pending follows from whether an attempt is live; every other status stays until a fact of its own. */
function withStatus(payment: Payment): Payment {
  if (payment.status !== "open" && payment.status !== "pending") return payment;
  return { ...payment, status: liveAttempt(payment) === null ? "open" : "pending" };
}

/** Money that is the payment's is held, or taken. */
function withMoney(payment: Payment, fact: Extract<Recorded, { kind: "attempt_approved" }>): Payment {
  if (fact.for !== "payment") return withStatus(payment);
  const { attempt, amount, hold, at } = fact;
  const funded = { ...payment, fundedBy: attempt, amountAuthorized: amount, wish: null };
  if (!hold) return { ...funded, status: "paid", paidAt: at, amountCaptured: amount };
  // SIBS may prove a capture, take its authorisation back, and then say that again: what was captured stays so
  return funded.status === "paid" ? funded : { ...funded, status: "authorized", paidAt: null };
}
