import type { Lang } from "../lang.ts";

const LISBON = "Europe/Lisbon";

const PLACES: Readonly<Record<Lang, string>> = { pt: "pt-PT", en: "en-GB" };

/** The day on which something was, in Lisbon, as short as a table has it: `28/11/2026`. */
export function shortDay(at: string, lang: Lang): string {
  return inLisbon(at, lang, { day: "2-digit", month: "2-digit", year: "numeric" });
}

/** A day of the calendar, as short: `2026-11-28` → `28/11/2026`. */
export function shortDate(date: string, lang: Lang): string {
  return shortDay(`${date}T12:00:00Z`, lang);
}

/** The hour and the minute in Lisbon: `09:31`. */
export function clock(at: string, lang: Lang): string {
  return inLisbon(at, lang, { hour: "2-digit", minute: "2-digit" });
}

/** A moment as colleagues read it, by the clocks of Lisbon. */
export function inLisbon(at: string, lang: Lang, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(PLACES[lang], { timeZone: LISBON, ...options }).format(new Date(at));
}
