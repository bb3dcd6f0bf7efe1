import type { Caravela } from "@caravela/client";

/** An event as an endpoint is sent it. */
export interface FedEvent {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly sequence: number;
  readonly data: object;
}

/**
 * What was recorded in this time before the newest may still be missing from the list: one that was written at the same
 * moment is seen when its own transaction ends.
 */
const OVERLAP_MS = 60_000;
const PAGE = 100;

/**
 * New events of a server, as its list tells of them, each once, and those of one payment in their order. Nothing is
 * registered anywhere.
 */
export class Feed {
  readonly #events: Pick<Caravela["events"], "list">;
  readonly #type: string | undefined;
  /** By when they happened, in milliseconds: those that the list may show again. */
  #seen = new Map<string, number>();
  #newest = 0;

  /** @param types all of them, unless some are named */
  constructor(events: Pick<Caravela["events"], "list">, types: readonly string[]) {
    this.#events = events;
    this.#type = types.length === 0 ? undefined : types.join(",");
  }

  /** Passes over what there is already. */
  async begin(): Promise<void> {
    await this.next();
  }

  /** What has been recorded since, oldest first. */
  async next(signal?: AbortSignal): Promise<readonly FedEvent[]> {
    const isFirst = this.#newest === 0;
    const query = { limit: PAGE, ...(this.#type !== undefined && { type: this.#type }) };
    // known from when all pages have come: where one does not, all are read again
    const read = new Map<string, { readonly event: FedEvent; readonly at: number }>();
    const edge = this.#newest - OVERLAP_MS;
    let newest = this.#newest;
    for await (const event of this.#events.list(query, { signal })) {
      const at = Date.parse(event.timestamp);
      newest = Math.max(newest, at);
      // of what there was before nothing is told, so that one overlap of it is enough
      if (at < (isFirst ? newest - OVERLAP_MS : edge)) break;
      read.set(event.id, { event, at });
    }
    const found = [...read.values()].flatMap(({ event }) => (this.#seen.has(event.id) ? [] : [event]));
    for (const [id, { at }] of read) this.#seen.set(id, at);
    this.#newest = Math.max(newest, 1);
    for (const [id, at] of this.#seen) if (at < this.#newest - 2 * OVERLAP_MS) this.#seen.delete(id);
    return isFirst ? [] : found.reverse();
  }
}
