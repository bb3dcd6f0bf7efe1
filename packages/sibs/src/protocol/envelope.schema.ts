import Type from "typebox";
import type { PaymentMethod, PaymentStatus, PaymentType } from "./envelope.ts";

/** Every form of date and time met in production: `Z`, an offset or no zone, none to nine fractional digits. */
export const TimestampSchema = Type.String({
  pattern: "^\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d)?(\\.\\d{1,9})?(Z|[+-]\\d\\d:?\\d\\d)?$",
});

/** What an answer is of no use without. */
export const NonEmptyTextSchema = Type.String({ minLength: 1 });

/** Any text: SIBS's list is open. */
export const PaymentStatusSchema = Type.Unsafe<PaymentStatus>(NonEmptyTextSchema);

/** Any text: SIBS's list is open. */
export const PaymentTypeSchema = Type.Unsafe<PaymentType>(Type.String());

/** Any text: SIBS's list is open. */
export const PaymentMethodSchema = Type.Unsafe<PaymentMethod>(Type.String());

/** Two decimals at most, which JSON Schema cannot say of a number without floats: `parseEuros` does. */
export const AmountSchema = Type.Object({
  value: Type.Number({ minimum: 0 }),
  currency: Type.Literal("EUR"),
});

export const AnsweredAmountSchema = Type.Object({
  value: Type.Union([Type.Number(), Type.String()]),
  currency: Type.String(),
});

export const ReturnStatusSchema = Type.Object({
  statusCode: NonEmptyTextSchema,
  statusMsg: Type.String(),
  statusDescription: Type.String(),
});

export const ExecutionSchema = Type.Object({ startTime: TimestampSchema, endTime: TimestampSchema });

/** Up to ten digits, as number or text. */
export const TerminalIdSchema = Type.Union([
  Type.Integer({ minimum: 0, maximum: 9_999_999_999 }),
  Type.String({ pattern: "^\\d{1,10}$" }),
]);

export const MerchantSchema = Type.Object({
  terminalId: TerminalIdSchema,
  channel: Type.String({ minLength: 1 }),
  merchantTransactionId: Type.String({ minLength: 1, maxLength: 35 }),
  transactionDescription: Type.Optional(Type.String()),
});

export const AnsweredMerchantSchema = Type.Object({
  terminalId: TerminalIdSchema,
  merchantTransactionId: Type.String(),
  merchantTransactionTimestamp: Type.Optional(TimestampSchema),
});

export const RefusalSchema = Type.Object({
  returnStatus: ReturnStatusSchema,
  execution: Type.Optional(ExecutionSchema),
});
