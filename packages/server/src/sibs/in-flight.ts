import type { Log } from "@caravela/platform/log";
import { deadline } from "@caravela/platform/timer";
import type { MerchantTransactionId } from "../domain/identifiers.ts";
import { ANSWER_LIMIT } from "../domain/patience.ts";

/** Work at SIBS that goes on where its caller does not wait any longer. */
export interface WaitsForSibs {
  readonly inFlight: Pick<InFlight, "waitFor">;
}

/** Work that goes on after its request was answered. A graceful stop, and a step of the clock, wait for it. */
export class InFlight {
  readonly #log: Log;
  readonly #work = new Map<MerchantTransactionId, Promise<unknown>>();

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * What the work on an attempt, an operation or a mandate comes to; `"timeout"` when that takes longer than a caller
   * waits: then what it is about is in doubt, and the work goes on. By its id this process knows of it until it ends,
   * well or badly. How it failed is logged here: whoever asked for it may have been answered long before.
   */
  waitFor<T>(id: MerchantTransactionId, work: Promise<T>): Promise<T | "timeout"> {
    const end = () => void this.#work.delete(id);
    const fail = (error: unknown) => {
      end();
      this.#log.error({ err: error, id }, "what a request had begun could not be finished");
    };
    this.#work.set(id, work.then(end, fail));
    return deadline(work, ANSWER_LIMIT);
  }

  /** Whether this process is at work on an attempt or a refund. */
  has(id: MerchantTransactionId): boolean {
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
