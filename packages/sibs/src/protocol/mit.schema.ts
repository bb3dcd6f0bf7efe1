import Type from "typebox";
import { AmountSchema, MerchantSchema, TimestampSchema } from "./envelope.schema.ts";
import { OriginalTransactionSchema } from "./operations.schema.ts";

export const AmountQualifierSchema = Type.Union([
  Type.Literal("DEFAULT"),
  Type.Literal("ESTIMATED"),
  Type.Literal("ACTUAL"),
]);

export const ScheduleSchema = Type.Object({
  initialDate: Type.Optional(Type.String()),
  finalDate: Type.Optional(Type.String()),
  interval: Type.Optional(Type.String()),
});

export const RecurringTransactionSchema = Type.Object({
  validityDate: TimestampSchema,
  amountQualifier: AmountQualifierSchema,
  description: Type.String(),
  schedule: Type.Optional(ScheduleSchema),
});

export const ChargeTypeSchema = Type.Union([Type.Literal("RCRR"), Type.Literal("UCOF")]);

export const MerchantInitiatedTransactionSchema = Type.Object({
  type: ChargeTypeSchema,
  amountQualifier: Type.Optional(AmountQualifierSchema),
  validityDate: Type.Optional(TimestampSchema),
  description: Type.Optional(Type.String()),
  schedule: Type.Optional(ScheduleSchema),
  active: Type.Optional(Type.Boolean()),
});

export const AnsweredMerchantInitiatedTransactionSchema = Type.Object({
  status: Type.Optional(Type.String()),
  type: Type.Optional(Type.String()),
  amountQualifier: Type.Optional(Type.String()),
  schedule: Type.Optional(ScheduleSchema),
});

export const MitRequestSchema = Type.Object({
  merchant: MerchantSchema,
  transaction: Type.Object({
    transactionTimestamp: TimestampSchema,
    description: Type.Optional(Type.String({ maxLength: 70 })),
    amount: AmountSchema,
    type: Type.Optional(ChargeTypeSchema),
    originalTransaction: Type.Optional(OriginalTransactionSchema),
  }),
  originalTransaction: Type.Optional(OriginalTransactionSchema),
});
