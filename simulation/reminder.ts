import type { Wake } from "../packages/server/src/work/rows.ts";
import type { Dice } from "./dice.ts";
import type { MemoryDatabase } from "./store/database.ts";
import { nextToBeHad } from "./store/due.ts";
import { serverDue } from "./store/server/index.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** The lists of what is due, by the names of their workers, and how whoever works one off is told to look. */
const LISTS: Readonly<Record<string, (wake: Wake) => void>> = {
  payments: (wake) => wake.payments(true),
  "payments that may wait": (wake) => wake.payments(false),
  mandates: (wake) => wake.mandates(true),
  "mandates that may wait": (wake) => wake.mandates(false),
  deliveries: (wake) => wake.deliveries(),
};

/** Servers look each second, and so know within one when something is due, whoever made it due. */
const LOOK_EACH_MS = 1_000;

/** Has all servers that are up do something that looks for what is due; whether any is. */
type Reach = (look: (wake: Wake) => void) => boolean;

/**
 * So often a list is looked at in vain, on end: what is due and is not had by then waits for something else, and
 * servers look by themselves less often.
 */
const MOST_IN_VAIN = 15;

/**
 * Has servers look at the moment at which something is due, as they would by looking each second: that they look in
 * vain all seconds between is left out.
 */
export class Reminder {
  readonly #time: VirtualTime;
  readonly #database: MemoryDatabase;
  readonly #dice: Dice;
  readonly #reach: Reach;
  /** How often each list was looked at since anything changed. */
  readonly #inVain = new Map<string, number>();
  /** When each list is looked at next. */
  readonly #planned = new Map<string, { readonly at: number; readonly callOff: () => void }>();

  constructor(time: VirtualTime, database: MemoryDatabase, dice: Dice, reach: Reach) {
    this.#time = time;
    this.#database = database;
    this.#dice = dice;
    this.#reach = reach;
  }

  /** Something has changed: something may be due at another moment than before. */
  look(): void {
    this.#inVain.clear();
    for (const list of Object.keys(LISTS)) this.#plan(list);
  }

  #plan(list: string, soonest = this.#dice.between(0, LOOK_EACH_MS)): void {
    const due = serverDue[list];
    const first = due === undefined ? null : nextToBeHad(this.#database, due);
    if (first === null) return;
    const known = this.#planned.get(list);
    const atLeast = Math.max(first / 1_000, this.#time.now);
    if (known !== undefined && known.at <= atLeast + LOOK_EACH_MS) return;
    known?.callOff();
    const at = Math.max(first / 1_000, this.#time.now + soonest);
    const callOff = this.#time.outside(() => this.#time.at(at, () => this.#remind(list)));
    this.#planned.set(list, { at, callOff });
  }

  #remind(list: string): void {
    this.#planned.delete(list);
    const look = LISTS[list];
    if (look === undefined || !this.#reach(look)) return;
    const inVain = (this.#inVain.get(list) ?? 0) + 1;
    this.#inVain.set(list, inVain);
    if (inVain < MOST_IN_VAIN) this.#plan(list, LOOK_EACH_MS);
  }
}
