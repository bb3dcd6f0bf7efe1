import type { Cents } from "@caravela/sibs/money";
import type { Phone } from "@caravela/sibs/phone";
import type { Asked } from "../asked.ts";
import type { Cases } from "../cases.ts";
import type { Failure } from "../failure.ts";
import type { AttemptId, CancellationId, MandateId, SavedCardId } from "../identifiers.ts";
import type { Method } from "../methods/index.ts";
import { isLive } from "../methods/types.ts";
import { type Instant, secondsUntil } from "../time.ts";
import type { Absence } from "./absence.ts";
import type { AttemptResult, Settlement } from "./settlement.ts";

/** A Multibanco reference as SIBS gave it; shown, never computed. */
export interface PaymentReference {
  readonly entity: string;
  readonly reference: string;
  readonly amount: Cents;
  readonly expiresAt: Instant;
}

/** A card as far as it may be kept: never its number, never its code. */
export interface CardSummary {
  readonly brand: string;
  /** Null of a saved card. */
  readonly firstSix: string | null;
  readonly lastFour: string;
  /** `2028-12`; kept of a saved card only. */
  readonly expiry: string | null;
}

/** The authorised payment that an attempt charges. */
export interface ChargedMandate {
  readonly id: MandateId;
  /** Whom SIBS asks when it does not charge by itself, as `351#9XXXXXXXX`. Null: the customer was erased since. */
  readonly phone: Phone | null;
}

/**
 * What 3-D Secure proved, in EMV's words: kept for the case that a charge is disputed. Of the authentication value,
 * only that there is one.
 */
export interface Authentication {
  /** `Y` authenticated, `A` attempted, `N` not, `U` could not be, `R` rejected. */
  readonly status: string | null;
  readonly eci: string | null;
  readonly hasValue: boolean;
  readonly dsTransactionId: string | null;
  readonly acsTransactionId: string | null;
  readonly serverTransactionId: string | null;
  readonly version: string | null;
}

/** What the customer's browser must do for the issuer before a card can be charged (3-D Secure). */
export interface Action {
  readonly id: string;
  /** `3ds_method`: in a hidden frame, unseen. `3ds_challenge`: in a frame or a full page, by the customer. */
  readonly type: "3ds_method" | "3ds_challenge";
  /** Where the browser posts `fields` to. */
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
  /** From then on SIBS is asked to go on without it. */
  readonly expiresAt: Instant;
}

/** A call that withdraws a reference at SIBS. `sentAt` is null while it is only wanted. */
export interface ReferenceWithdrawal {
  readonly operation: CancellationId;
  readonly wantedAt: Instant;
  readonly sentAt: Instant | null;
  /** When SIBS agreed, where the attempt goes on all the same: its end was not SIBS's to say by that. */
  readonly doneAt: Instant | null;
}

/** What an approval took, or held. */
export interface Taken {
  /** In cents; null: SIBS said what cannot be read. */
  readonly amount: Cents | null;
  readonly hold: boolean;
}

/** What an attempt has whatever its status is. */
interface AnyAttempt {
  readonly id: AttemptId;
  readonly method: Method;
  /** A call was sent whose answer was lost: money may have moved. A flag, not a status. */
  readonly inDoubt: boolean;
  readonly doubtSince: Instant | null;
  /** Since when SIBS keeps saying that the call whose answer was lost has not arrived. */
  readonly notArrivedSince: Instant | null;
  readonly amount: Cents;
  readonly transactionId: string | null;
  readonly createdAt: Instant;
  /** When the last call that may move money was sent: the first, or the one that goes on after an action. */
  readonly sentAt: Instant | null;
  /**
   * Until when the customer can act: four minutes for a phone, the validity of a reference. Null: nobody is waited for.
   */
  readonly expiresAt: Instant | null;
  /** When SIBS's checkout lapses: nothing new can happen to a call that did not arrive by then. */
  readonly checkoutExpiresAt: Instant | null;
  /** The phone asked, as `351#9XXXXXXXX`; of an attempt by mandate only when SIBS fell back to asking it. */
  readonly phone: Phone | null;
  readonly reference: PaymentReference | null;
  readonly card: CardSummary | null;
  readonly authentication: Authentication | null;
  /** The saved card that is charged. */
  readonly token: SavedCardId | null;
  /**
   * Of a charge by the merchant, SIBS's transaction on which it is made: kept, since the card may be forgotten. Null:
   * not known, or none.
   */
  readonly madeOn: string | null;
  readonly mandate: ChargedMandate | null;
  /** Who started it: a charge by the merchant has no customer who could be asked anything. */
  readonly initiator: "customer" | "merchant";
  /** Whether the customer turned away from the issuer's challenge: what then ends it is no failure to them. */
  readonly leftChallenge: boolean;
  /** The withdrawal of its reference. */
  readonly cancellation: ReferenceWithdrawal | null;
  /** When SIBS last notified a success that an inquiry has not confirmed yet. */
  readonly noticedAt: Instant | null;
  /** Whether SIBS said that it was paid before it had notified that: its first notification then tells nothing new. */
  readonly awaitsNotice: boolean;
  /**
   * Since when it stands notified that money moved. Only a final status of SIBS to the contrary takes it away, never
   * time.
   */
  readonly paidNoticeAt: Instant | null;
  /** When an inquiry last said of this transaction that it is unpaid yet; null when the last one said anything else. */
  readonly readUnpaidAt: Instant | null;
  /** How many inquiries on end said an amount that cannot be read, and not how the attempt ended. */
  readonly unread: number;
  /** When SIBS said that its success is none any more; a person is told once. */
  readonly takenBackAt: Instant | null;
  /** What a person said became of it. */
  readonly settled: Settlement<AttemptResult> | null;
  /**
   * Since when it counts as ended without SIBS's own word, by a person's or because nothing was ever found of it: SIBS
   * is asked again later.
   */
  readonly unprovedSince: Instant | null;
  /**
   * Of a charge by the merchant: what finding nothing of it by its own id has come to; null: it has not counted yet.
   */
  readonly absence: Absence | null;
  /** What SIBS said when it was last asked about it; null: it was not, as far as this version knows. */
  readonly asked: Asked | null;
  /** Whether it was told that its reference is about to end. */
  readonly expiryTold: boolean;
  /** Whether it was begun by itself, for a wish that was kept. */
  readonly wished: boolean;
  /** When this attempt wants to be looked at next; null when nothing more is expected of it. */
  readonly askAt: Instant | null;
}

