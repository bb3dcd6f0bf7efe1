import { type Cents, parseEuros } from "./money.ts";
import type { ReturnStatus } from "./protocol/envelope.ts";
import type { PaymentReference, ReferenceStatus } from "./protocol/multibanco.ts";
import { parseTimestamp } from "./timestamp.ts";

/** A JSON object from outside: nothing about its members is known. */
export type Json = Readonly<Record<string, unknown>>;

/** A Multibanco reference, brought to one shape from an answer or a notification. */
export interface ReferenceDetails {
  /** The entity to show to whoever pays: five digits. */
  readonly entity: string;
  /** Nine digits. */
  readonly reference: string;
  readonly amount: Cents | null;
  /** Only `PAID` is money. */
  readonly status: ReferenceStatus;
  readonly expiresAt: Date | null;
}

/** Reads a text as a JSON object; `null` when it is none (HTML, half a JSON, a bare number). */
export function readJson(text: string): Json | null {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Says that a value is an object with members. */
export function asObject(value: unknown): Json | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

/** Reads what SIBS writes as text or as number (ids, codes); `null` when there is nothing. */
export function readText(value: unknown): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
}

/** Reads `{value, currency}`, a number or text, into cents; `null` when it is no amount in euros. */
export function readAmount(value: unknown): Cents | null {
  const amount = asObject(value);
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
  const status = asObject(value);
  const statusCode = readText(status?.statusCode);
  if (status === null || statusCode === null) return null;
  return {
    statusCode,
    statusMsg: readText(status.statusMsg) ?? "",
    statusDescription: readText(status.statusDescription) ?? "",
  };
}

/** Reads a reference; its expiry is `expireDate` in answers and `expiryDate` in notifications (reference 3.1). */
export function readReference(value: unknown): ReferenceDetails | null {
  const wire = asObject(value) as Partial<Record<keyof PaymentReference, unknown>> | null;
  const digits = readText(wire?.reference);
  if (wire === null || digits === null) return null;
  return {
    entity: readText(wire.paymentEntity) ?? readText(wire.entity) ?? "",
    reference: digits.padStart(9, "0"),
    amount: readAmount(wire.amount),
    status: readText(wire.status) ?? "",
    expiresAt: parseTimestamp(wire.expireDate ?? wire.expiryDate),
  };
}
