import type { TermsView } from "../mandate/view.ts";

/** What the page shows where a customer agrees to a mandate: `/authorize/{token}`. */
export interface AuthorizeView extends TermsView {
  /** Where it is looked after and ended: `/mandates/{token}`. */
  managePath: string;
  screen: AuthorizeScreen;
}

/** Where the customer stands. */
export type AuthorizeScreen =
  /** Sent, and SIBS has not said yet whether it arrived. */
  | { kind: "unconfirmed" }
  /** The request is on the phone. `secondsLeft`: whole seconds until the four minutes are over, above 0. */
  | { kind: "waiting"; secondsLeft: number }
  /** Four minutes passed and SIBS has no end yet. */
  | { kind: "confirming" }
  /**
   * Agreed. `returnAfterSeconds`: when the page goes back to the shop by itself; null where it stays: no way back,
   * asked with `?stay`, or opened when it was agreed to already.
   */
  | { kind: "active"; returnAfterSeconds: number | null }
  | { kind: "suspended" }
  | { kind: "refused"; reason: RefusalReason }
  /** It was agreed to, and is over. */
  | { kind: "over"; why: "canceled" | "expired" };

/**
 * Refused in the app, not answered in time, no such MB WAY phone, ended by the shop before an answer, never sent, or
 * anything else.
 */
export type RefusalReason = "refused" | "not_answered" | "unknown_phone" | "withdrawn" | "failed" | "other";
