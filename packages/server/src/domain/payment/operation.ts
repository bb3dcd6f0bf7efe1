import type { Cents } from "@caravela/sibs/money";
import type { Asked } from "../asked.ts";
import type { By } from "../by.ts";
import type { Cases } from "../cases.ts";
import type { Failure } from "../failure.ts";
import type { AttemptId, OperationId } from "../identifiers.ts";
import type { Spender } from "../limit.ts";
import { ANSWER_LIMIT, nextAskOfLost, nextLookUp } from "../patience.ts";
import { earliest, type Instant } from "../time.ts";
import { ABSENT_FOR, type Absence, nextToCount } from "./absence.ts";
import type { OperationResult, Settlement } from "./settlement.ts";

/** How an inquiry that brought no answer is written down. */
export const NO_ANSWER = "no answer";

/** How an inquiry by which SIBS found nothing is written down. */
export const UNKNOWN = "unknown";

/** What may be done with an authorisation or a purchase afterwards. */
export type OperationKind = "capture" | "cancellation" | "refund";

/** What the identifiers of operations begin with. */
export const PREFIXES = { capture: "cap", cancellation: "can", refund: "rfd" } as const satisfies Readonly<
  Record<OperationKind, string>
>;

export const OPERATION_STATUSES = ["pending", "succeeded", "failed", "in_doubt"] as const;

export type OperationStatus = (typeof OPERATION_STATUSES)[number];

/**
 * Why an operation is made: the shop asked; the payment's `capture: "automatic"` asks it of a hold; money was taken
 * late or twice and goes back; or the shop gives back an attempt's money that is in no sum. What goes back for the last
 * three reasons is in no sum either.
 */
export const OPERATION_REASONS = ["requested", "automatic", "late", "duplicate", "returned"] as const;

export type OperationReason = (typeof OPERATION_REASONS)[number];

/** Why money goes back, in the words that whoever asks for it may say. */
export const STATED_REASONS = ["requested_by_customer", "duplicate", "fraudulent", "other"] as const;

export type StatedReason = (typeof STATED_REASONS)[number];

/** What is said of a refund by whoever asks for it. */
export interface Stated {
  readonly statedReason: StatedReason | null;
  /** In their own words; gone once the customer is erased. */
  readonly note: string | null;
  /** The person who asked, where another person had to approve it. */
  readonly requestedBy: By | null;
}

/** What an operation has whatever its status is. */
interface AnyOperation extends Stated {
  readonly id: OperationId;
  readonly kind: OperationKind;
  /** The attempt whose transaction it is made on. */
  readonly attempt: AttemptId;
  readonly amount: Cents;
  readonly reason: OperationReason;
  /** Whose days it counts in, until it is known that nothing came of it. */
  readonly countsFor: readonly Spender[];
  /** SIBS's transaction of the operation itself. */
  readonly transactionId: string | null;
  readonly createdAt: Instant;
  /**
   * Null until the call to SIBS is about to be made; committed before it is. Sent again only where SIBS certainly did
   * nothing.
   */
  readonly sentAt: Instant | null;
  /** Not to be sent before; null: at once. */
  readonly notBefore: Instant | null;
  readonly personAskedAt: Instant | null;
  /**
   * When what it was for is asked for anew, because SIBS did not refuse it, and yet did not do it. Null: not by itself.
   */
  readonly againAt: Instant | null;
  /** What a person said became of it. */
  readonly settled: Settlement<OperationResult> | null;
  /**
   * Since when it counts as ended without SIBS's own word: SIBS is asked again later. Null: it has not ended, or SIBS
   * said so.
   */
  readonly unprovedSince: Instant | null;
  /** What finding nothing of it by its own id has come to; null: it has not counted yet. */
  readonly absence: Absence | null;
  /** Whether SIBS has spoken of it: then it arrived, whatever a look-up finds. */
  readonly isHeardOf: boolean;
  /**
   * When SIBS last answered an inquiry about it by which another may be sent: it found nothing, or what a person has
   * settled. Null: it did not.
   */
  readonly lookedUpAt: Instant | null;
  /** Why SIBS refused it, where an earlier sending of ours may be the cause: not believed before SIBS was asked. */
  readonly refusal: Failure | null;
  /** What SIBS said when it was last asked about it; null: it was not, as far as this version knows. */
  readonly asked: Asked | null;
  readonly askAt: Instant | null;
}

/** What each status of an operation brings with it. */
interface OperationCases {
  readonly pending: { readonly failure: null; readonly doubtSince: null };
  readonly in_doubt: { readonly failure: null; readonly doubtSince: Instant };
  readonly succeeded: { readonly failure: null; readonly doubtSince: Instant | null };
  readonly failed: { readonly failure: Failure; readonly doubtSince: Instant | null };
}

/** A capture, a cancellation of what is held, or a refund. */
export type Operation = Cases<AnyOperation, OperationCases>;

/** Whether an operation's amount is spoken for: done, under way or in doubt. */
export function countsAgainstBounds(operation: Operation): boolean {
  return operation.status !== "failed";
}

/** Whether an operation's amount is spoken for without being done. */
export function isUnderWay(operation: Operation): boolean {
  return operation.status === "pending" || operation.status === "in_doubt";
}

/** Whether the shop asked for an operation, and decides what comes after a failure. */
export function isAskedByShop({ reason }: Pick<Operation, "reason">): boolean {
  return reason === "requested" || reason === "returned";
}

/**
 * Whether an operation is in the payment's sums: money that goes back because it came late, twice or otherwise than
 * asked is not.
 */
export function isInSums({ reason }: Operation): boolean {
  return reason === "requested" || reason === "automatic";
}

/** When an operation wants to be looked at next: to be sent, to be doubted, to be asked about. */
export function nextOperationAsk(operation: Operation, after: Instant): Instant | null {
  const { sentAt, doubtSince, absence } = operation;
  if (!isUnderWay(operation)) return nextLookUp(operation.unprovedSince, after);
  if (sentAt === null) return operation.notBefore ?? operation.createdAt;
  if (doubtSince === null) return sentAt + ANSWER_LIMIT;
  return earliest(nextAskOfLost(doubtSince, after), nextToCount(absence, ABSENT_FOR.operation, after));
}
