import { pause } from "@caravela/platform/timer";
import type { Dice } from "../../simulation/dice.ts";
import type { Town } from "./people.ts";
import { anyStory } from "./stories.ts";

/** How many are under way at once at most: what waits for a silent database would pile up without end. */
const AT_ONCE = 60;
/** The most that come in a second. */
const FASTEST = 40;

/** Customers who come one after the other, as quickly as it is said, each with a story of their own. */
export class Crowd {
  #begun = 0;
  readonly #town: Town;
  readonly #dice: Dice;
  readonly #underWay = new Set<Promise<void>>();
  #perSecond = 0;
  #until = 0;
  #coming: Promise<void> = Promise.resolve();

  constructor(town: Town, dice: Dice) {
    this.#town = town;
    this.#dice = dice;
  }

  /** How many have come. */
  get begun(): number {
    return this.#begun;
  }

  /** From now on so many come in a second, until so many have come in all. */
  come(perSecond: number, until: number): void {
    const wasComing = this.#perSecond > 0;
    this.#perSecond = Math.min(perSecond, FASTEST);
    this.#until = until;
    if (!wasComing) this.#coming = this.#goOn();
  }

  /** Resolves when so many have come. */
  async some(count: number): Promise<void> {
    while (this.#begun < count) await pause(20);
  }

  /** Nobody comes any more; resolves when those who are here have done what they came for. */
  leave(): Promise<void> {
    this.#perSecond = 0;
    return this.allDone();
  }

  /** Resolves when all have come and gone. */
  async allDone(): Promise<void> {
    await this.#coming;
    await Promise.all(this.#underWay);
  }

  async #goOn(): Promise<void> {
    while (this.#perSecond > 0 && this.#begun < this.#until) {
      await pause(1_000 / this.#perSecond);
      if (this.#underWay.size >= AT_ONCE) await Promise.race(this.#underWay);
      if (this.#perSecond > 0) this.#begin();
    }
    this.#perSecond = 0;
  }

  #begin(): void {
    this.#begun += 1;
    const dice = this.#dice.more();
    const story = anyStory(dice)(this.#town, dice).catch((error: Error) => {
      this.#town.till.diary.violated("other", null, `a customer's story broke off: ${error.stack ?? error.message}`);
    });
    const one: Promise<void> = story.finally(() => this.#underWay.delete(one));
    this.#underWay.add(one);
  }
}
