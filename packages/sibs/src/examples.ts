/** A worked example of every message, most of them the seed's own or captured: for your tests and for reading. */
export {
  exampleCheckoutRequest,
  exampleCheckoutResponse,
  exampleFullCheckoutRequest,
} from "./protocol/checkout.ts";
export { exampleMbwayPurchaseRequest, exampleMbwayPurchaseResponse } from "./protocol/mbway.ts";
export { exampleGenerateReferenceRequest, exampleGenerateReferenceResponse } from "./protocol/multibanco.ts";
export {
  exampleAcknowledgement,
  exampleNotification,
  exampleReferencePaidNotification,
} from "./protocol/notification.ts";
export { exampleDeclinedRefundResponse, exampleOperationRequest } from "./protocol/operations.ts";
export { exampleReferenceStatusResponse, exampleStatusResponse } from "./protocol/status.ts";
