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

interface Row {
  readonly at: Date;
  readonly id: string;
}

/** Where a page begins: after a row's moment and id. @throws Problem when it is no `next` of ours. */
export function placeAfter(after: string | undefined): { at: Date | null; id: string | null } {
  if (after === undefined) return { at: null, id: null };
  const [, millis = "", id = ""] = /^(\d{1,15})\.([a-z]{2,4}_[0-9a-z]{20})$/.exec(decode(after)) ?? [];
  if (id === "")
    throw httpProblems.invalidRequest([{ field: "after", message: "must be the `next` of the page before" }]);
  return { at: new Date(Number(millis)), id };
}

/** Makes a page of one row more than was asked for. */
export function pageOf<R extends Row, T>(rows: readonly R[], limit: number, present: (row: R) => T): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { data: shown.map(present), hasMore, next: hasMore ? encode(`${last.at.getTime()}.${last.id}`) : null };
}

const encode = (text: string): string => Buffer.from(text, "utf8").toString("base64url");
const decode = (text: string): string => Buffer.from(text, "base64url").toString("utf8");
