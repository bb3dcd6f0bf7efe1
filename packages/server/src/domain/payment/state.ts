import { type Cents, cents } from "@caravela/sibs/money";
import type { Phone } from "@caravela/sibs/phone";
import type { Cases } from "../cases.ts";
import type { AttemptId, MandateId, OperationId, PaymentId, PlanId, SavedCardId, TerminalId } from "../identifiers.ts";
import type { Locale } from "../locale.ts";
import type { Method } from "../methods/index.ts";
import { isLive } from "../methods/types.ts";
import type { Instant } from "../time.ts";
import { type Attempt, isClaimed } from "./attempt.ts";
import type { Looks } from "./looks.ts";
import { countsAgainstBounds, isInSums, isUnderWay, type Operation } from "./operation.ts";

export const PAYMENT_STATUSES = ["open", "pending", "authorized", "paid", "canceled", "expired"] as const;

export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export interface Address {
  readonly street1: string;
  readonly street2: string | null;
  readonly city: string;
  /** Null: its country has none. */
  readonly postcode: string | null;
  readonly country: string;
}

export interface Customer {
  readonly id: string | null;
  readonly name: string | null;
  readonly email: string | null;
  /** As the shop wrote it. */
  readonly phone: string | null;
  readonly billingAddress: Address | null;
  readonly shippingAddress: Address | null;
  readonly signedIn: boolean;
}

/** A saved card as the shop and the customer know it. */
export interface SavedCardSummary {
  readonly id: SavedCardId;
  readonly brand: string | null;
  readonly lastFour: string | null;
  /** `2028-12`. */
  readonly expiry: string | null;
}

/** The period of a plan that a payment is for. */
export interface PlanPeriod {
  /** The plan's id. */
  readonly id: PlanId;
  /** The number of the charge within its plan, from 1. */
  readonly period: number;
  /** The day in Lisbon's calendar for which it is charged, as `2026-12-01`. */
  readonly date: string;
  /** When a refused charge is tried again, in days after the first try. */
  readonly retryAfterDays: readonly number[];
}

/** A line of the shop's order. */
export interface OrderItem {
  readonly name: string;
  readonly quantity: number;
  /** In cents, of the line as a whole; below 0: what is taken off. */
  readonly amount: number;
}

/** What the shop asked for, as it was recorded. */
export interface NewPayment {
  readonly id: PaymentId;
  /**
   * At which it is charged, and asked about, for as long as it lives. Null: made before payments remembered theirs.
   */
  readonly terminal: TerminalId | null;
  /** The unguessable word in the address of the customer's page. */
  readonly payToken: string;
  readonly reference: string;
  readonly amount: Cents;
  readonly currency: "EUR";
  readonly description: string | null;
  readonly methods: readonly Method[];
  readonly capture: "automatic" | "manual";
  readonly latePayments: "refund" | "accept";
  /** Whether a customer may begin anew while what was begun may still be paid: then both may be. */
  readonly overlap: "refuse" | "allow";
  /** Whether the customer's card is kept for later, with their consent. */
  readonly saveCard: boolean;
  /** The saved card that is to be charged. */
  readonly token: SavedCardId | null;
  /** The customer's subscriptions that its page may offer, because the shop named them for it. */
  readonly mandates: readonly MandateId[];
  /** The mandate that a plan's payment charges by itself. */
  readonly mandate: MandateId | null;
  /** Which period of which plan it is for; null: of none. */
  readonly plan: PlanPeriod | null;
  /** Who starts the charge: a charge by the merchant is made at once, without the customer. */
  readonly initiator: "customer" | "merchant";
  readonly customer: Customer | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the customer goes once it is paid. */
  readonly returnUrl: string | null;
  /** Where a customer goes who would rather not pay; null: where they would go once it is paid. */
  readonly cancelUrl: string | null;
  /** In which language its page is; null: as the customer's browser asks. */
  readonly locale: Locale | null;
  /** What is bought, as the page shows it. */
  readonly items: readonly OrderItem[];
  readonly expiresAt: Instant;
}

/** Something about the money that no rule may settle: a person must look. No new attempt is made meanwhile. */
export interface Attention {
  /**
   * `amount_differs`: SIBS took another amount than asked, or one that cannot be read. `taken_back`: SIBS no longer
   * says that a success was one. `in_doubt`: for a day nobody could say what became of an attempt; withdrawn when it is
   * known. `proved_after_all`: SIBS says the opposite of what counted as settled, and the sums are what SIBS says.
   * `not_taken`: SIBS failed again and again to do what must happen by itself.
   */
  readonly reason: "amount_differs" | "taken_back" | "in_doubt" | "proved_after_all" | "not_taken";
  readonly attempt: AttemptId;
  /** The operation that it is about; null: the attempt itself. */
  readonly operation: OperationId | null;
  readonly at: Instant;
}

/** How a customer wants to pay once what is under way has ended unpaid. */
export interface Wish {
  readonly method: Method;
  /** The phone that is to be asked; null: none. */
  readonly phone: Phone | null;
  readonly at: Instant;
  /** How many attempts there were then: the next one, whoever begins it, ends the wish. */
  readonly seen: number;
  /** Whoever it was pressed at is about to begin it: nobody else does before. Absent: at once. */
  readonly notBefore?: Instant;
}

