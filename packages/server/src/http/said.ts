import { isSeen } from "@caravela/sibs/text";

/** A text without the blanks around it; null: there is nothing in it to see. */
export function said(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? "";
  return isSeen(trimmed) ? trimmed : null;
}

/** A word of the shop's own, to the letter; null: there is nothing in it to see. */
export function wordOf(text: string | null | undefined): string | null {
  return said(text) === null ? null : (text ?? null);
}
