/**
 * What we know of orders or subscriptions by their numbers: in memory alone and as the payments server tells it, because this is an example. A real shop writes them to its
 * database before it asks for the money, and how they stand at each event.
 */
export class Kept<Thing> {
  readonly #known = new Map<string, Thing>();
  readonly #read: (number: string) => Promise<Thing | undefined>;

  /** @param read asks the payments server how the one of this number stands; undefined when there is none of ours */
  constructor(read: (number: string) => Promise<Thing | undefined>) {
    this.#read = read;
  }

  /** The one of this number. What we do not know (any more) is read. */
  async find(number: string): Promise<Thing | undefined> {
    const known = this.#known.get(number);
    if (known !== undefined) return known;
    const read = await this.#read(number);
    if (read !== undefined && !this.#known.has(number)) this.#known.set(number, read); // an event may have been quicker, and knows better
    return this.#known.get(number);
  }

  /** Reads anew how the one of this number stands; undefined when there is none of ours. */
  async refresh(number: string): Promise<Thing | undefined> {
    const read = await this.#read(number);
    if (read !== undefined) this.#known.set(number, read);
    return read;
  }
}
