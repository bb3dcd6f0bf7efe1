import { cents } from "@caravela/sibs/money";
import { type Phone, parsePhone } from "@caravela/sibs/phone";
import { THE_SHOP } from "../../by.ts";
import type { Given } from "../../decision.ts";
import type { AttemptId } from "../../identifiers.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../time.ts";
import { apply } from "../apply.ts";
import { after } from "../decision.ts";
import type { Fact, Recorded } from "../facts.ts";
import { look } from "../look.ts";
import { PLAN_PAYMENT_LIFE } from "../plan-charges.ts";
import { recorded } from "../record.ts";
import type { Report } from "../report.ts";
import type { NewPayment, Payment } from "../state.ts";

/** Ten o'clock on a summer morning in Lisbon. */
export const TEN: Instant = Date.parse("2026-07-01T09:00:00Z");

/** A phone that MB WAY takes. */
export const PHONE = phoneFrom("919999999");

/** A phone as SIBS writes it. */
export function phoneFrom(text: string): Phone {
  const parsed = parsePhone(text);
  if (!parsed.ok) throw new TypeError("no phone of a test is this");
  return parsed.phone;
}

/** How an attempt is paid, unless told otherwise. */
export const TERMS = { phone: null, card: null, token: null, mandate: null, initiator: "customer" } as const;

/** A moment, and identifiers that count. */
export function at(now: Instant): Given {
  let count = 0;
  return { now, id: (prefix) => `${prefix}_${now}_${++count}` };
}

export function newPayment(changes: Partial<NewPayment> = {}): NewPayment {
  return {
    id: "pay_1",
    terminal: "52221",
    payToken: "token",
    reference: "order-17",
    amount: cents(550),
    currency: "EUR",
    description: null,
    methods: ["mbway", "multibanco"],
    capture: "automatic",
    latePayments: "refund",
    overlap: "refuse",
    saveCard: false,
    token: null,
    mandates: [],
    mandate: null,
    plan: null,
    initiator: "customer",
    customer: null,
    metadata: {},
    returnUrl: null,
    cancelUrl: null,
    locale: null,
    items: [],
    expiresAt: TEN + 3 * DAY,
    ...changes,
  };
}

/** A payment's creation, at ten o'clock. */
export function created(payment: NewPayment): Recorded {
  return { kind: "payment_created", at: TEN, payment, by: THE_SHOP };
}

/** The lines that some facts add to a journal, and the payment after them. */
export function written(before: Payment, facts: readonly Fact[]): { lines: Recorded[]; payment: Payment } {
  const lines: Recorded[] = [];
  let payment = before;
  for (const fact of facts) {
    const line = recorded(payment, fact, THE_SHOP);
    payment = apply(payment, line);
    lines.push(line);
  }
  return { lines, payment };
}

/**
 * What some facts make of a payment as the server keeps it: the lines that they add to its journal, or none, where they
 * say again what was said before.
 */
export function kept(before: Payment, facts: readonly Fact[]): { lines: Recorded[]; payment: Payment } {
  const seen = facts.length === 0 ? null : look(before, facts);
  return seen === null ? written(before, facts) : { lines: [], payment: seen };
}

/** A payment without how it is kept: the same, whether its inquiries were written down or not. */
export function asKnown(payment: Payment): object {
  return { ...payment, version: null, looks: null, looked: null };
}

/** What a whole journal adds up to. */
export function replayed([first, ...rest]: readonly Recorded[]): Payment {
  if (first === undefined) throw new TypeError("a journal has a first line");
  return rest.reduce<Payment>(apply, apply(null, first));
}

/** What journals that grow add up to: each line is added once, and not all of them anew at each step of a life. */
export function replaying(): (journal: readonly Recorded[]) => Payment {
  const known = new WeakMap<readonly Recorded[], { readonly payment: Payment; readonly lines: number }>();
  return (journal) => {
    const { payment: from, lines } = known.get(journal) ?? { payment: replayed(journal.slice(0, 1)), lines: 1 };
    const payment = journal.slice(lines).reduce<Payment>(apply, from);
    known.set(journal, { payment, lines: journal.length });
    return payment;
  };
}

/** A payment to which some facts have happened since ten o'clock. */
export function paymentAfter(facts: readonly Fact[], changes: Partial<NewPayment> = {}): Payment {
  return after(apply(null, created(newPayment(changes))), facts);
}

