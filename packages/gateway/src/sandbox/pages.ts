import { REMEDY } from "@caravela/platform/validation";
import { Type } from "typebox";

/** How a list is asked for: newest first, `after` is the last `next`. */
export function pageQuery(after: { pattern: string }) {
  return Type.Object({
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
    after: Type.Optional(Type.String({ ...after, [REMEDY]: "must be the `next` of the page before" })),
  });
}

/** Cuts a list of `limit + 1` to `limit`, and names the last one when there are more. */
export function paged<T>(
  found: readonly T[],
  limit: number,
  idOf: (one: T) => string,
): { page: T[]; next: string | null } {
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return { page, next: found.length > limit && last !== undefined ? idOf(last) : null };
}
