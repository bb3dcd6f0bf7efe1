/** The client of SIBS Gateway, what it answers with and throws, money, phones, and notifications. The schemas are `@caravela/sibs/schemas`. */
export type { ReferenceDetails } from "./answers.ts";
export { Sibs } from "./client.ts";
export * from "./errors.ts";
export type { CallOptions, CheckoutInput, OperationInput, SibsOptions } from "./inputs.ts";
export * from "./money.ts";
export * from "./notification.ts";
export * from "./phone.ts";
export type * from "./protocol/checkout.ts";
export type * from "./protocol/envelope.ts";
export type * from "./protocol/mbway.ts";
export type * from "./protocol/multibanco.ts";
export type * from "./protocol/notification.ts";
export type * from "./protocol/operations.ts";
export * from "./protocol/return-codes.ts";
export type * from "./protocol/status.ts";
export type { Checkout, Operation, Reference, TransactionStatus } from "./results.ts";
export { parseTimestamp } from "./timestamp.ts";
