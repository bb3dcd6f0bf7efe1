/**
 * `POST /payments/{transactionID}/service-reference/generate`: makes a Multibanco reference that can be paid at an ATM
 * or a bank. Authorization: Digest. SIBS's guide has the call but no answer; the answer's shape was met in production.
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

/** Nothing: the terms were set at checkout. `{}`, or no body at all (met in production). */
export type GenerateReferenceRequest = Record<string, never>;

/** A reference as SIBS tells it. Opaque: never compute or check its digits. */
export interface PaymentReference {
  /** Nine digits as text, since it may begin with zero; shown in threes. */
  reference: string;
  entity: string;
  /** The entity to show to whoever pays. */
  paymentEntity?: string;
  /** Text with a varying number of decimals has been captured: `"0.0"`. */
  amount?: AnsweredAmount;
  /** `UNPAID`, `PAID`, `CANC`: only `PAID` is money. */
  status: ReferenceStatus;
  /** In answers. */
  expireDate?: string;
  /** In notifications. */
  expiryDate?: string;
}

/** How a reference stands. */
export type ReferenceStatus = "UNPAID" | "PAID" | "CANC" | (string & {});

/** The answer. */
export interface GenerateReferenceResponse {
  transactionID: string;
  paymentStatus: PaymentStatus;
  paymentMethod?: PaymentMethod;
  paymentType?: PaymentType;
  amount?: AnsweredAmount;
  merchant?: AnsweredMerchant;
  paymentReference?: PaymentReference;
  execution?: Execution;
  returnStatus: ReturnStatus;
}

/** A body that every caller met in production gets by with. */
export const exampleGenerateReferenceRequest: GenerateReferenceRequest = {};

/** The shape as met in production, with the values of SIBS's guide. */
export const exampleGenerateReferenceResponse: GenerateReferenceResponse = {
  transactionID: "s2CB2CH3U91PdGDHsacJ",
  paymentStatus: "Pending",
  paymentMethod: "REFERENCE",
  paymentType: "PURS",
  amount: { value: 5.5, currency: "EUR" },
  merchant: { terminalId: "52221", merchantTransactionId: "Order ID: r1cm97qqjv" },
  paymentReference: {
    reference: "256309828",
    entity: "24000",
    paymentEntity: "24000",
    amount: { value: 5.5, currency: "EUR" },
    status: "UNPAID",
    expireDate: "2023-11-11T10:31:44.989Z",
  },
  execution: { startTime: "2023-11-09T10:32:01.000Z", endTime: "2023-11-09T10:32:01.120Z" },
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
};
