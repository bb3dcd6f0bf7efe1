/** The languages the pages are written in: European Portuguese and English. */
export type Lang = "pt" | "en";

/**
 * Picks a page's language from a browser's `Accept-Language`: whichever of Portuguese and English it wants more.
 * Portuguese when it names neither, for that is where the customers are.
 */
export function preferredLang(acceptLanguage: string | undefined): Lang {
  const wishes = (acceptLanguage ?? "").split(",").map(readWish);
  const weight = (lang: Lang) => Math.max(0, ...wishes.filter((wish) => wish.lang === lang).map((wish) => wish.weight));
  return weight("en") > weight("pt") ? "en" : "pt";
}

/** Reads one part of the header, such as `en-GB;q=0.8` (RFC 9110 12.5.4: without a weight it is 1). */
function readWish(part: string): { lang: string | undefined; weight: number } {
  const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
  const quality = parameters.map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1]).find(Boolean);
  return { lang: tag.trim().split("-")[0], weight: quality === undefined ? 1 : Number(quality) };
}
