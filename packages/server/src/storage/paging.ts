import { markBefore, type PageMark, pageAfter } from "@caravela/platform/page-mark";

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

/**
 * The row that a page begins after, by its id; null: the page is the first.
 * @throws TypeError when it is no `next`, which its route lets in no other.
 */
export function startOf(request: Pick<PageRequest, "after">): string | null {
  return markOf(request)?.id ?? null;
}

/** The same, with where that row stood: it may be gone. @throws TypeError as `startOf` does. */
export function markOf({ after }: Pick<PageRequest, "after">): PageMark | null {
  if (after === undefined) return null;
  const mark = markBefore(after);
  if (mark === null) throw new TypeError("a page begins after the `next` of another");
  return mark;
}

/** Makes a page of one row more than was asked for. `placeOf`: where a row stands, in a list that forgets rows. */
export function pageOf<R extends { readonly id: string }, T>(
  rows: readonly R[],
  limit: number,
  present: (row: R) => T,
  placeOf: (row: R) => readonly number[] = () => [],
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { data: shown.map(present), hasMore, next: hasMore ? pageAfter(last.id, placeOf(last)) : null };
}
