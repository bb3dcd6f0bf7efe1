import { type Cents, eurosText } from "@caravela/sibs/money";
import type { Lang } from "../lang.ts";

/** An amount as it is typed or pasted: no groups and no sign, `1234,50` in Portuguese, `1234.50` in English. */
export function typedEuros(amount: Cents, lang: Lang): string {
  return lang === "pt" ? eurosText(amount).replace(".", ",") : eurosText(amount);
}

/**
 * Prints an amount for people: `1 234,50 €` in Portuguese, `€1,234.50` in English. Spaces do not break.
 * Written out rather than left to `Intl`, whose answers differ between browsers and from the server's.
 */
export function euros(amount: Cents, lang: Lang): string {
  const decimals = String(amount % 100).padStart(2, "0");
  const whole = String(Math.floor(amount / 100));
  const grouped = (mark: string) => whole.replace(/\B(?=(\d{3})+$)/g, mark);
  return lang === "pt" ? `${grouped("\u00a0")},${decimals}\u00a0€` : `€${grouped(",")}.${decimals}`;
}
