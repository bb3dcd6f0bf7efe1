/**
 * `GET /payments/{transactionID}/status`, and `GET /payments/status?merchantTransactionId=`: how a transaction stands.
 * Authorization: Bearer. The authority on the outcome; reading it changes nothing.
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
import type { AnsweredMerchantInitiatedTransaction } from "./mit.ts";
import type { PaymentReference } from "./multibanco.ts";
import type { PaymentToken } from "./payment-token.ts";
import type { ThreeDSecure } from "./three-d-secure.ts";

/** The answer. `paymentReference`, `token` and `transactionStatus…` were met in production. */
export interface StatusResponse {
  merchant?: AnsweredMerchant;
  transactionID: string;
  /** Text with two decimals, members in the other order than at checkout. */
  amount?: AnsweredAmount;
  paymentType?: PaymentType;
  paymentStatus: PaymentStatus;
  /** Absent until a method was tried. */
  paymentMethod?: PaymentMethod;
  paymentReference?: PaymentReference;
  /** The phone (`MobilePhone`, `351#…`) or card that paid. */
  token?: PaymentToken;
  /** The older name of `merchantInitiatedTransaction`. */
  recurringTransaction?: { status?: string };
  merchantInitiatedTransaction?: AnsweredMerchantInitiatedTransaction;
  threeDSecure?: ThreeDSecure;
  execution?: Execution;
  /** The result of this call. `999` stands beside `Timeout`. */
  returnStatus: ReturnStatus;
  /** The transaction's own code, beside the call's: `000`, `E0500`, `E0506`. */
  transactionStatusCode?: string;
  transactionStatusDescription?: string;
}

/** The answer of SIBS's guide after an MB WAY purchase on a checkout that had lapsed. */
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

/** An unpaid reference on SIBS's quality host, captured in February 2025; identifiers replaced. */
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

/** A card payment: the members are SIBS's, the values are ours. */
export const exampleCardStatusResponse: StatusResponse = {
  merchant: { terminalId: "52221", merchantTransactionId: "CIT-RCRR-1" },
  transactionID: "s2CB2CH3U91PdGDHsacJ",
  amount: { currency: "EUR", value: "9.90" },
  paymentType: "PURS",
  paymentStatus: "Success",
  paymentMethod: "CARD",
  token: {
    tokenName: "Visa",
    tokenType: "Card",
    value: "8f3c1d0a5b7e42969a10c4d2e6f8b013572468ac",
    maskedPAN: "411111******1111",
    expireDate: "2028-12-31T00:00:00.000Z",
  },
  merchantInitiatedTransaction: { status: "Success" },
  threeDSecure: { transStatus: "Y", eci: "05", dsTransID: "c4e59ceb-a382-4d6a-bc87-385d591fa09d" },
  execution: { startTime: "2026-04-15T14:01:00.000Z", endTime: "2026-04-15T14:01:00.090Z" },
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
  transactionStatusCode: "000",
  transactionStatusDescription: "Success",
};
