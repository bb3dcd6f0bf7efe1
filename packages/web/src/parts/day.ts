import type { Lang } from "../lang.ts";

/** A day of the calendar for people: `2026-12-01` → `1 de dezembro de 2026`. */
export function day(date: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === "pt" ? "pt-PT" : "en-GB", { timeZone: "UTC", dateStyle: "long" }).format(
    new Date(`${date}T00:00:00Z`),
  );
}
