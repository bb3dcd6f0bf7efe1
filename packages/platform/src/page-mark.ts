import { isId } from "./chance.ts";

// Where one page of a list ends is where the next begins: after a row, named by its identifier in a form that asks
// nobody to make one up.

/** The mark of the page after the one that ends with this row. */
export function pageAfter(id: string): string {
  return Buffer.from(id).toString("base64url");
}

/** The row that a page begins after; null: this is no mark of a page. */
export function rowBefore(mark: string): string | null {
  const id = Buffer.from(mark, "base64url").toString("utf8");
  return isId(id) ? id : null;
}
