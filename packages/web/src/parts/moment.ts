import type { Lang } from "../lang.ts";

/**
 * When something happened or ends, for people, by the clocks of Lisbon whatever the browser's are: `25 de novembro de
 * 2026 às 10:41`.
 */
export function moment(iso: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === "pt" ? "pt-PT" : "en-GB", {
    timeZone: "Europe/Lisbon",
    dateStyle: "long",
    timeStyle: "short",
  }).format(new Date(iso));
}
