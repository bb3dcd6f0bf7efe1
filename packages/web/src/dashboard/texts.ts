import type { Lang } from "../lang.ts";

/** Texts of a screen in both languages, key for key. */
export function inBoth<Texts>(pt: Texts, en: NoInfer<Texts>): Readonly<Record<Lang, Texts>> {
  return { pt, en };
}
