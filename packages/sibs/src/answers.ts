import { type Expiry, readExpiry } from "./card-data.ts";
import type { Reviver } from "./conceal.ts";
import { type Cents, parseEuros } from "./money.ts";
import type { AnsweredAmount, ReturnStatus } from "./protocol/envelope.ts";
import type { AnsweredMerchantInitiatedTransaction } from "./protocol/mit.ts";
import type { PaymentReference, ReferenceStatus } from "./protocol/multibanco.ts";
import type { PaymentToken } from "./protocol/payment-token.ts";
import type { StatusResponse } from "./protocol/status.ts";
import type { ThreeDSecure } from "./protocol/three-d-secure.ts";
import { parseTimestamp } from "./timestamp.ts";

/** A JSON object from outside: nothing about its members is known. */
export type Json = Readonly<Record<string, unknown>>;

/** A message of SIBS's as it is read: its type names the members, and each may be missing or hold anything. */
export type Heard<Message> = { readonly [Member in keyof Message]?: unknown };

/** A Multibanco reference, brought to one shape from an answer or a notification. */
export interface ReferenceDetails extends AmountSaid {
  /** The entity to show to whoever pays: five digits. */
  readonly entity: string;
  /** Nine digits. */
  readonly reference: string;
  /** Only `PAID` is money. */
  readonly status: ReferenceStatus;
  readonly expiresAt: Date | null;
}

/** A saved card, or the phone that paid, brought to one shape from an answer or a notification. */
export interface TokenDetails {
  /** `Card`, `MobilePhone`. */
  readonly type: string;
  /** What pays (a phone: `351#…`). Keep it as a credential. */
  readonly value: string;
  /** `401200******1112`. */
  readonly maskedPan: string | null;
  /** `null` also where it comes in a form that nobody has met. */
  readonly expiry: Expiry | null;
  readonly name: string | null;
}

/** What 3-D Secure found out, in EMV's words. That there is an authentication value is told, not the value. */
export interface ThreeDSecureDetails {
  /** `Y` authenticated, `A` attempted, `N` not, `U` could not, `R` rejected. */
  readonly transStatus: string | null;
  readonly eci: string | null;
  readonly hasAuthenticationValue: boolean;
  readonly dsTransId: string | null;
  readonly acsTransId: string | null;
  readonly serverTransId: string | null;
  readonly version: string | null;
}

/** A standing agreement to charges by the merchant. */
export interface MerchantInitiatedDetails {
  /** `RCRR`, `UCOF`; in notifications. */
  readonly type: string | null;
  /** In answers. */
  readonly status: string | null;
}

/**
 * Reads a text as a JSON object; `null` when it is none (HTML, half a JSON, a bare number). `reviver` may take
 * something out.
 */
export function readJson(text: string, reviver?: Reviver): Json | null {
  try {
    return asObject(JSON.parse(text, reviver));
  } catch {
    return null;
  }
}

/** Says that a value is an object with members. */
export function asObject<Message = Json>(value: unknown): Heard<Message> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Heard<Message>) : null;
}

/** Reads what SIBS writes as text or as number (ids, codes); `null` when there is nothing. */
export function readText(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

/** Reads yes or no, as such or as text (`inApp: "false"`); `null` when it is neither. */
export function readFlag(value: unknown): boolean | null {
  if (value === true || value === "true") return true;
  return value === false || value === "false" ? false : null;
}

/** An amount as it was answered. */
export interface AmountSaid {
  /** In whole cents; `null` where there is none, or none in euros that can be read. */
  readonly amount: Cents | null;
  /**
   * There only where an amount was answered that is none in euros (`"12,50"`, another currency, three decimals): never
   * take it for one that was left out.
   */
  readonly amountIsUnreadable?: true;
}

/** Reads `{value, currency}`, a number or text. */
export function readAmountSaid(value: unknown): AmountSaid {
  const amount = readAmount(value);
  const isUnreadable = amount === null && value !== undefined && value !== null;
  return isUnreadable ? { amount, amountIsUnreadable: true } : { amount };
}

/** Reads `{value, currency}`, a number or text, into cents; `null` when it is no amount in euros. */
export function readAmount(value: unknown): Cents | null {
  const amount = asObject<AnsweredAmount>(value);
  const euros = amount?.value;
  if ((typeof euros !== "number" && typeof euros !== "string") || (amount?.currency ?? "EUR") !== "EUR") return null;
  try {
    return parseEuros(euros);
  } catch {
    return null;
  }
}

/** Reads SIBS's codes; members that are missing are empty. `null` when there is no code. */
export function readReturnStatus(value: unknown): ReturnStatus | null {
  const status = asObject<ReturnStatus>(value);
  const statusCode = readText(status?.statusCode);
  if (status === null || statusCode === null) return null;
  return {
    statusCode,
    statusMsg: readText(status.statusMsg) ?? "",
    statusDescription: readText(status.statusDescription) ?? "",
  };
}

/** Reads a reference; its expiry is `expireDate` in answers and `expiryDate` in notifications. */
export function readReference(value: unknown): ReferenceDetails | null {
  const wire = asObject<PaymentReference>(value);
  const digits = readText(wire?.reference);
  if (wire === null || digits === null) return null;
  return {
    entity: readText(wire.paymentEntity) ?? readText(wire.entity) ?? "",
    reference: digits.padStart(9, "0"),
    ...readAmountSaid(wire.amount),
    status: readText(wire.status) ?? "",
    expiresAt: parseTimestamp(wire.expireDate ?? wire.expiryDate),
  };
}

/** Reads a token; `null` when there is none, or nothing to pay with. */
export function readToken(value: unknown): TokenDetails | null {
  const wire = asObject<PaymentToken>(value);
  const text = readText(wire?.value);
  if (wire === null || text === null) return null;
  return {
    type: readText(wire.tokenType) ?? "",
    value: text,
    maskedPan: readText(wire.maskedPAN),
    expiry: readExpiry(readText(wire.expireDate) ?? ""),
    name: readText(wire.tokenName),
  };
}

/** Reads what 3-D Secure found out; `null` when there is nothing. */
export function readThreeDSecure(value: unknown): ThreeDSecureDetails | null {
  const wire = asObject<ThreeDSecure>(value);
  return (
    wire && {
      transStatus: readText(wire.transStatus),
      eci: readText(wire.eci),
      hasAuthenticationValue: readText(wire.authenticationValue) !== null,
      dsTransId: readText(wire.dsTransID),
      acsTransId: readText(wire.acsTransID),
      serverTransId: readText(wire.threeDSServerTransID),
      version: readText(wire.messageVersion),
    }
  );
}

/** Reads the agreement under either family's name; `null` when there is none. */
export function readMerchantInitiated(
  body: Heard<Pick<StatusResponse, "merchantInitiatedTransaction" | "recurringTransaction">>,
): MerchantInitiatedDetails | null {
  const wire = asObject<AnsweredMerchantInitiatedTransaction>(
    asObject(body.merchantInitiatedTransaction) ?? body.recurringTransaction,
  );
  return wire && { type: readText(wire.type), status: readText(wire.status) };
}
