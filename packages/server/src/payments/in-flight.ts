/** Work that goes on after its request was answered. A graceful stop, and a step of the clock, wait for it. */
export class InFlight {
  readonly #work = new Set<Promise<unknown>>();

  /** Keeps track of some work until it ends, well or badly; gives the same promise back. */
  track<T>(work: Promise<T>): Promise<T> {
    const ended: Promise<unknown> = work.then(
      () => this.#work.delete(ended),
      () => this.#work.delete(ended),
    );
    this.#work.add(ended);
    return work;
  }

  get size(): number {
    return this.#work.size;
  }

  /** Resolves when nothing is in flight any more, what was begun meanwhile included. */
  async ended(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work);
  }
}
