import type { Dice } from "../dice.ts";
import { microseconds, type Row } from "../store/columns.ts";
import type { MemoryDatabase } from "../store/database.ts";
import type { Town } from "./town.ts";

/** Where the shop takes its events. */
export const EVENTS_URL = "http://127.0.0.1:4000/events";
const MINUTE = 60;
/** The servers' clocks may disagree by so much about what happened first, in milliseconds. */
const CLOCKS_DISAGREE_MS = 600_000;

/**
 * Those who see to the shop's program: where it has said that it is gone they register it again, and ask for what it
 * was not told meanwhile.
 */
export class Technicians {
  readonly #town: Town;
  readonly #dice: Dice;
  readonly #database: MemoryDatabase;
  #isCalled = false;
  #isAtWork = false;
  /** Since when something may have been missed, in milliseconds since 1970; null: nothing was. */
  #missedSince: number | null = null;
  /** What events were asked for again of: they come after what happened later. */
  readonly askedAgain = new Set<string>();

  /** @param database whose events, and what became of them, they read */
  constructor(town: Town, dice: Dice, database: MemoryDatabase) {
    this.#town = town;
    this.#dice = dice;
    this.#database = database;
    town.stage.shop.onGone(() => void this.#called());
  }

  async #called(): Promise<void> {
    const { time, wrong } = this.#town.stage;
    this.#missedSince ??= time.now;
    this.#isCalled = true;
    if (this.#isAtWork) return;
    this.#isAtWork = true;
    while (this.#isCalled) {
      this.#isCalled = false;
      await this.#town.pass(this.#dice, 1, 30 * MINUTE);
      await this.seeToIt().catch((error) => wrong("the shop", String(error?.stack ?? error)));
    }
    this.#isAtWork = false;
  }

  /** Registers its address again, and has sent again what it was not told. */
  async seeToIt(): Promise<void> {
    if (this.#missedSince === null) return;
    await this.#town.ask(this.#dice.more(), "/v1/event-endpoints", { url: EVENTS_URL });
    for (const { id, subject } of this.#missed(this.#missedSince - CLOCKS_DISAGREE_MS)) {
      this.askedAgain.add(subject);
      await this.#town.ask(this.#dice.more(), `/v1/events/${id}/resend`);
    }
  }

  /** What was given up, as the list of events shows it, and what was sent nowhere because nothing was registered. */
  #missed(since: number): readonly { readonly id: string; readonly subject: string }[] {
    const deliveries = this.#database.of("caravela.delivery");
    const isMissed = ({ id, at }: Row) => {
      const sent = deliveries.having("event_id", id ?? null);
      if (sent.length === 0) return Number(at) >= microseconds(new Date(since));
      return sent.every(({ given_up_at }) => given_up_at !== null);
    };
    return [...this.#database.of("caravela.event").rows]
      .filter(isMissed)
      .map(({ id, subject_id }) => ({ id: String(id), subject: String(subject_id) }));
  }
}
