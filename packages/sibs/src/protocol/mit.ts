/**
 * Charges by the merchant on a saved card. The customer's first payment announces them (`recurringTransaction` in the seed,
 * `merchantInitiatedTransaction` in V2, both in the checkout); each later one is `POST /payments/{its transactionID}/mit`, without the customer.
 * Authorization: Bearer. Source: the seed, V2-D222, V2-D223, GH-TG, GH-EXP (reference §7). What it holds is then captured on the charge's own transactionID.
 */
import type { Amount, Merchant } from "./envelope.ts";
import type { OriginalTransaction } from "./operations.ts";

/** Whether the amount is agreed, an estimate, or exact (AM). */
export type AmountQualifier = "DEFAULT" | "ESTIMATED" | "ACTUAL";

/** When charges come (AM). */
export interface Schedule {
  initialDate?: string;
  finalDate?: string;
  /** `DAILY` by default; `MONTHLY` was met. */
  interval?: string;
}

/** A standing order by card (seed; `schedule` from API Market). */
export interface RecurringTransaction {
  /** The seed prints it with seven fractional digits and `+00:00`. */
  validityDate: string;
  amountQualifier: AmountQualifier;
  description: string;
  schedule?: Schedule;
}

/** Announces charges by the merchant: the first payment, which the customer makes and authenticates (V2; members: GH-PS). */
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

/** What answers and notifications tell of it: `status` in answers (AM), `type` and the terms in notifications (GH-EPVC). */
export interface AnsweredMerchantInitiatedTransaction {
  status?: string;
  type?: string;
  amountQualifier?: string;
  schedule?: Schedule;
}

/** A later charge; the answer is an operation's. SIBS's own tool (GH-TG) sends no `type`, and `originalTransaction` at the top. */
export interface MitRequest {
  /** With a `merchantTransactionId` of the charge's own. */
  merchant: Merchant;
  transaction: {
    transactionTimestamp: string;
    /** May be missing as an operation's may (inferred). */
    description?: string;
    amount: Amount;
    /** Met in one program alone (GH-EXP). */
    type?: ChargeType;
    /** Where that program puts it. */
    originalTransaction?: OriginalTransaction;
  };
  /** The customer's first payment, with its `transactionDateTime`. */
  originalTransaction?: OriginalTransaction;
}

/** The request of SIBS's own tool (reference 7.3). */
export const exampleMitRequest: MitRequest = {
  merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "MIT-RCRR-1" },
  transaction: {
    transactionTimestamp: "2026-04-15T14:00:00.000Z",
    description: "MIT RCRR",
    amount: { value: 9.9, currency: "EUR" },
  },
  originalTransaction: { id: "s2CB2CH3U91PdGDHsacJ", datetime: "2026-03-15T14:00:00.000Z" },
};
