/** The languages of the dashboard and of the simulated gateway's pages: European Portuguese and English. */
export type Lang = "pt" | "en";

/** The languages of the pages that customers see, as they call themselves. */
export const LANGUAGES = { pt: "Português", en: "English", es: "Español", fr: "Français" } as const;

/** A language of the pages that customers see: those of Portugal, Great Britain, Spain and France. */
export type PageLang = keyof typeof LANGUAGES;

export const PAGE_LANGS = Object.keys(LANGUAGES) as PageLang[];

/** As `Intl` and HTML name them. */
export const TAGS: Readonly<Record<PageLang, string>> = { pt: "pt-PT", en: "en-GB", es: "es-ES", fr: "fr-FR" };

/** The header by which a page's script says in which language its words are: it is answered in that one. */
export const LANGUAGE_HEADER = "caravela-language";

/** Whether customers' pages are written in it. */
export function isPageLang(word: unknown): word is PageLang {
  return typeof word === "string" && Object.hasOwn(LANGUAGES, word);
}

/**
 * Picks the language of a page for colleagues from a browser's `Accept-Language`: whichever of Portuguese and English
 * it wants more. Portuguese when it names neither, for that is where they work.
 */
export function preferredLang(acceptLanguage: string | undefined): Lang {
  return mostWanted(["pt", "en"], acceptLanguage) ?? "pt";
}

/**
 * Picks the language of a page for customers from a browser's `Accept-Language`: the one it wants most. English when it
 * wants none of them.
 */
export function preferredPageLang(acceptLanguage: string | undefined): PageLang {
  return mostWanted(PAGE_LANGS, acceptLanguage) ?? "en";
}

/** Which of these is wanted most; of several that are wanted alike the one named first. Null: none is. */
function mostWanted<One extends string>(langs: readonly One[], acceptLanguage: string | undefined): One | null {
  const wishes = (acceptLanguage ?? "").split(",").map(readWish);
  return wishes.reduce<{ lang: One | null; weight: number }>(
    (most, { lang, weight }) => {
      const wanted = langs.find((one) => one === lang);
      return wanted !== undefined && weight > most.weight ? { lang: wanted, weight } : most;
    },
    { lang: null, weight: 0 },
  ).lang;
}

/** Reads one part of the header, such as `en-GB;q=0.8` (RFC 9110 12.5.4: without a weight it is 1). */
function readWish(part: string): { lang: string | undefined; weight: number } {
  const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
  const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
  return { lang: tag.trim().split("-")[0], weight: quality === undefined ? 1 : Number(quality) };
}
