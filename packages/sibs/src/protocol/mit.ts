/**
 * Charges by the merchant on a saved card. The customer's first payment announces them (`recurringTransaction` in
 * SIBS's guide, `merchantInitiatedTransaction` in its newer documentation, both in the checkout); each later one is
 * `POST /payments/{its transactionID}/mit`, without the customer. Authorization: Bearer. What it holds is then captured
 * on the charge's own transactionID.
 */
import type { Amount, Merchant } from "./envelope.ts";
import type { OriginalTransaction } from "./operations.ts";

/** Whether the amount is agreed, an estimate, or exact. */
export type AmountQualifier = "DEFAULT" | "ESTIMATED" | "ACTUAL";

/** When charges come. */
export interface Schedule {
  initialDate?: string;
  finalDate?: string;
  /** `DAILY` by default; `MONTHLY` was met. */
  interval?: string;
}

/** A standing order by card. `schedule` is SIBS's API Market's. */
export interface RecurringTransaction {
  /** SIBS's guide prints it with seven fractional digits and `+00:00`. */
  validityDate: string;
  amountQualifier: AmountQualifier;
  description: string;
  schedule?: Schedule;
}

/** Announces charges by the merchant: the first payment, which the customer makes and authenticates. */
export interface MerchantInitiatedTransaction {
  type: ChargeType;
  amountQualifier?: AmountQualifier;
  validityDate?: string;
  description?: string;
  schedule?: Schedule;
  active?: boolean;
}

/** `RCRR`: recurring. `UCOF`: unscheduled card on file. */
export type ChargeType = "RCRR" | "UCOF";

/** What answers and notifications tell of it: `status` in answers, `type` and the terms in notifications. */
export interface AnsweredMerchantInitiatedTransaction {
  status?: string;
  type?: string;
  amountQualifier?: string;
  schedule?: Schedule;
}

/**
 * A later charge; the answer is an operation's. SIBS's own tool sends no `type`, and `originalTransaction` at the top.
 */
export interface MitRequest {
  /** With a `merchantTransactionId` of the charge's own. */
  merchant: Merchant;
  transaction: {
    transactionTimestamp: string;
    /** May be missing as an operation's may (inferred). */
    description?: string;
    amount: Amount;
    /** Met in one program alone. */
    type?: ChargeType;
    /** Where that program puts it. */
    originalTransaction?: OriginalTransaction;
  };
  /** The customer's first payment, with its `transactionDateTime`. */
  originalTransaction?: OriginalTransaction;
}

/** The request of SIBS's own tool. */
export const exampleMitRequest: MitRequest = {
  merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "MIT-RCRR-1" },
  transaction: {
    transactionTimestamp: "2026-04-15T14:00:00.000Z",
    description: "MIT RCRR",
    amount: { value: 9.9, currency: "EUR" },
  },
  originalTransaction: { id: "s2CB2CH3U91PdGDHsacJ", datetime: "2026-03-15T14:00:00.000Z" },
};
