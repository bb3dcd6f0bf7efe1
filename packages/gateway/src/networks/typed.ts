import { type Cents, parseEuros } from "@caravela/sibs/money";

/**
 * Reads euros as people type them, in Portuguese and in English: `5,50`, `5.5`, `1.234,50`, `€1,234.50`, `1 234,50 €`,
 * `1234,50 EUR`.
 *
 * The last comma or point is the decimal mark, unless three digits follow it and groups of three stand before it:
 * `1.234` and `1,234` are 1,234 euros, since nobody pays with three decimals. What groups the thousands (a point, a
 * comma, a space, an apostrophe) groups all of them.
 * @returns null where it is no amount.
 */
export function readTypedEuros(typed: string): Cents | null {
  const text = plain(typed)
    .replace(/€|eur(?:os?)?/gi, "")
    .trim();
  const at = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  const isWhole = at < 0 || /^[1-9]\d{0,2}(?<mark>[.,])\d{3}(?:\k<mark>\d{3})*$/.test(text);
  const mark = isWhole ? "" : text.charAt(at);
  const whole = isWhole ? text : text.slice(0, at);
  const decimals = isWhole ? "" : text.slice(at + 1);
  const isNumber = /^\d*$/.test(whole) || (isGrouped(whole) && (mark === "" || !whole.includes(mark)));
  const digits = whole.replace(/\D/g, "");
  if (!isNumber || digits + decimals === "") return null;
  try {
    return parseEuros(`${digits || "0"}.${decimals || "0"}`);
  } catch {
    return null;
  }
}

/** A number that is read out in parts, as an entity or a reference: `256 309 828`, `256.309.828`, `256-309-828`. */
export function readTypedDigits(typed: string): string {
  return plain(typed).replace(/[\s.,\-_/]/g, "");
}

/** In groups of three by one mark. */
function isGrouped(whole: string): boolean {
  return /^\d{1,3}(?<mark>[ .,'])\d{3}(?:\k<mark>\d{3})*$/.test(whole);
}

/** Every space as a space, every dash as one dash, every apostrophe as one, full-width digits as digits. */
function plain(typed: string): string {
  return typed
    .normalize("NFKC")
    .replace(/\s+/g, " ")
    .replace(/[‐-―−]/g, "-")
    .replace(/[’‘`´]/g, "'")
    .trim();
}
