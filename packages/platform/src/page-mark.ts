import { isId } from "./chance.ts";

// Where one page of a list ends is where the next begins: after a row, named by its identifier in a form that asks
// nobody to make one up.

/** After which row a page begins. */
export interface PageMark {
  readonly id: string;
  /** Where the row stands in its list, for a list from which it may be gone by then; empty: it is looked up. */
  readonly place: readonly number[];
}

/** The mark of the page after the one that ends with this row. */
export function pageAfter(id: string, place: readonly number[] = []): string {
  return Buffer.from([id, ...place].join(" ")).toString("base64url");
}

/** The row that a page begins after; null: this is no mark of a page. */
export function markBefore(mark: string): PageMark | null {
  const [id = "", ...place] = Buffer.from(mark, "base64url").toString("utf8").split(" ");
  return isRow(id) && place.every((one) => /^\d{1,15}$/.test(one)) ? { id, place: place.map(Number) } : null;
}

/**
 * An identifier, perhaps with words in front that say what of it the row is; or two words, for what there is one of.
 */
function isRow(text: string): boolean {
  const words = text.split(".");
  if (/^[a-z]+_[a-z]+$/.test(text)) return true;
  return isId(words.pop() ?? "") && words.every((word) => /^[a-z_]+$/.test(word));
}
