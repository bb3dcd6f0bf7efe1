import { HIGHEST_AMOUNT } from "@caravela/sibs/limits";

/** `12`, `12,5`, `12.50`, `1 250,00`, `1.250,00`, `1,250.00`; with or without the sign of the euro. */
const AMOUNT = /^(?:€ ?)?(?:(\d+)|(\d{1,3}(?:([ .,])\d{3})(?:\3\d{3})*))(?:([.,])(\d{1,2}))?(?: ?(?:€|eur))?$/i;

/**
 * Reads an amount as people type it, in cents; null: it is none, or could be two. `1.250` could be one euro and a
 * quarter, so it is none: `1250` or `1.250,00` is.
 */
export function readAmount(typed: string): number | null {
  const found = AMOUNT.exec(typed.replace(/\s+/g, " ").trim());
  if (found === null) return null;
  const [, plain, grouped, group, mark, decimals = ""] = found;
  if (grouped !== undefined && group !== " " && mark === undefined) return null;
  if (group !== undefined && group === mark) return null;
  const euros = (plain ?? grouped ?? "").replace(/\D/g, "");
  const cents = Number(euros) * 100 + Number(decimals.padEnd(2, "0"));
  return cents >= 1 && cents <= HIGHEST_AMOUNT ? cents : null;
}
