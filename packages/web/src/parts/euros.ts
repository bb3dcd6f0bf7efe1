import { type Cents, eurosText } from "@caravela/sibs/money";
import type { PageLang } from "../lang.ts";

/** How a language writes whole euros in groups of three; Spanish leaves four digits together. */
const GROUPED: Readonly<Record<PageLang, (whole: string) => string>> = {
  pt: (whole) => inGroups(whole, "\u00a0"),
  en: (whole) => inGroups(whole, ","),
  es: (whole) => (whole.length > 4 ? inGroups(whole, ".") : whole),
  fr: (whole) => inGroups(whole, "\u202f"),
};

/**
 * An amount as it is typed or pasted: no groups and no sign, `1234,50` in Portuguese, Spanish and French, `1234.50` in
 * English.
 */
export function typedEuros(amount: Cents, lang: PageLang): string {
  return lang === "en" ? eurosText(amount) : eurosText(amount).replace(".", ",");
}

/**
 * Prints an amount for people: `1 234,50 €` in Portuguese and French, `1234,50 €` in Spanish, `€1,234.50` in English.
 * Spaces do not break. Written out rather than left to `Intl`, whose answers differ between browsers and from the
 * server's.
 */
export function euros(amount: Cents, lang: PageLang): string {
  return printed(amount, lang);
}

/** The same of what is taken off as well: `−1,50 €`. */
export function signedEuros(amount: number, lang: PageLang): string {
  return amount < 0 ? `\u2212${printed(-amount, lang)}` : printed(amount, lang);
}

function printed(amount: number, lang: PageLang): string {
  const decimals = String(amount % 100).padStart(2, "0");
  const whole = GROUPED[lang](String(Math.floor(amount / 100)));
  return lang === "en" ? `€${whole}.${decimals}` : `${whole},${decimals}\u00a0€`;
}

function inGroups(whole: string, mark: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, mark);
}
