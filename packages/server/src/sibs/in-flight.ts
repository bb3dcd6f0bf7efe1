import type { Log } from "@caravela/platform/log";

/** Work that goes on after its request was answered. A graceful stop, and a step of the clock, wait for it. */
export class InFlight {
  readonly #log: Log;
  readonly #work = new Map<string, Promise<unknown>>();

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Keeps track of the work on an attempt or a refund, by its id, until it ends, well or badly; gives the same promise back. How it failed is logged here: whoever asked for it
   * may have been answered long before.
   */
  track<T>(id: string, work: Promise<T>): Promise<T> {
    const end = () => void this.#work.delete(id);
    const fail = (error: unknown) => {
      end();
      this.#log.error({ err: error, id }, "what a request had begun could not be finished");
    };
    this.#work.set(id, work.then(end, fail));
    return work;
  }

  /** Whether this process is at work on an attempt or a refund. */
  has(id: string): boolean {
    return this.#work.has(id);
  }

  get size(): number {
    return this.#work.size;
  }

  /** Resolves when nothing is in flight any more, what was begun meanwhile included. */
  async ended(): Promise<void> {
    while (this.#work.size > 0) await Promise.all(this.#work.values());
  }
}
