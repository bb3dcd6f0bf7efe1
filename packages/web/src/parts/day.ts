import type { Lang } from "../lang.ts";

/** A day of the calendar, for people: `2027-12-31` → `31 de dezembro de 2027`. */
export function day(date: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === "pt" ? "pt-PT" : "en-GB", { timeZone: "UTC", dateStyle: "long" }).format(
    new Date(`${date}T00:00:00Z`),
  );
}
