import { httpProblems } from "@caravela/platform/problems";

/** What a list is asked for. */
export interface PageRequest {
  /** 1 to 100. */
  readonly limit: number;
  /** The `next` of the page before. */
  readonly after?: string | undefined;
}

/** One page of a list, newest first. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly hasMore: boolean;
  /** What `after` is to be for the next page; null when this was the last. */
  readonly next: string | null;
}

/** The row that a page begins after, by its id; null: the page is the first. @throws Problem when it is no `next` of ours. */
export function rowBefore(after: string | undefined): string | null {
  if (after === undefined) return null;
  const id = Buffer.from(after, "base64url").toString("utf8");
  if (isId(id)) return id;
  throw httpProblems.invalidRequest([{ field: "after", message: "must be the `next` of the page before" }]);
}

/** Makes a page of one row more than was asked for. */
export function pageOf<R extends { readonly id: string }, T>(
  rows: readonly R[],
  limit: number,
  present: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { data: shown.map(present), hasMore, next: hasMore ? Buffer.from(last.id).toString("base64url") : null };
}

/** Whether a text can be an id of ours: what cannot is never looked for. */
export function isId(text: string): boolean {
  return /^[a-z]{2,4}_[0-9a-z]{20}$/.test(text);
}
