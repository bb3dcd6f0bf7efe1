import type { Phone } from "@caravela/sibs/phone";
import type { FailureReason } from "../failure.ts";
import type { Instant } from "../time.ts";

/** An attempt as the rules of its method see it. */
export interface SeenAttempt {
  readonly status: AttemptStatus;
  readonly submittedAt: Instant | null;
  readonly expiresAt: Instant | null;
  readonly checkoutExpiresAt: Instant | null;
  readonly failure: { readonly reason: FailureReason } | null;
  /** The reference that it is paid by; null: it has none. */
  readonly reference: { readonly expiresAt: Instant } | null;
  readonly phone: Phone | null;
}

/** The rules that differ from method to method. A new method is a new file and one line in the registry below. */
export interface MethodRules {
  /** What people call it. */
  readonly called: { readonly en: string; readonly pt: string };
  /**
   * Whether the customer pays by doing something, asked by nothing but a reference or a phone: so that a person at work
   * may ask them. What charges without them, or takes a card's number, is for the shop's programs and the page.
   */
  readonly asksCustomer: boolean;
  /** Whether money can be held first and captured later. */
  readonly canHold: boolean;
  /**
   * The method that a payment offers when it offers this one: a saved card is a card, an authorised payment is MB WAY.
   */
  readonly offeredAs?: "card" | "mbway";
  /** Whether a payment may name it all the same, to offer it without the other. */
  readonly isNamedAlone?: true;
  /** Whether it is paid by a reference: then SIBS's success alone is no money, and it is the reference that expires. */
  readonly isByReference?: true;
  /** Whether a live attempt can be withdrawn at SIBS to make way for another method. */
  readonly canBeCalledOff: boolean;
  /** Until when the customer can act on a request sent at `submittedAt`; null: nobody is waited for. */
  expiresAt(submittedAt: Instant, paymentExpiresAt: Instant): Instant | null;
  /** When SIBS is asked next about an attempt that is not in doubt; null: never again. */
  nextAsk(attempt: SeenAttempt, after: Instant): Instant | null;
  /**
   * How our own clock ends an attempt that SIBS, asked after the window closed, holds to be unpaid still; null: it
   * never does.
   */
  readonly timesOut: TimesOut | null;
  /** From when on SIBS should have said how it ended; null: from no moment that is known. */
  overdueAt(attempt: SeenAttempt): Instant | null;
}

/** When an attempt is over without a word of SIBS. In milliseconds from when it was submitted. */
export interface TimesOut {
  /** Until when the customer can act. */
  readonly window: number;
  /** From when on we end it. */
  readonly after: number;
  /** Why, in what is told of it. */
  readonly reason: (attempt: SeenAttempt) => FailureReason;
}

export type AttemptStatus =
  | "prepared"
  | "submitted"
  | "action_required"
  | "pending"
  | "approved"
  | "declined"
  | "timed_out"
  | "expired"
  | "canceled"
  | "failed";

/** How an attempt ends without money. */
export type UnpaidEnd = "declined" | "timed_out" | "expired" | "canceled" | "failed";

const LIVE: readonly AttemptStatus[] = ["submitted", "action_required", "pending"];

/** Whether an attempt may still take money from the customer's point of view: sent, and not ended. */
export function isLive({ status }: Pick<SeenAttempt, "status">): boolean {
  return LIVE.includes(status);
}
