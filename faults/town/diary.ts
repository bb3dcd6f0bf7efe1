import type { Violation } from "../../tests/books/books.ts";

/** A line of what people did, and what they were answered. */
export interface Entry {
  /** By the clock of gateway and servers, in milliseconds. */
  readonly at: number;
  /** The payment or authorised payment that it is about; null: not known yet. */
  readonly subject: string | null;
  readonly what: string;
}

/** What everybody writes down while a round goes on: deeds, and what must never be. */
export class Diary {
  readonly entries: Entry[] = [];
  readonly violations: Violation[] = [];
  /** What a shop was told is done: it must be there at the end, whatever happened since. */
  readonly acknowledged = new Map<string, "payment" | "refund" | "mandate" | "plan">();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  note(subject: string | null, what: string): void {
    this.entries.push({ at: this.#now(), subject, what });
  }

  violated(kind: Violation["kind"], subject: string | null, says: string): void {
    this.violations.push({ kind, subject, says });
  }

  about(subject: string): readonly Entry[] {
    return this.entries.filter((entry) => entry.subject === subject);
  }
}
