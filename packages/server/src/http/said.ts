import { isSeen } from "@caravela/sibs/text";
import { LOCALES, type Locale, readLocale } from "../domain/locale.ts";
import { problem } from "./problems.ts";

/** A text without the blanks around it; null: there is nothing in it to see. */
export function said(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  return isSeen(trimmed) ? trimmed : null;
}

/** A word of the shop's own, to the letter; null: there is nothing in it to see. */
export function wordOf(text: string | null | undefined): string | null {
  return said(text) === null ? null : (text ?? null);
}

/** The language of customers' pages that a body names; null: none. @throws Problem 422 when it is none of theirs. */
export function localeSaid(text: string | null | undefined): Locale | null {
  const named = said(text);
  if (named === null) return null;
  const read = readLocale(named);
  if (read !== null) return read;
  throw problem("not_possible", `The pages are not written in it; use ${LOCALES.join(", ")}.`, { field: "/locale" });
}
