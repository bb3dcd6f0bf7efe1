import type { Cents } from "@caravela/sibs/money";
import type { AsOf } from "../asked.ts";
import type { By } from "../by.ts";
import type { Failure } from "../failure.ts";
import type { MandateCancellationId } from "../identifiers.ts";
import type { PlanFact } from "../plan/facts.ts";
import type { Instant } from "../time.ts";
import type { MandateLook, NewMandate } from "./state.ts";

/** How SIBS says that a mandate stands, in our words. */
export type HeardStatus = "active" | "suspended" | "canceled" | "expired";

/** Something that happened, and when. */
type Dated<What> = { readonly at: Instant } & What;

/**
 * What a decision says that happened to a mandate, or to its plans. `by`: who caused it, where that is not whoever had
 * it decided.
 */
export type MandateFact = { readonly by?: By | null } & AsOf & Dated<OwnFact | PlanFact>;

/**
 * One line of a mandate's journal: with who caused it (null: written by an earlier version, which did not keep that),
 * what inquiries that said nothing new have come to since the line before, and what the rules of its day made of it.
 */
export type RecordedOfMandate = { readonly by: By | null; readonly looks?: MandateLook } & Dated<
  PlanFact | (OwnFact & Recorded)
>;

/** What is added to a fact about the mandate itself as it is written. */
interface Recorded {
  /** When the mandate is looked at next. */
  readonly next: Instant | null;
  /** Whether what SIBS had notified has come true by then, and is done with. */
  readonly isComeTrue: boolean;
}

/** What happened to the mandate itself. */
export type OwnFact =
  /** Recorded as sent at once: it is committed before the request leaves. */
  | { readonly kind: "mandate_created"; readonly mandate: NewMandate; readonly expiresAt: Instant }
  /** SIBS has the request: by this transaction it is asked about, by this id it is charged. */
  | { readonly kind: "mandate_named"; readonly transactionId: string; readonly mandateId: string | null }
  | { readonly kind: "mandate_in_doubt" }
  | { readonly kind: "mandate_not_arrived" }
  | { readonly kind: "mandate_refused"; readonly failure: Failure }
  | { readonly kind: "mandate_lapsed"; readonly failure: Failure }
  | {
      readonly kind: "mandate_heard";
      readonly status: HeardStatus;
      readonly mandateId: string | null;
      readonly limit: Cents | null;
      readonly validUntil: string | null;
      /** SIBS's own word for its status; absent, in journals of earlier versions. */
      readonly said?: string;
    }
  | {
      readonly kind: "mandate_notified";
      readonly notification: string;
      readonly action: string;
      readonly actionStatus: string;
    }
  | { readonly kind: "mandate_asked"; readonly said: string; readonly answered: boolean }
  | { readonly kind: "inquiry_wanted" }
  /** Ended by the shop, or by the customer on our page: from then on nothing is charged, whatever SIBS still thinks. */
  | { readonly kind: "mandate_canceled"; readonly operation: MandateCancellationId }
  | { readonly kind: "cancellation_sent"; readonly operation: MandateCancellationId }
  | { readonly kind: "cancellation_done" }
  /** Nothing is known any more of whose mandate it was. */
  | { readonly kind: "customer_erased" };
