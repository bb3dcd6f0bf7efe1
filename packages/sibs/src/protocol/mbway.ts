/**
 * `POST /payments/{transactionID}/mbway-id/purchase`: asks the MB WAY app of a phone for approval. Its owner has four minutes.
 * Authorization: Digest. Source: the seed, whose request and answer are the worked examples below.
 */
import type { AnsweredAmount, AnsweredMerchant, Execution, PaymentStatus, ReturnStatus } from "./envelope.ts";

/** Whose phone is asked (seed). */
export interface MbwayPurchaseRequest {
  /** `{country code}#{number}`: `351#9XXXXXXXX`. */
  customerPhone: string;
}

/** The seed's four members; API Market adds `merchant` and `amount`. The normal `paymentStatus` is `Pending` (V2-F24). */
export interface MbwayPurchaseResponse {
  transactionID: string;
  paymentStatus: PaymentStatus;
  execution?: Execution;
  merchant?: AnsweredMerchant;
  amount?: AnsweredAmount;
  returnStatus: ReturnStatus;
}

/** The seed's request. */
export const exampleMbwayPurchaseRequest: MbwayPurchaseRequest = { customerPhone: "351#919999999" };

/** The seed's answer: `Timeout` beside `000`, because that checkout had lapsed hours before (inferred). */
export const exampleMbwayPurchaseResponse: MbwayPurchaseResponse = {
  transactionID: "s2CB2CH3U91PdGDHsacJ",
  execution: { startTime: "2023-11-09T16:19:11.924Z", endTime: "2023-11-09T16:19:12.052Z" },
  paymentStatus: "Timeout",
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
};
