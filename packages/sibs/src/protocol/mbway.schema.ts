import Type from "typebox";
import {
  AnsweredAmountSchema,
  AnsweredMerchantSchema,
  ExecutionSchema,
  PaymentStatusSchema,
  ReturnStatusSchema,
} from "./envelope.schema.ts";

/** Any text: whether it is an alias (`E0504`) and exists (`E0506`) is MB WAY's to say. */
export const MbwayPurchaseRequestSchema = Type.Object({ customerPhone: Type.String() });

export const MbwayPurchaseResponseSchema = Type.Object({
  transactionID: Type.String(),
  paymentStatus: PaymentStatusSchema,
  execution: Type.Optional(ExecutionSchema),
  merchant: Type.Optional(AnsweredMerchantSchema),
  amount: Type.Optional(AnsweredAmountSchema),
  returnStatus: ReturnStatusSchema,
});
