import type { Payment } from "../../packages/server/src/domain/payment/state.ts";

/** A rule that was broken: about what, and how. */
export interface Violation {
  /** The payment or authorised payment; null: none in particular. */
  readonly subject: string | null;
  /** Whether money was lost, or moved twice; else it is another promise. */
  readonly kind: "loss" | "double" | "other";
  readonly says: string;
}

/** A transaction in SIBS's own books; amounts in whole cents. */
export interface SibsEntry {
  readonly id: string;
  readonly kind: "payment" | "mandate" | "charge" | "refund" | "cancellation" | "capture";
  readonly merchantTransactionId: string;
  /** In the gateway's words: `approved` is what SIBS calls Success. */
  readonly outcome: string;
  readonly amount: number;
  readonly authorized: number;
  readonly captured: number;
  readonly released: number;
  readonly refunded: number;
  /** Whether its reference could be paid at an ATM now. */
  readonly isPayable: boolean;
}

/** What is compared of money: ours, and SIBS's. */
export interface MoneyBooks {
  /** When they were read, by both sides' clock, in milliseconds since 1970. */
  readonly now: number;
  readonly payments: readonly Payment[];
  readonly entries: ReadonlyMap<string, SibsEntry>;
  /** SIBS's entries by the id that we gave them. */
  readonly byOurId: ReadonlyMap<string, readonly SibsEntry[]>;
}
