import Type from "typebox";
import {
  AnsweredAmountSchema,
  AnsweredMerchantSchema,
  ExecutionSchema,
  PaymentMethodSchema,
  PaymentStatusSchema,
  PaymentTypeSchema,
  ReturnStatusSchema,
} from "./envelope.schema.ts";
import { PaymentReferenceSchema } from "./multibanco.schema.ts";

export const PaymentTokenSchema = Type.Object({
  tokenName: Type.Optional(Type.String()),
  tokenType: Type.String(),
  value: Type.String(),
  maskedPAN: Type.Optional(Type.String()),
  expireDate: Type.Optional(Type.String()),
});

export const StatusResponseSchema = Type.Object({
  merchant: Type.Optional(AnsweredMerchantSchema),
  transactionID: Type.String(),
  amount: Type.Optional(AnsweredAmountSchema),
  paymentType: Type.Optional(PaymentTypeSchema),
  paymentStatus: PaymentStatusSchema,
  paymentMethod: Type.Optional(PaymentMethodSchema),
  paymentReference: Type.Optional(PaymentReferenceSchema),
  token: Type.Optional(PaymentTokenSchema),
  execution: Type.Optional(ExecutionSchema),
  returnStatus: ReturnStatusSchema,
  transactionStatusCode: Type.Optional(Type.String()),
  transactionStatusDescription: Type.Optional(Type.String()),
});
