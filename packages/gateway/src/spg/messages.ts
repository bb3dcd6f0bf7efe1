/**
 * What callers say, by the schemas of SIBS's messages, and where the gateway deviates from them: bounds that SIBS or
 * its validator was seen to keep, what programs in production send in spite of its guide (reference §18), and the
 * members that SIBS has codes of its own for.
 */
import type { MandateUse, TokenInfo } from "@caravela/sibs";
import { HIGHEST_AMOUNT } from "@caravela/sibs/limits";
import * as wire from "@caravela/sibs/schemas";
import Type from "typebox";
import { type Deviation, type Deviations, message, type Read } from "./message.ts";

/** A text that is there holds something. */
const upTo = (maxLength: number): Deviation => ({ is: { minLength: 1, maxLength } });

/** Members that SIBS's validator wants at the top of the message, and nowhere else (reference 2.1). */
const atTop: Deviation = { belongs: "at the top of the message" };
const insideTransaction: Deviation = { belongs: "inside transaction" };

/** A phone as MB WAY names it: malformed is `E0504`, missing `E0501` (reference 4.4). */
const alias: Deviation = {
  is: { pattern: "^351#[0-9]{9}$" },
  codes: { missing: "E0501", malformed: "E0504" },
  says: "has an invalid format: 351#9XXXXXXXX",
};

const merchant: Deviations = {
  "merchant.terminalId": { says: "must be a number of at most 10 digits" },
  // `mobile` is named beside `web` in a comment of V2-F21
  "merchant.channel": { is: { enum: ["web", "mobile"] } },
  "merchant.transactionDescription": { unread: true },
  "merchant.customer": atTop,
  "merchant.mandate": atTop,
  "merchant.merchantInitiatedTransaction": atTop,
  "merchant.paymentReference": insideTransaction,
};

/**
 * From a cent, unless there may be nothing to pay, to 999,999.99 € (eight digits, reference 3.3), with two decimals
 * (reference §13).
 */
const amount = (path: string, { zero = false } = {}): Deviations => ({
  [`${path}.value`]: {
    is: { maximum: HIGHEST_AMOUNT / 100, format: "euros", ...(zero ? {} : { exclusiveMinimum: 0 }) },
  },
});

/**
 * Which members are mandatory is in no text; an empty postcode is refused in production (reference §18), an empty
 * street2 is the seed's.
 */
const address = (path: string): Deviations => ({
  [`${path}.street1`]: { optional: true },
  [`${path}.city`]: { optional: true },
  [`${path}.postcode`]: { optional: true },
  [`${path}.country`]: { optional: true, is: { pattern: "^[A-Za-z]{2}$" } },
});

const schedule = (path: string): Deviations => ({
  [`${path}.initialDate`]: upTo(40),
  [`${path}.finalDate`]: upTo(40),
  [`${path}.interval`]: upTo(20),
});

const charges: Deviations = {
  "merchantInitiatedTransaction.description": { is: { maxLength: 70 } },
  ...schedule("merchantInitiatedTransaction.schedule"),
};

const tokenisation = (path: string): Deviations => ({
  [`${path}.paymentTokens`]: { is: { maxItems: 20 } },
  [`${path}.paymentTokens[].tokenType`]: upTo(40),
  [`${path}.paymentTokens[].value`]: upTo(100),
});

const METHODS = ["CARD", "MBWAY", "REFERENCE", "MANDATE", "TOKEN", "QRCODE", "XPAY"];

const CheckoutSchema = Type.Object({
  ...wire.CheckoutRequestSchema.properties,
  transaction: Type.Object({
    ...wire.CheckoutTransactionSchema.properties,
    // where one program in production puts it
    tokenisation: Type.Optional(wire.TokenisationSchema),
  }),
});

/** `POST /payments`. */
export const readCheckout = message(CheckoutSchema, {
  ...merchant,
  paymentReference: insideTransaction,
  "transaction.description": upTo(70),
  ...amount("transaction.amount", { zero: true }),
  "transaction.paymentMethod": { is: { maxItems: 20 } },
  "transaction.paymentMethod[]": { is: { enum: METHODS } },
  ...amount("transaction.paymentReference.minAmount"),
  ...amount("transaction.paymentReference.maxAmount"),
  ...tokenisation("transaction.tokenisation"),
  "transaction.customer": atTop,
  "transaction.mandate": atTop,
  "transaction.merchantInitiatedTransaction": atTop,
  "customer.customerInfo.customerEmail": { is: { maxLength: 254 } },
  "customer.customerInfo.customerPhone": { is: { maxLength: 30 } },
  "customer.customerInfo.customerLanguage": { is: { maxLength: 10 } },
  ...address("customer.customerInfo.shippingAddress"),
  ...address("customer.customerInfo.billingAddress"),
  "customer.extendedInfo": { unread: true },
  "recurringTransaction.description": upTo(70),
  ...schedule("recurringTransaction.schedule"),
  ...charges,
  ...tokenisation("tokenisation"),
  "mandate.mandateId": { ...upTo(40), optional: true },
});

