/**
 * What this process last read or wrote, so many of it, each a few kilobytes. What is decided on one is written only on
 * its version, so one that is behind is found out by writing.
 */
export class Recent<S extends { readonly id: string; readonly version: number }> {
  readonly #most: number;
  readonly #isNewer: (one: S, other: S) => boolean;
  /** The one that was not asked for the longest comes first. */
  readonly #states = new Map<string, S>();

  /** @param isNewer whether one that is kept is newer than another of the same id */
  constructor(most: number, isNewer: (one: S, other: S) => boolean = (one, other) => one.version > other.version) {
    this.#most = most;
    this.#isNewer = isNewer;
  }

  get(id: string): S | null {
    const state = this.#states.get(id);
    if (state === undefined) return null;
    this.#states.delete(id);
    this.#states.set(id, state);
    return state;
  }

  /** Keeps it; neither, where a newer one is kept: an answer came late, or the database lost what it had. */
  keep(state: S): void {
    const known = this.#states.get(state.id);
    this.#states.delete(state.id);
    if (known !== undefined && this.#isNewer(known, state)) return;
    this.#states.set(state.id, state);
    if (this.#states.size <= this.#most) return;
    const [oldest] = this.#states.keys();
    if (oldest !== undefined) this.#states.delete(oldest);
  }

  forget(id: string): void {
    this.#states.delete(id);
  }

  /** Forgets all: another database may have taken the place of the one that it was read from. */
  forgetAll(): void {
    this.#states.clear();
  }
}
