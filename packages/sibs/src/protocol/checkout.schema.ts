import Type from "typebox";
import {
  AmountSchema,
  AnsweredAmountSchema,
  AnsweredMerchantSchema,
  ExecutionSchema,
  MerchantSchema,
  NonEmptyTextSchema,
  PaymentMethodSchema,
  ReturnStatusSchema,
  TimestampSchema,
} from "./envelope.schema.ts";
import { CollectedMandateSchema, MandateAvailabilitySchema } from "./mandate.schema.ts";
import { MerchantInitiatedTransactionSchema, RecurringTransactionSchema } from "./mit.schema.ts";
import { PaymentTokenSchema, TokenisationSchema } from "./token.schema.ts";

export const PaymentReferenceTermsSchema = Type.Object({
  initialDatetime: TimestampSchema,
  finalDatetime: TimestampSchema,
  minAmount: AmountSchema,
  maxAmount: AmountSchema,
  entity: Type.String({ pattern: "^\\d{5}$" }),
});

export const CheckoutTransactionSchema = Type.Object({
  transactionTimestamp: TimestampSchema,
  description: Type.String({ maxLength: 70 }),
  moto: Type.Optional(Type.Boolean()),
  paymentType: Type.Union([Type.Literal("PURS"), Type.Literal("AUTH")]),
  amount: AmountSchema,
  paymentMethod: Type.Optional(Type.Array(PaymentMethodSchema)),
  paymentReference: Type.Optional(PaymentReferenceTermsSchema),
});

/** Lengths as met in production and in SIBS's guides. */
export const AddressSchema = Type.Object({
  street1: Type.String({ minLength: 1, maxLength: 70 }),
  street2: Type.Optional(Type.String({ maxLength: 70 })),
  city: Type.String({ minLength: 1, maxLength: 35 }),
  postcode: Type.String({ minLength: 1, maxLength: 16 }),
  country: Type.String({ pattern: "^[A-Z]{2}$" }),
});

export const CustomerInfoSchema = Type.Object({
  customerName: Type.Optional(Type.String({ maxLength: 45 })),
  customerEmail: Type.Optional(Type.String()),
  customerPhone: Type.Optional(Type.String()),
  customerLanguage: Type.Optional(Type.String()),
  shippingAddress: Type.Optional(AddressSchema),
  billingAddress: Type.Optional(AddressSchema),
  billingAddressSameAsShippingAddress: Type.Optional(Type.Boolean()),
});

export const CustomerSchema = Type.Object({
  customerInfo: Type.Optional(CustomerInfoSchema),
  extendedInfo: Type.Optional(Type.Array(Type.Object({ key: Type.String(), value: Type.String() }))),
});

export const CheckoutRequestSchema = Type.Object({
  merchant: MerchantSchema,
  transaction: CheckoutTransactionSchema,
  customer: Type.Optional(CustomerSchema),
  recurringTransaction: Type.Optional(RecurringTransactionSchema),
  merchantInitiatedTransaction: Type.Optional(MerchantInitiatedTransactionSchema),
  tokenisation: Type.Optional(TokenisationSchema),
  mandate: Type.Optional(CollectedMandateSchema),
});

export const CheckoutResponseSchema = Type.Object({
  amount: AnsweredAmountSchema,
  merchant: AnsweredMerchantSchema,
  transactionID: NonEmptyTextSchema,
  transactionSignature: NonEmptyTextSchema,
  formContext: Type.String(),
  expiry: TimestampSchema,
  tokenList: Type.Array(PaymentTokenSchema),
  paymentMethodList: Type.Array(PaymentMethodSchema),
  mandate: Type.Optional(MandateAvailabilitySchema),
  execution: ExecutionSchema,
  returnStatus: ReturnStatusSchema,
});

export const FormContextSchema = Type.Object({
  PaymentMethod: Type.Array(Type.String()),
  TransactionSignature: Type.String(),
  Amount: Type.Object({ Amount: Type.Number(), Currency: Type.String() }),
  Mandate: Type.Object({ MandateAvailable: Type.Optional(Type.Boolean()) }),
  ApiVersion: Type.String(),
  MOTO: Type.Boolean(),
});
