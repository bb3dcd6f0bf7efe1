/**
 * A worked example of every message, many of them SIBS's own or captured in production: for your tests and for reading.
 */
export {
  exampleCardChallengeResponse,
  exampleCardContinuationRequest,
  exampleCardPurchaseRequest,
  exampleCardPurchaseResponse,
} from "./protocol/card.ts";
export {
  exampleCheckoutRequest,
  exampleCheckoutResponse,
  exampleFullCheckoutRequest,
  exampleMandateCheckoutRequest,
  exampleUnscheduledCheckoutRequest,
} from "./protocol/checkout.ts";
export {
  exampleMandateCancellationRequest,
  exampleMandateCancellationResponse,
  exampleMandateCreationRequest,
  exampleMandateCreationResponse,
  exampleMandateInquiryResponse,
  exampleMandateListResponse,
} from "./protocol/mandate.ts";
export {
  exampleMandatePurchaseRequest,
  exampleMbwayPurchaseRequest,
  exampleMbwayPurchaseResponse,
} from "./protocol/mbway.ts";
export { exampleMitRequest } from "./protocol/mit.ts";
export { exampleGenerateReferenceRequest, exampleGenerateReferenceResponse } from "./protocol/multibanco.ts";
export {
  exampleAcknowledgement,
  exampleMandateNotification,
  exampleMitNotification,
  exampleNotification,
  exampleReferencePaidNotification,
} from "./protocol/notification.ts";
export {
  exampleCaptureRequest,
  exampleDeclinedRefundResponse,
  exampleOperationRequest,
} from "./protocol/operations.ts";
export {
  exampleCardStatusResponse,
  exampleReferenceStatusResponse,
  exampleStatusResponse,
} from "./protocol/status.ts";
export { exampleTokenPurchaseRequest } from "./protocol/token.ts";
