/**
 * `POST /payments/{transactionID}/capture`, `…/cancellation` and `…/refund`: take what is held, give it back, or give
 * back what was paid, whole or in part. Authorization: Bearer. The shapes are those of SIBS's API Market and of answers
 * captured in production.
 */
import type {
  Amount,
  AnsweredAmount,
  AnsweredMerchant,
  Execution,
  Merchant,
  PaymentStatus,
  ReturnStatus,
} from "./envelope.ts";

/** The request of each of them. Less than the original's amount is a part of it. */
export interface OperationRequest {
  /** With a `merchantTransactionId` of the operation's own. */
  merchant: Merchant;
  transaction: {
    transactionTimestamp: string;
    /** Mandatory in SIBS's pages; a university's program in production sends none. At most 70 characters. */
    description?: string;
    amount: Amount;
    originalTransaction?: OriginalTransaction;
  };
  /** Where some programs in production put it. */
  originalTransaction?: OriginalTransaction;
}

/** A capture may say which of how many it is. */
export interface CaptureRequest extends OperationRequest {
  saleContext?: {
    /** Met in one program alone, with `split: true`; counted from 1 (inferred). */
    splitPayment?: { split: boolean; paymentNumber: number; maxPayments: number };
  };
}

/** The transaction that is captured or given back. */
export interface OriginalTransaction {
  id: string;
  datetime?: string;
}

/** The answer; a business decline comes as HTTP 400 with this body (captured, CKO-ZD). */
export interface OperationResponse {
  merchant?: AnsweredMerchant;
  /** The form `S13073800474198S`; the webhook's `internalTransactionId` has it too. */
  transactionRecipientId?: string;
  /** Lisbon time with its offset. */
  transactionTimestamp?: string;
  transactionDateTime?: string;
  /** Text or number. */
  amount?: AnsweredAmount;
  /** A new id: the operation's own. */
  transactionID: string;
  execution?: Execution;
  paymentStatus: PaymentStatus;
  returnStatus: ReturnStatus;
}

/** A refund, as programs in production send it. */
export const exampleOperationRequest: OperationRequest = {
  merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "BO-c9876bcasd" },
  transaction: {
    transactionTimestamp: "2026-04-15T14:00:00.000Z",
    description: "Refund",
    amount: { value: 10, currency: "EUR" },
    originalTransaction: { id: "s2CB2CH3U91PdGDHsacJ", datetime: "2026-04-14T17:23:36.105Z" },
  },
};

/** The second of three captures, as one program in production sends it. */
export const exampleCaptureRequest: CaptureRequest = {
  merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "CAPT-2" },
  transaction: {
    transactionTimestamp: "2026-04-15T14:00:00.000Z",
    description: "Second parcel",
    amount: { value: 2.5, currency: "EUR" },
    originalTransaction: { id: "s2CB2CH3U91PdGDHsacJ", datetime: "2026-04-14T17:23:36.105Z" },
  },
  saleContext: { splitPayment: { split: true, paymentNumber: 2, maxPayments: 3 } },
};

/** A declined refund, captured in production in September 2025 as HTTP 400; identifiers replaced. */
export const exampleDeclinedRefundResponse: OperationResponse = {
  merchant: {
    terminalId: "1500000",
    merchantTransactionId: "refund-17",
    merchantTransactionTimestamp: "2025-09-12T07:50:33.050874763Z",
  },
  transactionRecipientId: "S13073800474198S",
  transactionTimestamp: "2025-09-12T08:50:33.284+01:00",
  amount: { value: "12.99", currency: "EUR" },
  transactionID: "s2bfw1g1P1siCSUjVPP8",
  execution: { startTime: "2025-09-12T07:50:33.235Z", endTime: "2025-09-12T07:50:34.010Z" },
  paymentStatus: "Declined",
  returnStatus: {
    statusCode: "E0531",
    statusMsg: "Error",
    statusDescription: "MB WAY purchase with an invalid card",
  },
};