/** What a payment has whatever its status is. */
interface AnyPayment extends NewPayment {
  readonly createdAt: Instant;
  readonly amountAuthorized: Cents;
  readonly amountCaptured: Cents;
  readonly amountReleased: Cents;
  readonly amountRefunded: Cents;
  readonly attempts: readonly Attempt[];
  readonly operations: readonly Operation[];
  /** The card that was kept. */
  readonly savedCard: SavedCardSummary | null;
  readonly attention: Attention | null;
  /** What else a person must look at, once that is resolved. */
  readonly attentionNext: readonly Attention[];
  /**
   * SIBS has once said the opposite of what counted as settled: the sums are what SIBS says, also beyond their bounds.
   */
  readonly isCorrected: boolean;
  readonly wish: Wish | null;
  /** A wish was dropped because its phone rests until then; null: none was, or something else was pressed since. */
  readonly phoneRestsUntil: Instant | null;
  /** Of a plan's payment: until when its next try waits for the mandate, and whether there are to be no more. */
  readonly charging: { readonly putOffUntil: Instant | null; readonly isStopped: boolean };
  /** When all that was known of its customer was erased; null: it was not. */
  readonly erasedAt: Instant | null;
  /** How many facts the journal holds; a decision is written only on the version it was made on. */
  readonly version: number;
  /** How many events it has had. */
  readonly sequence: number;
  /** What inquiries have come to since its last fact, as it is known here already. Stored beside the state. */
  readonly looks: Looks | null;
  /**
   * How many inquiries were no facts. Stored beside the state; a decision is written only on the looks it was made on.
   */
  readonly looked: number;
}

/**
 * What each status of a payment brings with it. `fundedBy`: the attempt whose money, held or captured, the sums hold.
 */
interface PaymentCases {
  readonly open: { readonly paidAt: null; readonly fundedBy: null };
  readonly pending: { readonly paidAt: null; readonly fundedBy: null };
  readonly authorized: { readonly paidAt: null; readonly fundedBy: AttemptId };
  readonly paid: { readonly paidAt: Instant; readonly fundedBy: AttemptId };
  /** Canceled before anything was held, or its whole hold was given up. */
  readonly canceled: { readonly paidAt: null; readonly fundedBy: AttemptId | null };
  readonly expired: { readonly paidAt: null; readonly fundedBy: null };
}

/** A payment: an amount for one order. Its status moves only as `apply` says. */
export type Payment = Cases<AnyPayment, PaymentCases>;

/** A payment whose money is there: taken, or held. */
export type FundedPayment = Extract<Payment, { readonly status: "authorized" | "paid" }>;

/** The attempts that may still take money, or of which SIBS notified that they did. */
export function liveAttempts({ attempts }: Payment): readonly Attempt[] {
  return attempts.filter((one) => isLive(one) || isClaimed(one));
}

/** The one of them that was begun last; null: there is none. */
export function liveAttempt({ attempts }: Payment): Attempt | null {
  return attempts.findLast(isLive) ?? attempts.findLast(isClaimed) ?? null;
}

/** The attempt whose money the sums hold; null while nothing is held or captured. */
export function fundedAttempt(payment: Payment): Attempt | null {
  return payment.attempts.find((attempt) => attempt.id === payment.fundedBy) ?? null;
}

/** When the money of a payment was held: when its attempt was approved. */
export function heldAt({ id, attempts, fundedBy }: Extract<Payment, { readonly status: "authorized" }>): Instant {
  const funding = attempts.find((attempt) => attempt.id === fundedBy);
  if (funding?.status !== "approved") throw new TypeError(`payment ${id} is held by no attempt that is approved`);
  return funding.endedAt;
}

/** The mandate that a plan's payment charges, else the one that was charged last; null: none. */
export function mandateOf(payment: Payment): MandateId | null {
  return payment.mandate ?? payment.attempts.findLast((one) => one.mandate !== null)?.mandate?.id ?? null;
}

/** The refunds, and only those. */
export function refundsOf(payment: Payment): readonly Operation[] {
  return payment.operations.filter((one) => one.kind === "refund");
}

/** What may still be refunded, in cents: captured, less what is refunded, under way or in doubt. */
export function refundable(payment: Payment): Cents {
  const spokenFor = sumOf(payment, (one) => one.kind === "refund" && countsAgainstBounds(one));
  return cents(Math.max(0, payment.amountCaptured - spokenFor));
}

/** What is still held, in cents: authorized, less what is captured or cancelled, under way or in doubt. */
export function capturable(payment: Payment): Cents {
  const underWay = sumOf(payment, (one) => one.kind !== "refund" && isUnderWay(one));
  return cents(Math.max(0, payment.amountAuthorized - payment.amountCaptured - payment.amountReleased - underWay));
}

/** What an attempt took that is in no sum of the payment, in cents: late, double, of another amount than asked. */
export function takenAside({ fundedBy }: Payment, { id, taken }: Attempt): Cents {
  return id === fundedBy ? cents(0) : (taken?.amount ?? cents(0));
}

/** What of an attempt's money that is in no sum went back, is on its way back or may be, in cents. */
export function returnedOf({ operations }: Payment, attempt: AttemptId): Cents {
  const back = operations.filter((one) => one.attempt === attempt && !isInSums(one) && countsAgainstBounds(one));
  return cents(back.reduce((sum, { amount }) => sum + amount, 0));
}

/** What of an attempt's money that is in no sum can still be given back, in cents. */
export function returnable(payment: Payment, attempt: Attempt): Cents {
  return cents(Math.max(0, takenAside(payment, attempt) - returnedOf(payment, attempt.id)));
}

/** The amount of those operations that are in the payment's sums. */
export function sumOf(payment: Payment, which: (operation: Operation) => boolean): Cents {
  const amounts = payment.operations.filter((one) => isInSums(one) && which(one)).map((one) => one.amount);
  return cents(amounts.reduce((sum, amount) => sum + amount, 0));
}