/** Of an attempt that has not ended. */
interface GoingOn {
  readonly endedAt: null;
  readonly failure: null;
  readonly taken: null;
}

/** Sent, and not ended. */
interface Sent extends GoingOn {
  readonly submittedAt: Instant;
  readonly action: null;
}

/** Ended without money. Null: it was never sent. */
interface Unpaid {
  readonly submittedAt: Instant | null;
  readonly endedAt: Instant;
  readonly failure: Failure;
  readonly taken: null;
  readonly action: null;
}

/** What each status of an attempt brings with it. */
interface AttemptCases {
  readonly prepared: GoingOn & { readonly submittedAt: null; readonly action: null };
  readonly submitted: Sent;
  /** `action`: what waits for the customer's browser. */
  readonly action_required: GoingOn & { readonly submittedAt: Instant; readonly action: Action };
  readonly pending: Sent;
  /** Notified as paid, it may be approved before it was known to be sent. */
  readonly approved: {
    readonly submittedAt: Instant | null;
    readonly endedAt: Instant;
    readonly failure: null;
    readonly taken: Taken;
    readonly action: null;
  };
  readonly declined: Unpaid;
  readonly timed_out: Unpaid;
  readonly expired: Unpaid;
  readonly canceled: Unpaid;
  readonly failed: Unpaid;
}

/** One try to pay a payment with one method: one SIBS transaction. */
export type Attempt = Cases<AnyAttempt, AttemptCases>;

/** Whoever holds a payment's address may have phones ring: not without end. */
export const MOST_ATTEMPTS = 30;

/** The phone that an attempt asks. @throws TypeError where it asks none. */
export function phoneOf({ id, phone }: Attempt): Phone {
  if (phone === null) throw new TypeError(`attempt ${id} asks no phone`);
  return phone;
}

/** Whether SIBS notified that money moved, and no inquiry has confirmed or refuted it yet: nobody shall pay again. */
export function isClaimed(attempt: Attempt): boolean {
  return attempt.paidNoticeAt !== null;
}

/**
 * Whether nobody knows how a live attempt stands: an answer is lost, a success was notified that no inquiry confirms,
 * or the customer's time is over and SIBS has not said how it ended. Before that it is simply under way.
 */
export function isUnconfirmed(attempt: Attempt, now: Instant): boolean {
  if (!isLive(attempt)) return false;
  if (attempt.inDoubt || attempt.noticedAt !== null || isClaimed(attempt)) return true;
  return attempt.status === "pending" && (attempt.expiresAt === null || now >= attempt.expiresAt);
}

/**
 * Whether it is a charge of a saved card by the merchant: it has no checkout, and the call itself makes its
 * transaction.
 */
export function isOwnCharge({ token, initiator }: Pick<Attempt, "token" | "initiator">): boolean {
  return token !== null && initiator === "merchant";
}

/**
 * Whether it is a charge by the merchant whose transaction only its own answer could name: it is found by its own id,
 * as an operation is.
 */
export function isUnnamedCharge({ submittedAt, transactionId }: Attempt): boolean {
  return submittedAt !== null && transactionId === null;
}

/** Whole seconds that the customer has left to act, never negative; null when there is no limit or nothing to do. */
export function secondsLeft(attempt: Attempt, now: Instant): number | null {
  if (!isLive(attempt) || attempt.expiresAt === null) return null;
  return secondsUntil(attempt.expiresAt, now);
}

/** Whether a withdrawal of this reference was sent whose answer is not there yet. */
export function isBeingWithdrawn({ cancellation }: Attempt): boolean {
  return cancellation !== null && cancellation.sentAt !== null && cancellation.doneAt === null;
}
