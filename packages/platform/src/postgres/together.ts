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
 * fails is done one by one, also where somebody holds what one of it needs for longer than a statement may take.
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
    const error = await this.#failureOf(group);
    if (error === null) return;
    if (group.length === 1 || isLost(error)) for (const { reject } of group) reject(error);
    else await this.#doOneByOne(group);
  }

  /**
   * What the database keeps waiting may wait for what somebody holds: then it is alone with that. What it keeps waiting
   * again, or what has lost its connection, is no fault of one: nobody else is asked for.
   */
  async #doOneByOne(group: readonly Waiting<Item, Result>[]): Promise<void> {
    let kept = 0;
    for (const [at, one] of group.entries()) {
      const error = await this.#failureOf([one]);
      if (error === null) continue;
      one.reject(error);
      if (!(error instanceof DatabaseAway)) continue;
      kept += 1;
      if (kept < 2 && !isLost(error)) continue;
      for (const { reject } of group.slice(at + 1)) reject(error);
      return;
    }
  }

  /** Does some, and gives what was in the way of it; null: they are done. */
  async #failureOf(group: readonly Waiting<Item, Result>[]): Promise<unknown> {
    try {
      const results = await this.#doAll(group.map(({ item }) => item));
      for (const [at, { resolve }] of group.entries()) resolve(results[at] as Result);
      return null;
    } catch (error) {
      return error;
    }
  }
}

const isLost = (error: unknown): boolean => error instanceof DatabaseAway && error.isConnectionLost;
