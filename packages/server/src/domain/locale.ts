/** The languages that customers' pages are written in. */
export const LOCALES = ["pt", "en", "es", "fr"] as const;

/** The language of a payment's or a mandate's pages, as the shop chose it. */
export type Locale = (typeof LOCALES)[number];

/** Reads a language as shops write it, `pt-PT` or `en_GB` too; null: it is none that the pages are written in. */
export function readLocale(text: string): Locale | null {
  const [language = ""] = text.trim().toLowerCase().split(/[-_]/);
  return LOCALES.find((one) => one === language) ?? null;
}
