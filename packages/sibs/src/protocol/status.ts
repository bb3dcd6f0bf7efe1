/**
 * `GET /payments/{transactionID}/status`, and `GET /payments/status?merchantTransactionId=`: how a transaction stands.
 * Authorization: Bearer. The authority on the outcome (V2-E2); reading it changes nothing. Source: the seed.
 */
import type {
  AnsweredAmount,
  AnsweredMerchant,
  Execution,
  PaymentMethod,
  PaymentStatus,
  PaymentType,
  ReturnStatus,
} from "./envelope.ts";
import type { PaymentReference } from "./multibanco.ts";

/** The answer (seed; `paymentReference`, `token` and `transactionStatus…` from captured answers). */
export interface StatusResponse {
  merchant?: AnsweredMerchant;
  transactionID: string;
  /** Text with two decimals, members in the other order than at checkout (seed). */
  amount?: AnsweredAmount;
  paymentType?: PaymentType;
  paymentStatus: PaymentStatus;
  /** Absent until a method was tried (GH-JUMP). */
  paymentMethod?: PaymentMethod;
  paymentReference?: PaymentReference;
  /** The phone (`MobilePhone`, `351#…`) or card that paid. */
  token?: PaymentToken;
  execution?: Execution;
  /** The result of this call. `999` stands beside `Timeout` (seed). */
  returnStatus: ReturnStatus;
  /** The transaction's own code, beside the call's: `000`, `E0500`, `E0506` (GH-TG). */
  transactionStatusCode?: string;
  transactionStatusDescription?: string;
}

/** What the customer paid with (V2-E11). */
export interface PaymentToken {
  tokenName?: string;
  tokenType: string;
  value: string;
  maskedPAN?: string;
  expireDate?: string;
}

/** The seed's answer after an MB WAY purchase on a checkout that had lapsed. */
export const exampleStatusResponse: StatusResponse = {
  merchant: { terminalId: "52221", merchantTransactionId: "Order ID: r1cm97qqjv" },
  transactionID: "s2CB2CH3U91PdGDHsacJ",
  amount: { currency: "EUR", value: "5.50" },
  paymentType: "PURS",
  paymentStatus: "Timeout",
  paymentMethod: "MBWAY",
  execution: { endTime: "2023-11-09T16:44:56.359Z", startTime: "2023-11-09T16:44:56.246Z" },
  returnStatus: {
    statusCode: "999",
    statusMsg: "Validation Request Failed",
    statusDescription: "Please try again.",
  },
};

/** An unpaid reference on SIBS's quality host, captured in February 2025 (reference 3.1); identifiers replaced. */
export const exampleReferenceStatusResponse: StatusResponse = {
  merchant: { terminalId: "80000", merchantTransactionId: "ORDER-1" },
  transactionID: "s2T3sfBjwny4V5BhcMTP",
  amount: { currency: "EUR", value: "0.01" },
  paymentType: "PREF",
  paymentStatus: "Pending",
  paymentReference: {
    entity: "52000",
    reference: "066295419",
    paymentEntity: "52000",
    amount: { value: "0.0", currency: "EUR" },
    status: "UNPAID",
    expireDate: "2025-02-14T14:46:30.262Z",
  },
  paymentMethod: "REFERENCE",
  execution: { endTime: "2025-02-12T14:58:48.360Z", startTime: "2025-02-12T14:58:47.757Z" },
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
  transactionStatusCode: "000",
  transactionStatusDescription: "Pending",
};
