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
} from "./envelope.schema.ts";
import { MandateUseSchema } from "./mandate.schema.ts";

/** Any text as phone: whether it is an alias (`E0504`) and exists (`E0506`) is MB WAY's to say. */
export const MbwayPurchaseRequestSchema = Type.Object({
  customerPhone: Type.Optional(Type.String()),
  mandate: Type.Optional(MandateUseSchema),
});

export const MbwayPurchaseResponseSchema = Type.Object({
  transactionID: NonEmptyTextSchema,
  paymentStatus: PaymentStatusSchema,
  paymentMethod: Type.Optional(PaymentMethodSchema),
  paymentType: Type.Optional(PaymentTypeSchema),
  execution: Type.Optional(ExecutionSchema),
  merchant: Type.Optional(AnsweredMerchantSchema),
  amount: Type.Optional(AnsweredAmountSchema),
  returnStatus: ReturnStatusSchema,
});
