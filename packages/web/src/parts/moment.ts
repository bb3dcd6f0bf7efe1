import { type PageLang, TAGS } from "../lang.ts";
import { longDay } from "./day.ts";

const timeZone = "Europe/Lisbon";

/** What stands between the day and the hour; in Spanish one o'clock is one, and all others are several. */
const AT: Readonly<Record<PageLang, (time: string) => string>> = {
  pt: (time) => `às ${time}`,
  en: (time) => `at ${time}`,
  es: (time) => `${time.startsWith("1:") ? "a la" : "a las"} ${time}`,
  fr: (time) => `à ${time}`,
};

/**
 * When something happened or ends, for people, by the clocks of Lisbon whatever the browser's are: `25 de novembro de
 * 2026 às 10:41`.
 */
export function moment(iso: string, lang: PageLang): string {
  const at = new Date(iso);
  const time = new Intl.DateTimeFormat(TAGS[lang], { timeZone, timeStyle: "short" }).format(at);
  return `${longDay(at, lang, timeZone)} ${AT[lang](time)}`;
}
