import { seededChance } from "@caravela/platform/chance";

/** Decides what people do; the same seed decides the same. */
export class Dice {
  readonly #chance: ReturnType<typeof seededChance>;

  constructor(seed: number) {
    this.#chance = seededChance(seed);
  }

  /** Dice for somebody who acts at the same time as others: who throws first must not matter. */
  more(): Dice {
    return new Dice(this.between(0, 2 ** 32 - 1));
  }

  /** One of some, each equally likely. */
  pick<T>(some: readonly T[]): T {
    const picked = some[this.between(0, some.length - 1)];
    if (picked === undefined) throw new RangeError("there is nothing to pick from");
    return picked;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.#chance.number() * (most - least + 1));
  }

  happens(probability: number): boolean {
    return this.#chance.number() < probability;
  }

  uuid(): string {
    return this.#chance.uuid();
  }
}
