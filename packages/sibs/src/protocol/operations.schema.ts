import Type from "typebox";
import {
  AmountSchema,
  AnsweredAmountSchema,
  AnsweredMerchantSchema,
  ExecutionSchema,
  MerchantSchema,
  NonEmptyTextSchema,
  PaymentStatusSchema,
  ReturnStatusSchema,
  TimestampSchema,
} from "./envelope.schema.ts";

export const OriginalTransactionSchema = Type.Object({
  id: Type.String(),
  datetime: Type.Optional(TimestampSchema),
});

export const OperationRequestSchema = Type.Object({
  merchant: MerchantSchema,
  transaction: Type.Object({
    transactionTimestamp: TimestampSchema,
    description: Type.Optional(Type.String({ maxLength: 70 })),
    amount: AmountSchema,
    originalTransaction: Type.Optional(OriginalTransactionSchema),
  }),
  originalTransaction: Type.Optional(OriginalTransactionSchema),
});

const CountSchema = Type.Integer({ minimum: 1 });

export const CaptureRequestSchema = Type.Object({
  ...OperationRequestSchema.properties,
  saleContext: Type.Optional(
    Type.Object({
      splitPayment: Type.Optional(
        Type.Object({ split: Type.Boolean(), paymentNumber: CountSchema, maxPayments: CountSchema }),
      ),
    }),
  ),
});

export const OperationResponseSchema = Type.Object({
  merchant: Type.Optional(AnsweredMerchantSchema),
  transactionRecipientId: Type.Optional(Type.String()),
  transactionTimestamp: Type.Optional(TimestampSchema),
  transactionDateTime: Type.Optional(TimestampSchema),
  amount: Type.Optional(AnsweredAmountSchema),
  transactionID: NonEmptyTextSchema,
  execution: Type.Optional(ExecutionSchema),
  paymentStatus: PaymentStatusSchema,
  returnStatus: ReturnStatusSchema,
});
