import { DatabaseAway } from "./away.ts";

/** The most that one statement does. */
const MOST_TOGETHER = 64;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly key: unknown;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does what many callers ask for by one statement. Alone, a caller waits for nobody; what is asked for while a
 * statement is under way is done by the next, all of it together, so that under load one commit serves many. Each is
 * answered when its own part is done, and durable. What stands in the way of one is no other's business: a group that
 * fails is done one by one.
 */
export class Together<Item, Result> {
  readonly #doAll: (items: readonly Item[]) => Promise<readonly Result[]>;
  readonly #keyOf: (item: Item) => unknown;
  #waiting: Waiting<Item, Result>[] = [];
  #isUnderWay = false;

  /**
   * @param doAll gives a result for each item, in their order
   * @param keyOf what no two of one group may share, such as the row that each changes
   */
  constructor(
    doAll: (items: readonly Item[]) => Promise<readonly Result[]>,
    keyOf: (item: Item) => unknown = () => Symbol(),
  ) {
    this.#doAll = doAll;
    this.#keyOf = keyOf;
  }

  /** Does one, perhaps together with others. @throws what the statement threw for it alone */
  do(item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, key: this.#keyOf(item), resolve, reject });
      if (!this.#isUnderWay) void this.#proceed();
    });
  }

  async #proceed(): Promise<void> {
    this.#isUnderWay = true;
    // what was read from the network together is done together
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#do(this.#nextGroup());
    this.#isUnderWay = false;
  }

  #nextGroup(): Waiting<Item, Result>[] {
    const keys = new Set<unknown>();
    const group: Waiting<Item, Result>[] = [];
    const rest: Waiting<Item, Result>[] = [];
    for (const one of this.#waiting) {
      const fits = group.length < MOST_TOGETHER && !keys.has(one.key);
      keys.add(one.key);
      (fits ? group : rest).push(one);
    }
    this.#waiting = rest;
    return group;
  }

  async #do(group: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#doAll(group.map(({ item }) => item));
      for (const [at, { resolve }] of group.entries()) resolve(results[at] as Result);
    } catch (error) {
      // a database that is away is so for each of them
      if (group.length === 1 || error instanceof DatabaseAway) for (const { reject } of group) reject(error);
      else for (const one of group) await this.#do([one]);
    }
  }
}
