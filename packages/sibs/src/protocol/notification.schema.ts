import Type from "typebox";
import {
  AnsweredAmountSchema,
  NonEmptyTextSchema,
  PaymentMethodSchema,
  PaymentStatusSchema,
  PaymentTypeSchema,
  TerminalIdSchema,
  TimestampSchema,
} from "./envelope.schema.ts";
import { NotifiedMandateSchema } from "./mandate.schema.ts";
import { AnsweredMerchantInitiatedTransactionSchema } from "./mit.schema.ts";
import { PaymentReferenceSchema } from "./multibanco.schema.ts";
import { ThreeDSecureSchema } from "./three-d-secure.schema.ts";
import { PaymentTokenSchema } from "./token.schema.ts";

export const NotifiedMerchantSchema = Type.Object({
  transactionId: Type.Optional(Type.String()),
  terminalId: Type.Optional(TerminalIdSchema),
  merchantName: Type.Optional(Type.String()),
  inApp: Type.Optional(Type.String()),
});

export const NotificationSchema = Type.Object({
  returnStatus: Type.Object({
    statusMsg: Type.String(),
    statusCode: NonEmptyTextSchema,
    statusDescription: Type.Optional(Type.String()),
  }),
  paymentStatus: PaymentStatusSchema,
  paymentMethod: Type.Optional(PaymentMethodSchema),
  transactionID: NonEmptyTextSchema,
  transactionDateTime: Type.Optional(TimestampSchema),
  amount: Type.Optional(AnsweredAmountSchema),
  merchant: NotifiedMerchantSchema,
  paymentType: PaymentTypeSchema,
  token: Type.Optional(PaymentTokenSchema),
  paymentReference: Type.Optional(PaymentReferenceSchema),
  merchantInitiatedTransaction: Type.Optional(AnsweredMerchantInitiatedTransactionSchema),
  threeDSecure: Type.Optional(ThreeDSecureSchema),
  mbwayMandate: Type.Optional(NotifiedMandateSchema),
  internalTransactionId: Type.Optional(Type.String()),
  notificationID: NonEmptyTextSchema,
});

/** Both codes that SIBS documents are met, as number and as text. */
export const NotificationAcknowledgementSchema = Type.Object({
  statusCode: Type.Union([Type.String(), Type.Number()]),
  statusMsg: Type.String(),
  notificationID: Type.String(),
});
