/**
 * `POST /payments/{transactionID}/mbway-id/purchase`: asks the MB WAY app of a phone for approval. Its owner has four
 * minutes. Or collects by a mandate, without asking. Authorization: Digest. The request and the answer of SIBS's guide
 * are the worked examples below.
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
import type { MandateUse } from "./mandate.ts";

/** Whose phone is asked, or that a mandate pays: one of the two. */
export interface MbwayPurchaseRequest {
  /** `{country code}#{number}`: `351#9XXXXXXXX`. */
  customerPhone?: string;
  mandate?: MandateUse;
}

/**
 * The four members of SIBS's guide; its API Market adds `merchant` and `amount`. The normal `paymentStatus` is
 * `Pending`. Where a mandate is asked to pay, `paymentMethod` tells `MANDATE` from `MBWAY`: over the limit the phone is
 * asked after all.
 */
export interface MbwayPurchaseResponse {
  transactionID: string;
  paymentStatus: PaymentStatus;
  paymentMethod?: PaymentMethod;
  paymentType?: PaymentType;
  execution?: Execution;
  merchant?: AnsweredMerchant;
  amount?: AnsweredAmount;
  returnStatus: ReturnStatus;
}

/** The request of SIBS's guide. */
export const exampleMbwayPurchaseRequest: MbwayPurchaseRequest = { customerPhone: "351#919999999" };

/** The documented collection by a mandate. */
export const exampleMandatePurchaseRequest: MbwayPurchaseRequest = {
  mandate: { mandateCreation: false, useMBWAYMandate: true },
};

/** The answer of SIBS's guide: `Timeout` beside `000`, because that checkout had lapsed hours before (inferred). */
export const exampleMbwayPurchaseResponse: MbwayPurchaseResponse = {
  transactionID: "s2CB2CH3U91PdGDHsacJ",
  execution: { startTime: "2023-11-09T16:19:11.924Z", endTime: "2023-11-09T16:19:12.052Z" },
  paymentStatus: "Timeout",
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
};
