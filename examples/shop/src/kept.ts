/**
 * What we know of orders or subscriptions by their numbers: in memory alone and as the payments server tells it,
 * because this is an example. A real shop writes them to its database before it asks for the money, and how they stand
 * at each event.
 */
export class Kept<Thing> {
  readonly #known = new Map<string, { readonly begun: number; readonly thing: Thing }>();
  readonly #read: (number: string) => Promise<Thing | undefined>;
  #reads = 0;

  /** @param read asks the payments server how the one of this number stands; undefined when there is none of ours */
  constructor(read: (number: string) => Promise<Thing | undefined>) {
    this.#read = read;
  }

  /**
   * The one of this number, as we know it; what we do not know (any more) is read. Undefined when there is none of
   * ours.
   */
  async find(number: string): Promise<Thing | undefined> {
    return this.#known.get(number)?.thing ?? this.refresh(number);
  }

  /**
   * Reads anew how the one of this number stands. Of two reads at once, the one that began later knows better,
   * whichever ends first.
   */
  async refresh(number: string): Promise<Thing | undefined> {
    this.#reads += 1;
    const begun = this.#reads;
    const thing = await this.#read(number);
    const known = this.#known.get(number);
    if (thing !== undefined && begun > (known?.begun ?? 0)) this.#known.set(number, { begun, thing });
    return this.#known.get(number)?.thing;
  }
}
