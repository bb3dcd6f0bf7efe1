import type { Clock } from "@caravela/platform/clock";

/** How old a copy may be, in milliseconds of system time: so long can another process's change go unseen. */
const FRESH_MS = 1_000;

/**
 * A small thing that lives in the database and is asked for by every call: read at most once a second, and anew after
 * our own changes.
 */
export class HeldCopy<T> {
  readonly #read: () => Promise<T>;
  readonly #systemClock: Clock;
  #copy: { readonly value: Promise<T>; readonly readAt: number } | null = null;

  constructor(systemClock: Clock, read: () => Promise<T>) {
    this.#systemClock = systemClock;
    this.#read = read;
  }

  /** The thing as it was at most a second ago. */
  get(): Promise<T> {
    const now = this.#systemClock.now().getTime();
    if (this.#copy === null || now - this.#copy.readAt >= FRESH_MS || now < this.#copy.readAt) {
      const value = this.#read();
      this.#copy = { value, readAt: now };
      // a failure is told to whoever asked, and not kept
      value.catch(() => this.forget());
    }
    return this.#copy.value;
  }

  /** Has the next `get` read again. */
  forget(): void {
    this.#copy = null;
  }
}
