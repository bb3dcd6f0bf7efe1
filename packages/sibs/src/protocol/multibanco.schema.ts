import Type from "typebox";
import {
  AnsweredAmountSchema,
  AnsweredMerchantSchema,
  ExecutionSchema,
  NonEmptyTextSchema,
  PaymentMethodSchema,
  PaymentStatusSchema,
  PaymentTypeSchema,
  ReturnStatusSchema,
  TimestampSchema,
} from "./envelope.schema.ts";
import type { GenerateReferenceRequest, ReferenceStatus } from "./multibanco.ts";

/** An object; members are ignored. */
export const GenerateReferenceRequestSchema = Type.Unsafe<GenerateReferenceRequest>(Type.Object({}));

/** Any text: SIBS's list is open. */
export const ReferenceStatusSchema = Type.Unsafe<ReferenceStatus>(Type.String());

export const PaymentReferenceSchema = Type.Object({
  reference: Type.String(),
  entity: Type.String(),
  paymentEntity: Type.Optional(Type.String()),
  amount: Type.Optional(AnsweredAmountSchema),
  status: ReferenceStatusSchema,
  expireDate: Type.Optional(TimestampSchema),
  expiryDate: Type.Optional(TimestampSchema),
});

export const GenerateReferenceResponseSchema = Type.Object({
  transactionID: NonEmptyTextSchema,
  paymentStatus: PaymentStatusSchema,
  paymentMethod: Type.Optional(PaymentMethodSchema),
  paymentType: Type.Optional(PaymentTypeSchema),
  amount: Type.Optional(AnsweredAmountSchema),
  merchant: Type.Optional(AnsweredMerchantSchema),
  paymentReference: Type.Optional(PaymentReferenceSchema),
  execution: Type.Optional(ExecutionSchema),
  returnStatus: ReturnStatusSchema,
});
