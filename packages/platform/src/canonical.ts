/**
 * JSON whose members stand in one order, so that the same thing written differently is the same text. What was kept of
 * such texts, and of their digests, is compared with later ones: how they are written never changes.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
