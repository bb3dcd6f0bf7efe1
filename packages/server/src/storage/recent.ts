/** So many states are kept. Each is a few kilobytes. */
const MOST = 1_000;

/**
 * Subjects as this process last read or wrote them. A decision that is made on one is written only on its version, so
 * one that is behind is found out by writing.
 */
export class Recent<S extends { readonly id: string; readonly version: number }> {
  /** The one that was not asked for the longest comes first. */
  readonly #states = new Map<string, S>();

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
    if (known !== undefined && known.version > state.version) return;
    this.#states.set(state.id, state);
    if (this.#states.size <= MOST) return;
    const [oldest] = this.#states.keys();
    if (oldest !== undefined) this.#states.delete(oldest);
  }

  forget(id: string): void {
    this.#states.delete(id);
  }
}