/** An MB WAY attempt that was sent at a moment. */
export function mbwaySent(moment: Instant, attempt: AttemptId = "att_1"): Fact[] {
  return [
    { kind: "attempt_prepared", at: moment, attempt, ...TERMS, method: "mbway", phone: PHONE },
    {
      kind: "attempt_submitted",
      at: moment,
      attempt,
      transactionId: `s2_${attempt}`,
      merchantTransactionId: attempt,
      checkoutExpiresAt: moment + 10 * MINUTE,
      expiresAt: moment + 4 * MINUTE,
    },
  ];
}

/** An MB WAY attempt that waits on the customer's phone. */
export function mbwayWaiting(moment: Instant, attempt: AttemptId = "att_1"): Fact[] {
  return [...mbwaySent(moment, attempt), { kind: "attempt_pending", at: moment, attempt, reference: null }];
}

/** SIBS has said that this attempt paid the payment in full. */
export function approved(moment: Instant, attempt: AttemptId = "att_1"): Fact {
  const money = { for: "payment", amount: cents(550), hold: false, reference: null } as const;
  return { kind: "attempt_approved", at: moment, attempt, ...money };
}

/** A payment by MB WAY, whose refund was sent, and nobody knows what became of it. */
export function refundInDoubt(moment: Instant): Fact[] {
  return [...refundSent(moment), { kind: "operation_in_doubt", at: moment, operation: "rfd_1" }];
}

/** A payment by MB WAY, whose refund was sent. */
export function refundSent(moment: Instant): Fact[] {
  const refund = { operationKind: "refund", attempt: "att_1", amount: cents(550), reason: "requested" } as const;
  return [
    ...mbwayWaiting(moment),
    approved(moment),
    { kind: "operation_requested", at: moment, operation: "rfd_1", ...refund },
    { kind: "operation_sent", at: moment, operation: "rfd_1" },
  ];
}

/** A Multibanco reference that waits to be paid. */
export function referenceWaiting(
  moment: Instant,
  attempt: AttemptId = "att_1",
  expiresAt: Instant = TEN + 3 * DAY,
): Fact[] {
  return [
    { kind: "attempt_prepared", at: moment, attempt, ...TERMS, method: "multibanco" },
    {
      kind: "attempt_submitted",
      at: moment,
      attempt,
      transactionId: `s2_${attempt}`,
      merchantTransactionId: attempt,
      checkoutExpiresAt: moment + 10 * MINUTE,
      expiresAt,
    },
    {
      kind: "attempt_pending",
      at: moment,
      attempt,
      reference: { entity: "24000", reference: "012345678", amount: cents(550), expiresAt },
    },
  ];
}

/**
 * A mandate's charge that was sent at a moment; by the merchant, as a plan's payment does it, unless told otherwise.
 */
export function mandateSent(
  moment: Instant,
  attempt: AttemptId = "att_1",
  initiator: "customer" | "merchant" = "merchant",
): readonly [Fact, Fact] {
  return [
    { kind: "attempt_prepared", at: moment, attempt, ...TERMS, method: "mandate", mandate: MANDATE, initiator },
    {
      kind: "attempt_submitted",
      at: moment,
      attempt,
      transactionId: `s2_${attempt}`,
      merchantTransactionId: attempt,
      checkoutExpiresAt: moment + 10 * MINUTE,
      expiresAt: null,
    },
  ];
}

/** The authorised payment that builders charge. */
export const MANDATE = { id: "man_1", phone: PHONE } as const;

/** What makes a payment one of a plan. */
export const OF_PLAN = {
  mandate: MANDATE.id,
  plan: { id: "plan_1", period: 2, date: "2026-07-01", retryAfterDays: [1, 3, 7] },
  initiator: "merchant",
  expiresAt: TEN + PLAN_PAYMENT_LIFE,
} as const;

/** What SIBS's status says of an MB WAY purchase, unless told otherwise. */
export function said(paymentStatus: string, changes: Partial<Report> = {}): Report {
  return {
    source: "inquiry",
    paymentStatus,
    paymentType: "PURS",
    paymentMethod: "MBWAY",
    amount: cents(550),
    code: "000",
    message: null,
    transactionId: null,
    action: null,
    authentication: null,
    reference: null,
    ...changes,
  };
}

/** What SIBS's status says of a reference. */
export function saidOfReference(paymentStatus: string, status: string, changes: Partial<Report> = {}): Report {
  const reference = { entity: "24000", reference: "012345678", amount: cents(550), expiresAt: TEN + 3 * DAY, status };
  return said(paymentStatus, { paymentType: "PREF", paymentMethod: "REFERENCE", reference, ...changes });
}

export { DAY, HOUR, MINUTE };
