import { type Chance, seededChance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { HeldCopy } from "../held-copy.ts";

/** From and to, both included. */
export type Range = readonly [number, number];

/** What goes wrong with a call, and how often. Probabilities from 0 to 1; what is not named does not happen. */
export interface CallFaults {
  /** Waited before anything else, in milliseconds of system time. */
  readonly delayMs?: Range;
  /** HTTP status → probability that it is answered instead of doing the call. */
  readonly http?: Readonly<Record<string, number>>;
  /** Done, and then the connection is cut. */
  readonly dropAnswer?: number;
  /** An HTML page with HTTP 502 instead of doing the call. */
  readonly html?: number;
}

/** What goes wrong with notifications, and how often. */
export interface NotificationFaults {
  /** A try is lost on its way; it counts as one that was not acknowledged. */
  readonly drop?: number;
  /** Sent twice in a row. */
  readonly duplicate?: number;
  /** Waited before a try, in seconds of system time. */
  readonly delaySeconds?: Range;
  /** Held back for a second, so that those behind overtake it. */
  readonly reorder?: number;
  /** One byte of the ciphertext is changed, so that it cannot be opened. */
  readonly corrupt?: number;
}

/**
 * All of it. `calls` is keyed by the call's name (`payments`, `mbway-id/purchase`, `status` …) or `*` for those not
 * named.
 */
export interface FaultSettings {
  /** The same seed and the same calls in the same order meet the same faults; null: different ones each time. */
  readonly seed: number | null;
  readonly calls: Readonly<Record<string, CallFaults>>;
  readonly notifications: NotificationFaults;
}

/** Nothing goes wrong. */
export const NO_FAULTS: FaultSettings = { seed: null, calls: {}, notifications: {} };

/** What is in store for one call. */
export interface CallFault {
  readonly delayMs: number;
  readonly instead: number | "html" | null;
  readonly dropAnswer: boolean;
}

/** What is in store for one try of a notification. */
export interface TryFault {
  readonly delayMs: number;
  readonly drop: boolean;
  readonly duplicate: boolean;
  readonly corrupt: boolean;
}

const HELD_BACK_MS = 1_000;

/** The faults that the sandbox was told to inject, drawn by a chance of their own so that a seed repeats them. */
export class Faults {
  readonly #pool: Pool;
  readonly #chance: Chance;
  readonly #held: HeldCopy<FaultSettings>;
  #seeded: { readonly seed: number; readonly chance: Chance } | null = null;

  constructor(pool: Pool, systemClock: Clock, chance: Chance) {
    this.#pool = pool;
    this.#chance = chance;
    this.#held = new HeldCopy(systemClock, () => this.#read());
  }

  /** The settings as they are. */
  settings(): Promise<FaultSettings> {
    return this.#held.get();
  }

  /** Replaces all settings, and begins the seed's sequence anew. */
  async replace(settings: FaultSettings): Promise<void> {
    await this.#pool.query({
      name: "fault-settings-replace",
      text: `insert into sibs_gateway.fault_settings (settings) values ($1)
             on conflict (only_one) do update set settings = excluded.settings`,
      values: [JSON.stringify(settings)],
    });
    this.forget();
  }

  /** Has the settings read anew: they were removed. */
  forget(): void {
    this.#held.forget();
    this.#seeded = null;
  }

  /** Draws what is in store for a call. */
  async forCall(name: string): Promise<CallFault> {
    const settings = await this.settings();
    const { delayMs, http = {}, dropAnswer, html } = settings.calls[name] ?? settings.calls["*"] ?? {};
    const chance = this.#chanceOf(settings);
    return {
      delayMs: within(delayMs, chance),
      instead: insteadOf(http, html, chance),
      dropAnswer: happens(dropAnswer, chance),
    };
  }

  /** Draws what is in store for one try of a notification. */
  async forTry(): Promise<TryFault> {
    const settings = await this.settings();
    const { drop, duplicate, delaySeconds, reorder, corrupt } = settings.notifications;
    const chance = this.#chanceOf(settings);
    return {
      delayMs: within(delaySeconds, chance) * 1_000 + (happens(reorder, chance) ? HELD_BACK_MS : 0),
      drop: happens(drop, chance),
      duplicate: happens(duplicate, chance),
      corrupt: happens(corrupt, chance),
    };
  }

  #chanceOf({ seed }: FaultSettings): Chance {
    if (seed === null) return this.#chance;
    if (this.#seeded?.seed !== seed) this.#seeded = { seed, chance: seededChance(seed) };
    return this.#seeded.chance;
  }

  async #read(): Promise<FaultSettings> {
    const { rows } = await this.#pool.query<{ settings: FaultSettings }>({
      name: "fault-settings",
      text: "select settings from sibs_gateway.fault_settings",
    });
    return rows[0]?.settings ?? NO_FAULTS;
  }
}

function within(range: Range | undefined, chance: Chance): number {
  if (range === undefined) return 0;
  const [from, to] = range;
  return from + chance.number() * (to - from);
}

function happens(probability: number | undefined, chance: Chance): boolean {
  return probability !== undefined && probability > 0 && chance.number() < probability;
}

/** One draw decides among all of them, so that their probabilities add up. */
function insteadOf(
  http: Readonly<Record<string, number>>,
  html: number | undefined,
  chance: Chance,
): CallFault["instead"] {
  const choices: [number | "html", number][] = Object.entries(http).map(([status, probability]) => [
    Number(status),
    probability,
  ]);
  if (html !== undefined) choices.push(["html", html]);
  if (choices.length === 0) return null;
  let drawn = chance.number();
  for (const [choice, probability] of choices) {
    if (drawn < probability) return choice;
    drawn -= probability;
  }
  return null;
}