// `originalTransaction` may stand here or there (reference 8.1) and says nothing that the path does not
const operation: Deviations = {
  ...merchant,
  ...amount("transaction.amount"),
  "transaction.originalTransaction": { unread: true },
  originalTransaction: { unread: true },
};

/** `POST /payments/{transactionID}/refund` and `…/cancellation`. */
export const readOperation = message(wire.OperationRequestSchema, operation);

/**
 * `POST /payments/{transactionID}/capture`: which of how many captures it is (reference 8.1), the hold alone decides.
 */
export const readCapture = message(wire.CaptureRequestSchema, operation);

/**
 * `POST /payments/{transactionID}/mit`: `type` is sent by one program alone (reference 7.3) and says what the first
 * payment has said.
 */
export const readCharge = message(wire.MitRequestSchema, operation);

const PhoneSchema = Type.Required(Type.Pick(wire.MbwayPurchaseRequestSchema, ["customerPhone"]));

/** `POST /payments/{transactionID}/mbway-id/purchase` that asks a phone. */
export const readPhone = message(PhoneSchema, { customerPhone: alias });

const MandateUseSchema = Type.Pick(wire.MbwayPurchaseRequestSchema, ["mandate"]);

/** What the same call says of a mandate. */
export const readMandateUse: Read<{ mandate?: Partial<MandateUse> }> = message(MandateUseSchema, {
  "mandate.mandateCreation": { optional: true },
  "mandate.useMBWAYMandate": { optional: true },
});

/** The browser's data, all text by API Market: programs send numbers too, and PHP an empty list. */
const info: Deviations = { info: { unread: true } };

// what became of an action is read apart, before it is known whether this is a first call
const CardSchema = Type.Object({
  ...Type.Omit(wire.CardPurchaseRequestSchema, ["actionProcessed"]).properties,
  cardInfo: wire.CardInfoSchema,
});

/** The first `POST /payments/{transactionID}/card/purchase`. A refusal never repeats the card. */
export const readCardPurchase = message(CardSchema, {
  // 12 to 19 digits with their check digit (ISO/IEC 7812)
  "cardInfo.PAN": { is: { format: "card-number" } },
  "cardInfo.cardholderName": upTo(45),
  ...info,
  ...charges,
});

const TokenSchema = Type.Object({
  ...Type.Omit(wire.TokenPurchaseRequestSchema, ["actionProcessed"]).properties,
  tokenInfo: wire.TokenInfoSchema,
});

/** The first `POST /payments/{transactionID}/token/purchase`. */
export const readTokenPurchase: Read<{ tokenInfo: Omit<TokenInfo, "tokenType"> }> = message(TokenSchema, {
  "tokenInfo.value": upTo(100),
  "tokenInfo.tokenType": { ...upTo(40), optional: true },
  ...info,
});

/** What became of an action, in whichever of both calls. */
export const readAction = message(Type.Pick(wire.CardPurchaseRequestSchema, ["actionProcessed"]), {
  "actionProcessed.id": upTo(100),
  "actionProcessed.type": upTo(40),
});

/** `POST /mbway-mandates/creation` (reference 6.1), with what the merchant says it is for. */
export const readMandateCreation = message(wire.MandateCreationRequestSchema, {
  ...merchant,
  "merchant.transactionDescription": { is: { maxLength: 200 } },
  "mandate.aliasMBWAY": alias,
  // longer than a payment's customer may be called (inferred: programs in production cut that one alone)
  "mandate.customerName": upTo(250),
  ...info,
});

/** `POST /mbway-mandates/{transactionID}/cancel` (reference 6.2). */
export const readMandateCancellation = message(wire.MandateCancellationRequestSchema, { ...merchant, ...info });

/** The header `Mbway-ID`, under its name. */
export const readMbwayId = message(Type.Object({ "Mbway-ID": Type.String() }), { "Mbway-ID": alias });

/** `GET /payments/status?merchantTransactionId=`: any text that such an id may be (reference §15). */
export const readStatusQuery = message(Type.Object({ merchantTransactionId: Type.String() }), {
  merchantTransactionId: upTo(1_000),
});
