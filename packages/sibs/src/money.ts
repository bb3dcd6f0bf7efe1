import { shorten } from "./text.ts";

declare const brand: unique symbol;

/** Euro cents. Always a whole number from 0 to 99,999,999,999; never a float of euros, never mixed with a count. */
export type Cents = number & { readonly [brand]: "Cents" };

/** The most that is read or made: 999,999,999.99 €. Far below 2^53, so every sum of payments stays exact. */
const MAX_CENTS = 99_999_999_999;

/**
 * Says that a whole number is an amount in cents.
 * @throws RangeError when it is negative, fractional or beyond 999,999,999.99 €.
 */
export function cents(value: number): Cents {
  if (!Number.isSafeInteger(value) || value < 0 || value > MAX_CENTS) {
    throw new RangeError(`not an amount in cents: ${shorten(String(value), 24)}`);
  }
  return value as Cents;
}

/**
 * Reads euros as SIBS may send them, number (`5.5`, `2`) or text (`"5.50"`, `"0.0"`), into cents.
 * More than two decimals are read only when they are zeros: anything else a float would hide.
 * @throws RangeError when it is not such an amount.
 */
export function parseEuros(euros: string | number): Cents {
  const text = typeof euros === "number" ? String(euros) : euros;
  const match = /^(\d{1,9})(?:\.(\d{1,2})0*)?$/.exec(text);
  if (match === null) throw new RangeError(`not an amount in euros: ${JSON.stringify(shorten(text, 24))}`);
  const [, whole = "", fraction = ""] = match;
  return cents(Number(whole) * 100 + Number(fraction.padEnd(2, "0")));
}

/** Prints cents as euros with two decimals and a point: `550` → `"5.50"`, as SIBS's status does. */
export function eurosText(amount: Cents): string {
  return `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, "0")}`;
}

/**
 * Prints cents as the JSON number that SIBS's requests carry: `550` → `5.5`. The shortest decimal of that amount, exact
 * on the wire.
 */
export function eurosNumber(amount: Cents): number {
  return Number(eurosText(amount));
}
