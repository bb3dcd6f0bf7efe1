import Type from "typebox";
import {
  AmountSchema,
  AnsweredAmountSchema,
  AnsweredMerchantSchema,
  ExecutionSchema,
  MerchantSchema,
  PaymentMethodSchema,
  ReturnStatusSchema,
  TimestampSchema,
} from "./envelope.schema.ts";

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
  paymentMethod: Type.Array(PaymentMethodSchema),
  paymentReference: Type.Optional(PaymentReferenceTermsSchema),
});

/** Lengths as met in production and in the gateway-3 guide (reference 2.6). */
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

export const RecurringTransactionSchema = Type.Object({
  validityDate: TimestampSchema,
  amountQualifier: Type.Union([Type.Literal("DEFAULT"), Type.Literal("ESTIMATED"), Type.Literal("ACTUAL")]),
  description: Type.String(),
  schedule: Type.Optional(
    Type.Object({
      initialDate: Type.Optional(Type.String()),
      finalDate: Type.Optional(Type.String()),
      interval: Type.Optional(Type.String()),
    }),
  ),
});

export const TokenisationSchema = Type.Object({
  tokenisationRequest: Type.Optional(Type.Object({ tokeniseCard: Type.Boolean() })),
  paymentTokens: Type.Optional(Type.Array(Type.Object({ tokenType: Type.String(), value: Type.String() }))),
});

export const CheckoutRequestSchema = Type.Object({
  merchant: MerchantSchema,
  transaction: CheckoutTransactionSchema,
  customer: Type.Optional(CustomerSchema),
  recurringTransaction: Type.Optional(RecurringTransactionSchema),
  tokenisation: Type.Optional(TokenisationSchema),
});

export const CardTokenSchema = Type.Object({
  tokenName: Type.Optional(Type.String()),
  tokenType: Type.String(),
  value: Type.String(),
  maskedPAN: Type.Optional(Type.String()),
  expireDate: Type.Optional(Type.String()),
});

export const CheckoutResponseSchema = Type.Object({
  amount: AnsweredAmountSchema,
  merchant: AnsweredMerchantSchema,
  transactionID: Type.String(),
  transactionSignature: Type.String(),
  formContext: Type.String(),
  expiry: TimestampSchema,
  tokenList: Type.Array(CardTokenSchema),
  paymentMethodList: Type.Array(PaymentMethodSchema),
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
