import Type from "typebox";
import { ActionProcessedSchema, InfoSchema } from "./three-d-secure.schema.ts";

export const TokenisationSchema = Type.Object({
  tokenisationRequest: Type.Optional(Type.Object({ tokeniseCard: Type.Boolean() })),
  paymentTokens: Type.Optional(
    Type.Array(Type.Object({ tokenType: Type.Unsafe<"Card">(Type.String()), value: Type.String() })),
  ),
});

export const PaymentTokenSchema = Type.Object({
  tokenName: Type.Optional(Type.String()),
  tokenType: Type.String(),
  value: Type.String(),
  maskedPAN: Type.Optional(Type.String()),
  expireDate: Type.Optional(Type.String()),
});

export const TokenInfoSchema = Type.Object({
  value: Type.String({ minLength: 1 }),
  secureCode: Type.Optional(Type.String({ pattern: "^\\d{3,4}$" })),
  tokenType: Type.String(),
});

export const TokenPurchaseRequestSchema = Type.Object({
  tokenInfo: Type.Optional(TokenInfoSchema),
  info: Type.Optional(InfoSchema),
  actionProcessed: Type.Optional(ActionProcessedSchema),
});
