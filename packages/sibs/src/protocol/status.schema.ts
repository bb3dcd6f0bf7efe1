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
import { AnsweredMerchantInitiatedTransactionSchema } from "./mit.schema.ts";
import { PaymentReferenceSchema } from "./multibanco.schema.ts";
import { ThreeDSecureSchema } from "./three-d-secure.schema.ts";
import { PaymentTokenSchema } from "./token.schema.ts";

export const StatusResponseSchema = Type.Object({
  merchant: Type.Optional(AnsweredMerchantSchema),
  transactionID: NonEmptyTextSchema,
  amount: Type.Optional(AnsweredAmountSchema),
  paymentType: Type.Optional(PaymentTypeSchema),
  paymentStatus: PaymentStatusSchema,
  paymentMethod: Type.Optional(PaymentMethodSchema),
  paymentReference: Type.Optional(PaymentReferenceSchema),
  token: Type.Optional(PaymentTokenSchema),
  recurringTransaction: Type.Optional(Type.Object({ status: Type.Optional(Type.String()) })),
  merchantInitiatedTransaction: Type.Optional(AnsweredMerchantInitiatedTransactionSchema),
  threeDSecure: Type.Optional(ThreeDSecureSchema),
  execution: Type.Optional(ExecutionSchema),
  returnStatus: ReturnStatusSchema,
  transactionStatusCode: Type.Optional(Type.String()),
  transactionStatusDescription: Type.Optional(Type.String()),
});
