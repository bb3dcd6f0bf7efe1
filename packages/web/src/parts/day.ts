import { type PageLang, TAGS } from "../lang.ts";

/** A day of the calendar for people: `2026-12-01` → `1 de dezembro de 2026`. */
export function day(date: string, lang: PageLang): string {
  return longDay(new Date(`${date}T00:00:00Z`), lang, "UTC");
}

/** The day that a moment is on somewhere. The first of a month has its own word in French. */
export function longDay(at: Date, lang: PageLang, timeZone: string): string {
  const text = new Intl.DateTimeFormat(TAGS[lang], { timeZone, dateStyle: "long" }).format(at);
  return lang === "fr" ? text.replace(/^1 /, "1er ") : text;
}
