import examples from "../http/examples.json" with { type: "json" };
import type { EventType } from "./types.ts";

// What an event tells, as far as it differs from the resources of the other examples.

type Changes = Readonly<Record<string, unknown>>;

const { id: attempt, ...ofAttempt } = examples.Attempt;
const AT = "2026-11-28T10:34:46.228Z";
const REFUSED = { reason: "refused", code: "E0506", message: "SIBS refused it.", next: null };
const DECLINED = { reason: "declined", code: "E0506", message: "The customer declined.", next: "try_again" };

/** An attempt that stands so. */
const tried = (status: string, failure: object | null = null) => [
  { ...ofAttempt, id: attempt, status, failure, secondsLeft: status === "pending" ? 240 : null },
];
const waiting = {
  ...ofAttempt,
  id: attempt,
  method: "multibanco",
  status: "pending",
  failure: null,
  mbway: null,
  multibanco: { entity: "24000", reference: "123456789", amount: 550, expiresAt: "2026-11-29T10:34:46.000Z" },
};
const sums = { amountAuthorized: 0, amountCaptured: 0, amountReleased: 0, amountRefunded: 0 };
const unpaid = { ...sums, paidAt: null, fundedBy: null, attempts: [], refunds: [], captures: [], cancellations: [] };
const paid = {
  ...unpaid,
  status: "paid",
  amountAuthorized: 550,
  amountCaptured: 550,
  fundedBy: attempt,
  attempts: tried("approved"),
  paidAt: AT,
};
const held = {
  ...unpaid,
  status: "authorized",
  capture: "manual",
  amountAuthorized: 550,
  fundedBy: attempt,
  attempts: tried("approved"),
};

/** How the payment of an event stands. */
const PAYMENT: Readonly<Record<Extract<EventType, `${PaymentSubject}.${string}`>, Changes>> = {
  "payment.created": { ...unpaid, status: "open" },
  "payment.pending": { ...unpaid, status: "pending", attempts: tried("pending") },
  "payment.authorized": held,
  "payment.paid": paid,
  "payment.attempt_failed": { ...unpaid, status: "open", attempts: tried("declined", DECLINED) },
  "payment.canceled": { ...unpaid, status: "canceled" },
  "payment.reference_expiring": { ...unpaid, status: "pending", attempts: [waiting] },
  "payment.expired": { ...unpaid, status: "expired" },
  "payment.attention": { ...paid, attention: { reason: "taken_back", attempt, operation: null, at: AT } },
  "capture.created": held,
  "capture.succeeded": { ...held, status: "paid", amountCaptured: 550, paidAt: AT },
  "capture.failed": held,
  "capture.in_doubt": held,
  "cancellation.created": held,
  "cancellation.succeeded": { ...held, status: "canceled", amountReleased: 550 },
  "cancellation.failed": held,
  "cancellation.in_doubt": held,
  "refund.created": paid,
  "refund.succeeded": { ...paid, amountRefunded: 100 },
  "refund.failed": paid,
  "refund.in_doubt": paid,
  "token.created": paid,
};
type PaymentSubject = "payment" | "capture" | "cancellation" | "refund" | "token";

/** How a capture, a cancellation or a refund stands, by what an event says of it. */
const OPERATION: Readonly<Record<string, Changes>> = {
  created: { status: "pending" },
  succeeded: { status: "succeeded" },
  failed: { status: "failed", failure: REFUSED },
  in_doubt: { status: "in_doubt" },
};

const agreed = { status: "active", limit: 10_000, validUntil: "2027-11-30", secondsLeft: null, activatedAt: AT };
const over = { secondsLeft: null, endedAt: AT };

/** How the mandate of an event stands. */
const MANDATE: Readonly<Record<string, Changes>> = {
  created: {},
  activated: agreed,
  refused: { ...over, status: "refused", failure: DECLINED },
  suspended: { ...agreed, status: "suspended" },
  reactivated: agreed,
  changed: { ...agreed, limit: 5_000 },
  canceled: { ...agreed, ...over, status: "canceled" },
  expired: { ...agreed, ...over, status: "expired" },
};

const { customer: _customer, createdAt: _createdAt, ...savedCard } = examples.Token;

const ended = { nextCharge: null, endedAt: AT };

/** How the plan of an event stands. */
const PLAN: Readonly<Record<string, Changes>> = {
  created: {},
  charge_upcoming: { nextCharge: { ...examples.Plan.nextCharge, announcedAt: "2026-12-30T09:00:00.000Z" } },
  paused: { status: "paused" },
  canceled: { ...ended, status: "canceled" },
  ended: { ...ended, status: "ended", charged: 12 },
};

/** What an endpoint is sent of each type, for instance. */
export function exampleOf(type: EventType): object {
  const [subject = "", happened = ""] = type.split(".");
  return { ...examples.Event, type, timestamp: AT, data: dataOf(type, subject, happened) };
}

function dataOf(type: EventType, subject: string, happened: string): object {
  if (subject === "mandate") return { mandate: { ...examples.Mandate, ...MANDATE[happened] } };
  if (subject === "plan") {
    const plan = { ...examples.Plan, status: "active", ...PLAN[happened] };
    const mandate = { ...examples.Mandate, ...(happened === "created" ? {} : agreed), plans: [plan] };
    return { plan, mandate };
  }
  const payment = { ...examples.Payment, ...(PAYMENT as Readonly<Record<string, Changes>>)[type] };
  if (subject === "payment") return { payment };
  if (subject === "token") return { token: savedCard, payment };
  const operation = { ...examples.Refund, ...OPERATION[happened] };
  return { [subject]: operation, payment };
}
