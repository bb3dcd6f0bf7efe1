import { createHash } from "node:crypto";
import { canonical } from "@caravela/platform/canonical";
import type { AuditEntry } from "../domain/audit.ts";

/** What the first entry follows. */
export const BEGINNING: Link = { number: 0, at: 0, hash: Buffer.alloc(32) };

/** An entry as far as the next one must know it. */
export interface Link {
  readonly number: number;
  /** In milliseconds. */
  readonly at: number;
  readonly hash: Buffer;
}

/** An entry as it is stored. */
export interface Row extends Link {
  readonly entry: string;
}

/** What is to be in an entry, before it has its place in the chain. */
export type Unplaced = Omit<AuditEntry, "number" | "at">;

/** The entry that follows another: a clock that is behind is not believed. */
export function following(last: Link, entry: Unplaced, now: number): Row {
  const number = last.number + 1;
  const at = Math.max(last.at, now);
  const text = canonical({ ...entry, number, at: new Date(at).toISOString() });
  return { number, at, entry: text, hash: hashOf(last.hash, text) };
}

/** SHA-256 of the hash before and the text in UTF-8. */
export function hashOf(before: Buffer, entry: string): Buffer {
  return createHash("sha256").update(before).update(entry, "utf8").digest();
}

/** What does not fit in an entry that follows another; none: all fits. */
export function misfits(last: Link, row: Row): string[] {
  const written = readEntry(row.entry);
  return [
    ...(row.number === last.number + 1 ? [] : [`${row.number - last.number - 1} before it are missing`]),
    ...(row.hash.equals(hashOf(last.hash, row.entry)) ? [] : ["its hash is not that of its text and the one before"]),
    ...(written?.number === row.number ? [] : [`its text is that of entry ${written?.number ?? "none"}`]),
    ...(written !== null && Date.parse(written.at) === row.at
      ? []
      : ["it stands at another moment than its text says"]),
    ...(row.at >= last.at ? [] : ["it is from before the one before"]),
  ];
}

function readEntry(text: string): Pick<AuditEntry, "number" | "at"> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
