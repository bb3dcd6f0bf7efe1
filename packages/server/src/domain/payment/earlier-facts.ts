import { rulesOf } from "../methods/index.ts";
import { ANSWER_WINDOW } from "../patience.ts";
import { DECIDED_SINCE, type StoredFact } from "../stored.ts";
import { apply } from "./apply.ts";
import { useOf } from "./approve.ts";
import type { Fact, Recorded } from "./facts.ts";
import { UNKNOWN } from "./operation.ts";
import { recorded } from "./record.ts";
import type { Payment } from "./state.ts";
import { mayBeOfMoney, PAYMENT_SINCE } from "./stored.ts";

// Journals are never rewritten: what an earlier version wrote is read here as this version would have written it. What
// it left to the rules is asked of them here, as of the moment of the fact; who caused it, it did not keep.

/**
 * The state after a journal, of this version or of earlier ones. @param from the state that its lines go on from
 * @throws TypeError when a whole one does not begin with the creation.
 */
export function replay(journal: Iterable<StoredFact>, from: Payment | null = null): Payment {
  let payment = from;
  for (const stored of journal) payment = apply(payment, bringUpFact(payment, stored));
  if (payment === null) throw new TypeError("a journal begins with payment_created");
  return payment;
}

/**
 * A fact as it was stored, by this version or an earlier one, in today's words. `payment`: as it was before; null: it
 * is the first.
 */
export function bringUpFact(payment: Payment | null, { kind, at, version, data }: StoredFact): Recorded {
  const fact = { kind: OTHERWISE[kind] ?? kind, at: at.getTime(), ...data };
  if (version >= DECIDED_SINCE) return fact as Recorded;
  const today = { ...fact, ...inWordsOfToday(fact) } as Fact;
  return recorded(payment, { ...today, ...decidedThen(payment, today) } as Fact, null);
}

/** How a charge was made before there were cards, saved cards and authorised payments. */
const TERMS_SINCE = { phone: null, card: null, token: null, mandate: null, initiator: "customer" };

/** What was called otherwise, the first facts of today's version included. */
const OTHERWISE: Readonly<Record<string, Fact["kind"]>> = {
  again_wanted: "new_request_wanted",
  again_dropped: "new_request_dropped",
  attempt_noticed: "attempt_notified",
  attempt_notice_refuted: "attempt_notification_refuted",
  operation_noticed: "operation_notified",
};

/** What earlier versions said otherwise. */
function inWordsOfToday(fact: { readonly kind: string; readonly [member: string]: unknown }): object {
  const { kind, refund: operation } = fact;
  switch (kind) {
    case "payment_created":
      return { payment: { ...newPaymentSince(), ...(fact.payment as object) } };
    case "attempt_prepared":
      return { ...TERMS_SINCE, ...fact };
    case "refund_requested":
      return { kind: "operation_requested", operationKind: "refund", operation };
    default: {
      // the first knew no operation but refunds
      const isOfRefund = kind.startsWith("refund_");
      const today = isOfRefund ? kind.replace("refund", "operation") : kind;
      return { kind: OTHERWISE[today] ?? today, ...(isOfRefund && { operation }) };
    }
  }
}

function newPaymentSince(): object {
  const { saveCard, token, mandates, mandate, plan, initiator } = PAYMENT_SINCE;
  return { saveCard, token, mandates, mandate, plan, initiator };
}

/** What earlier versions left to the rules of whoever adds up. */
function decidedThen(payment: Payment | null, fact: Fact): object {
  if (payment === null) return {};
  const attempt = "attempt" in fact ? payment.attempts.find((one) => one.id === fact.attempt) : undefined;
  switch (fact.kind) {
    case "attempt_submitted":
      return { expiresAt: attempt && rulesOf(attempt.method).expiresAt(fact.at, payment.expiresAt) };
    case "attempt_fell_back":
      return { expiresAt: (attempt?.submittedAt ?? fact.at) + ANSWER_WINDOW };
    case "attempt_approved":
      return { ...useOf(payment, fact.amount), hold: fact.hold === true };
    case "attempt_notified":
      return { paid: fact.paid ?? (attempt !== undefined && mayBeOfMoney(attempt)) };
    case "operation_asked":
      return { freesAnother: fact.said === UNKNOWN || isSettled(payment, fact.operation) };
    default:
      return {};
  }
}

function isSettled({ operations }: Payment, id: string): boolean {
  return operations.some((one) => one.id === id && one.settled !== null);
}
