/**
 * The client of SIBS Gateway, what it answers with and throws, money, phones, cards, and notifications. The schemas are
 * `@caravela/sibs/schemas`.
 */
export type {
  AmountSaid,
  MerchantInitiatedDetails,
  ReferenceDetails,
  ThreeDSecureDetails,
  TokenDetails,
} from "./answers.ts";
export { Card, type CardInput, type CardProblems, type ParsedCard } from "./card.ts";
export * from "./card-data.ts";
export type { CardAction, CardOutcome, CardStep } from "./card-step.ts";
export { Sibs } from "./client.ts";
export * from "./errors.ts";
export {
  type CallOptions,
  type CaptureInput,
  type CardPurchaseInput,
  type CheckoutInput,
  type ContinueInput,
  ENVIRONMENTS,
  type MandateCancellationInput,
  type MandateHolder,
  type MandateInput,
  type MitInput,
  type OperationInput,
  type SibsAddress,
  type SibsOptions,
  type SibsSettings,
  type TokenPurchaseInput,
  type TryOutcome,
} from "./inputs.ts";
export type {
  MandateCancellation,
  MandateCreation,
  MandateDetails,
  MandateInquiry,
  MandateList,
  NotifiedMandateDetails,
} from "./mandate.ts";
export * from "./money.ts";
export * from "./notification.ts";
export * from "./phone.ts";
export type * from "./protocol/card.ts";
export type * from "./protocol/checkout.ts";
export type * from "./protocol/envelope.ts";
export type * from "./protocol/mandate.ts";
export type * from "./protocol/mbway.ts";
export type * from "./protocol/mit.ts";
export type * from "./protocol/multibanco.ts";
export type * from "./protocol/notification.ts";
export type * from "./protocol/operations.ts";
export type * from "./protocol/payment-token.ts";
export * from "./protocol/return-codes.ts";
export type * from "./protocol/status.ts";
export type * from "./protocol/three-d-secure.ts";
export type * from "./protocol/token.ts";
export type { Checkout, Operation, OwnOperation, Reference, TransactionStatus } from "./results.ts";
export { parseTimestamp } from "./timestamp.ts";
