import { pause } from "@caravela/platform/timer";
import type { Dice } from "../../simulation/dice.ts";
import type { Ground } from "../ground/ground.ts";
import type { Town } from "../town/people.ts";
import type { Injury, Kind } from "./injury.ts";
import { KINDS, type KindName } from "./kinds.ts";
import { RECOVERS_WITHIN_MS, recovery } from "./recovery.ts";

/** An injury that was done. */
export interface Done {
  readonly kind: KindName;
  readonly where: string;
  /** By the clock of gateway and servers, in milliseconds. */
  readonly began: number;
  readonly ended: number;
  /** How long it took from its end until payments went through by both servers; null: longer than three minutes. */
  readonly recoveredMs: number | null;
}

/** What is between two of them, in milliseconds, so that some of them meet people in the middle of something. */
const BETWEEN_MS = [100, 900] as const;
/** How often two come at once. */
const TOGETHER = 0.18;
const FIRST_APART_MS = [0, 1_000] as const;

/** Injuries in an order by the dice, each kind as often as the others. */
export class Schedule {
  readonly done: Done[] = [];
  /** Kinds that this machine cannot have. */
  readonly lacking = new Set<KindName>();
  readonly #town: Town;
  readonly #dice: Dice;
  #bag: KindName[] = [];

  constructor(town: Town, dice: Dice) {
    this.#town = town;
    this.#dice = dice;
  }

  /** Does the next one, or the next two, at most so many; resolves when payments go through again. */
  async next(most: number): Promise<void> {
    const first = this.#draw(new Set());
    const both = most > 1 && this.#dice.happens(TOGETHER);
    const second = both ? this.#draw(new Set(first.injury.touches)) : null;
    const drawn = second === null ? [first] : [first, second];
    const spans = await Promise.all(drawn.map(({ injury }, place) => this.#inflict(injury, place)));
    this.#thatAllRuns(drawn);
    const since = Math.max(...spans.map(({ from }) => from));
    const recovered = await recovery(this.#town, this.#dice.more());
    const recoveredMs = recovered.isThrough ? performance.now() - since : null;
    for (const [place, { kind, injury }] of drawn.entries()) {
      const { began, ended } = spans[place] ?? { began: 0, ended: 0 };
      this.done.push({ kind, where: injury.where, began, ended, recoveredMs });
      if (recoveredMs === null)
        this.#town.till.diary.violated(
          "other",
          null,
          `after ${kind} (${injury.where}) no payment went through for ${RECOVERS_WITHIN_MS / 1000} seconds: ${recovered.tried}`,
        );
    }
    await pause(this.#dice.between(...BETWEEN_MS));
  }

  /** Begins it, lets it last, and ends it. `from`: when its cause began to be taken away, by our own watch. */
  async #inflict(injury: Injury, place: number): Promise<{ began: number; ended: number; from: number }> {
    if (place > 0) await pause(this.#dice.between(...FIRST_APART_MS));
    const { ground } = this.#town;
    const began = ground.now();
    await injury.begin();
    await pause(injury.lastsMs);
    const [ended, from] = [ground.now(), performance.now()];
    await injury.end();
    return { began, ended, from };
  }

  /** No program has ended by itself over it. */
  #thatAllRuns(drawn: readonly { kind: KindName; injury: Injury }[]): void {
    const { gateway, servers } = this.#town.ground;
    const programs = [{ name: "gateway", program: gateway }, ...servers];
    const over = drawn.map(({ kind, injury }) => `${kind} (${injury.where})`).join(" and ");
    for (const { name, program } of programs)
      if (!program.isRunning) this.#town.till.diary.violated("other", null, `${name} ended by itself after ${over}`);
  }

  #draw(untouched: ReadonlySet<string>): { kind: KindName; injury: Injury } {
    for (;;) {
      if (this.#bag.length === 0) this.#bag = shuffled(Object.keys(KINDS) as (keyof typeof KINDS)[], this.#dice);
      const kind = this.#bag.pop() as keyof typeof KINDS;
      const injury = drawOne(KINDS[kind], this.#town.ground, this.#dice);
      if (injury === null) this.lacking.add(kind);
      else if (!injury.touches.some((what) => untouched.has(what))) return { kind, injury };
    }
  }
}

function drawOne(kind: Kind, ground: Ground, dice: Dice): Injury | null {
  return kind(ground, dice);
}

function shuffled<T>(some: readonly T[], dice: Dice): T[] {
  const left = [...some];
  return Array.from({ length: left.length }, () => {
    const [one] = left.splice(dice.between(0, left.length - 1), 1);
    return one as T;
  });
}
