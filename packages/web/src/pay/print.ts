import type { Lang } from "../lang.ts";

/** When something happened or ends, for people, by the clocks of Lisbon whatever the browser's are: `25 de novembro de 2026 às 10:41`. */
export function moment(iso: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === "pt" ? "pt-PT" : "en-GB", {
    timeZone: "Europe/Lisbon",
    dateStyle: "long",
    timeStyle: "short",
  }).format(new Date(iso));
}

/** Seconds as minutes and seconds: 237 → `3:57`. */
export function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The end of a masked phone, by which its owner knows it: `351#*****9999` → `9999`. */
export function ending(maskedPhone: string): string {
  return maskedPhone.slice(-4);
}

/** A reference as people read it out: `123456789` → `123 456 789`. */
export function inThrees(reference: string): string {
  return reference.replace(/(\d{3})(?=\d)/g, "$1 ");
}
