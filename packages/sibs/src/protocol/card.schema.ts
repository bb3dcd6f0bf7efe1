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
import { AnsweredMerchantInitiatedTransactionSchema, MerchantInitiatedTransactionSchema } from "./mit.schema.ts";
import {
  ActionProcessedSchema,
  ActionResponseSchema,
  InfoSchema,
  ThreeDSecureSchema,
} from "./three-d-secure.schema.ts";
import { PaymentTokenSchema } from "./token.schema.ts";

/** Whether the digits are a card's, and the code is its, is the issuer's to say. */
export const CardInfoSchema = Type.Object({
  PAN: Type.String({ pattern: "^\\d{12,19}$" }),
  secureCode: Type.String({ pattern: "^\\d{3,4}$" }),
  validationDate: TimestampSchema,
  cardholderName: Type.String({ minLength: 1 }),
  createToken: Type.Optional(Type.Boolean()),
});

export const CardPurchaseRequestSchema = Type.Object({
  cardInfo: Type.Optional(CardInfoSchema),
  info: Type.Optional(InfoSchema),
  actionProcessed: Type.Optional(ActionProcessedSchema),
  merchantInitiatedTransaction: Type.Optional(MerchantInitiatedTransactionSchema),
});

export const CardPurchaseResponseSchema = Type.Object({
  transactionID: NonEmptyTextSchema,
  paymentStatus: PaymentStatusSchema,
  paymentMethod: Type.Optional(PaymentMethodSchema),
  paymentType: Type.Optional(PaymentTypeSchema),
  execution: Type.Optional(ExecutionSchema),
  merchant: Type.Optional(AnsweredMerchantSchema),
  amount: Type.Optional(AnsweredAmountSchema),
  actionResponse: Type.Optional(ActionResponseSchema),
  token: Type.Optional(PaymentTokenSchema),
  merchantInitiatedTransaction: Type.Optional(AnsweredMerchantInitiatedTransactionSchema),
  threeDSecure: Type.Optional(ThreeDSecureSchema),
  returnStatus: ReturnStatusSchema,
});
