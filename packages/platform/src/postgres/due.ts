import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { after, pause } from "../timer.ts";
import { type Claimed, type DueStatements, dueStatements, type Key, type Lanes, unwrap } from "./due-statements.ts";
import type { Pool } from "./pool.ts";

/** Which rows say when they are due, and what is to be done then. */
export interface DueRowsOptions<Row extends object> {
  pool: Pool;
  /** What `due_at` follows. */
  clock: Clock;
  log: Log;
  /** Unique among the due rows of one pool. */
  name: string;
  /** Has `due_at timestamptz null`, indexed where not null, and `leased_until timestamptz null`. */
  table: string;
  /** The column that identifies a row. */
  key: string;
  /** The select list of what `handle` is given. */
  columns: string;
  /** A further SQL condition. */
  claimable?: string;
  /**
   * Where rows part into lanes, each has its own room, and no lane keeps another waiting; `concurrency` then has no
   * say.
   */
  lanes?: Lanes;
  /** How many rows are claimed at once; of each lane, where there are lanes. */
  batch?: number;
  /** How many rows are handled at once. */
  concurrency?: number;
  /** How long a row stays with a process that has died, in milliseconds of the database's time. */
  leaseMs?: number;
  /** How long it goes without looking at most, in milliseconds: what others have made due is found then. */
  lookAtLatestMs?: number;
  /**
   * Does what is due, and sets `due_at` anew, or to null. The lease is not its business, unless it lets go of
   * it: it is given back when this resolves. When it throws, the row comes again as soon as its lease has run out.
   */
  handle: (row: Row, letGo: LetGo) => Promise<void>;
}

/**
 * Lets go of the row that is handled, for a handler whose own statement gives the lease back where it is still this
 * one, which costs no statement more. Gives the lease.
 */
export type LetGo = () => Promise<string>;

/** Unless it is set otherwise. */
const LOOK_AT_LATEST_MS = 1_000;
const LOCKED_ROW_PAUSE_MS = 5;

/**
 * Does what rows of a table say is due. Any number of processes share the work: a row is claimed by a lease, which is
 * renewed while it is handled, so that no two handle it at once and one left by a dead process is taken over. `due_at`
 * follows the clock that is handed in, leases the database's time.
 */
export class DueRows<Row extends object> {
  /** What its rows are called in logs and by whoever watches over it. */
  readonly name: string;
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #handle: (row: Row, letGo: LetGo) => Promise<void>;
  readonly #batch: number;
  readonly #concurrency: number;
  readonly #leaseMs: number;
  readonly #lookAtLatestMs: number;
  readonly #statements: DueStatements;

  #started = false;
  #stopped = false;
  /** Claimed and not begun, in the order in which they are due. */
  #waiting: Claimed<Row>[] = [];
  #running = 0;
  /** Done with, and their leases not given back yet. */
  #finished: Claimed<Row>[] = [];
  #givingBack = false;
  /** All rows in hand, waiting and running: those whose leases are renewed. */
  readonly #held = new Map<Key, Claimed<Row>>();
  /** Lanes whose room was used up by a claim: they are looked at again as soon as one of theirs is done. */
  readonly #filled = new Set<string>();
  /** Lanes for whose sake it looks next. */
  readonly #sought = new Set<string>();
  /** How many rows of each lane are not given back yet. */
  readonly #inLane = new Map<string, number>();
  #looking = false;
  /** Something may be due that has not been looked for. */
  #lookAgain = false;
  #failure: unknown;
  /** When it last looked, or finished with a row: in milliseconds since the process began. */
  #gotOnAt = performance.now();
  #handledSinceDrain = 0;
  #waitingForQuiet: (() => void)[] = [];
  #cancelNextLook = (): void => undefined;
  #cancelRenewal: (() => void) | undefined;
  #renewing: Promise<void> = Promise.resolve();

  constructor(options: DueRowsOptions<Row>) {
    this.name = options.name;
    this.#pool = options.pool;
    this.#clock = options.clock;
    this.#log = options.log.child({ dueRows: options.name });
    this.#handle = options.handle;
    this.#batch = options.batch ?? 32;
    this.#concurrency = options.lanes === undefined ? (options.concurrency ?? 16) : Number.POSITIVE_INFINITY;
    this.#leaseMs = options.leaseMs ?? 10_000;
    this.#lookAtLatestMs = options.lookAtLatestMs ?? LOOK_AT_LATEST_MS;
    this.#statements = dueStatements(options);
  }

  /** Begins to look by itself: at the next due moment, at latest every second, and at each `poke()`. */
  start(): void {
    this.#started = true;
    this.#stopped = false;
    this.#gotOnAt = performance.now();
    this.#lookNow();
  }

  /** Takes no more rows, gives back those not begun, and resolves when those begun are done. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#stopped = true;
    this.#cancelNextLook();
    await this.#quiet();
    await this.#giveBack(this.#waiting.splice(0));
    this.#cancelRenewal?.();
    this.#cancelRenewal = undefined;
  }

  /** Looks now, where started: something has become due, or may have. */
  poke(): void {
    if (this.#started) this.#lookNow();
  }

  /**
   * Works until nothing is due and nothing is in hand, whether started or not, what becomes due meanwhile included. A
   * row leased by another process is that one's. Returns how many rows were handled since the last drain, those that
   * failed included.
   * @throws what the database threw, when it cannot be asked.
   */
  async drain(): Promise<number> {
    for (let looks = 0; ; looks += 1) {
      await this.#quiet();
      if (this.#stopped || !(await this.#isAnyDue())) break;
      // due, and yet not claimed: another transaction has the row locked for a moment
      if (looks > 0) await pause(LOCKED_ROW_PAUSE_MS);
      this.#lookNow();
      await this.#quiet();
      if (this.#failure !== undefined) throw this.#failure;
    }
    const handled = this.#handledSinceDrain;
    this.#handledSinceDrain = 0;
    return handled;
  }

  /**
   * The first moment at which a row is due, or null; past where it has become due meanwhile and is in nobody's hands.
   */
  async nextDue(): Promise<Date | null> {
    const { rows } = await this.#pool.query<{ next: Date | null }>(this.#statements.next(this.#clock.now()));
    return rows[0]?.next ?? null;
  }

  /** The select of `nextDue`, for who asks for several at once; now is its `$1`. */
  get nextDueSelect(): string {
    return this.#statements.nextSelect;
  }

  /** Whether nothing is in hand, and nothing was handled since the last drain: time went on while that ended. */
  get isIdle(): boolean {
    return this.#isQuiet() && this.#handledSinceDrain === 0;
  }

  /**
   * For how long, in milliseconds, it has neither looked for what is due nor finished with a row, though it should
   * have.
   */
  get stalledForMs(): number {
    return this.#started ? performance.now() - this.#gotOnAt : 0;
  }

  #lookNow(): void {
    this.#lookAgain = true;
    this.#proceed();
  }

  /** Begins what can begin and looks for more where there is room: called whenever something has changed. */
  #proceed(): void {
    while (!this.#stopped && this.#running < this.#concurrency) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      void this.#run(next);
    }
    const hasRoom = this.#waiting.length === 0 && this.#running < this.#concurrency;
    if (this.#lookAgain && hasRoom && !this.#looking && !this.#stopped) void this.#look();
    if (this.#isQuiet()) for (const resolve of this.#waitingForQuiet.splice(0)) resolve();
  }

  /** Claims a batch. Never fails: what the database throws is logged, told to whoever drains, and tried again. */
  async #look(): Promise<void> {
    this.#looking = true;
    this.#lookAgain = false;
    try {
      const now = this.#clock.now();
      const sought = [...this.#sought];
      this.#sought.clear();
      const { rows } = await this.#pool.query(this.#statements.claim(now, this.#batch));
      const { claimed, next, filled } = unwrap<Row>(rows);
      this.#gotOnAt = performance.now();
      this.#take(claimed);
      this.#failure = undefined;
      for (const lane of filled) this.#filled.add(lane);
      // of a lane in which others have more than its room it may have got nothing: it looks again with each of its own
      // that is done
      for (const lane of sought) if (this.#inLane.has(lane)) this.#filled.add(lane);
      if (filled.size === 0 && claimed.length === this.#batch) this.#lookAgain = true;
      this.#lookAfter(next === null ? this.#lookAtLatestMs : next.getTime() - now.getTime());
    } catch (error) {
      this.#failure = error;
      this.#log.error({ err: error }, "due rows could not be claimed");
      this.#lookAfter(LOOK_AT_LATEST_MS);
    } finally {
      this.#looking = false;
      this.#proceed();
    }
  }

  #take(claimed: readonly Claimed<Row>[]): void {
    for (const row of claimed) {
      this.#held.set(row.key, row);
      if (row.lane !== null) this.#inLane.set(row.lane, (this.#inLane.get(row.lane) ?? 0) + 1);
    }
    this.#waiting.push(...claimed);
    this.#renewLater();
  }

  async #run(claimed: Claimed<Row>): Promise<void> {
    this.#running++;
    let isLetGo = false;
    const letGo = async () => {
      isLetGo = true;
      this.#letGo(claimed);
      await this.#renewing; // it may be changing this very lease
      return claimed.lease;
    };
    try {
      await this.#handle(claimed.row, letGo);
      if (isLetGo) this.#leaveLane(claimed);
      else this.#finished.push(claimed);
    } catch (error) {
      this.#log.error(
        { err: error, key: claimed.key },
        "a due row could not be handled; it comes again when its lease has run out",
      );
      this.#leaveLane(claimed);
    } finally {
      this.#running--;
      this.#handledSinceDrain++;
      this.#gotOnAt = performance.now();
      this.#letGo(claimed);
      if (!this.#givingBack) void this.#giveBackFinished();
      this.#proceed();
    }
  }

  /**
   * Gives back what was done with, several at a time where much is done. What was done may have made rows of this table
   * due at once, these among them.
   */
  async #giveBackFinished(): Promise<void> {
    this.#givingBack = true;
    while (this.#finished.length > 0) {
      const finished = this.#finished.splice(0);
      await this.#giveBack(finished);
      for (const claimed of finished) this.#leaveLane(claimed);
    }
    this.#givingBack = false;
    if (this.#running === 0 && this.#waiting.length === 0) this.#lookAgain = true;
    this.#proceed();
  }

  #leaveLane({ lane }: Claimed<Row>): void {
    if (lane === null) return;
    const left = (this.#inLane.get(lane) ?? 1) - 1;
    if (left > 0) this.#inLane.set(lane, left);
    else this.#inLane.delete(lane);
    if (!this.#filled.delete(lane)) return;
    this.#sought.add(lane);
    this.#lookAgain = true;
  }

  #lookAfter(ms: number): void {
    this.#cancelNextLook();
    if (this.#started) this.#cancelNextLook = after(Math.min(Math.max(ms, 0), this.#lookAtLatestMs), () => this.poke());
  }

  #letGo(claimed: Claimed<Row>): void {
    if (this.#held.get(claimed.key) === claimed) this.#held.delete(claimed.key);
  }

  #renewLater(): void {
    if (this.#held.size > 0)
      this.#cancelRenewal ??= after(this.#leaseMs / 3, () => {
        this.#renewing = this.#renew();
      });
  }

  /**
   * Renews the leases of all rows in hand by one statement. One that was given back or taken over is not renewed, nor
   * tried again.
   */
  async #renew(): Promise<void> {
    const held = [...this.#held.values()];
    try {
      const { rows } = await this.#pool.query<{ key: Key; lease: string }>(this.#statements.renew(held));
      const renewed = new Map(rows.map(({ key, lease }) => [key, lease]));
      for (const claimed of held) {
        const lease = renewed.get(claimed.key);
        if (lease === undefined) this.#letGo(claimed);
        else claimed.lease = lease;
      }
    } catch (error) {
      this.#log.warn({ err: error }, "leases could not be renewed");
    } finally {
      this.#cancelRenewal = undefined;
      this.#renewLater();
    }
  }

  /** What cannot be given back now comes to others when its lease has run out. */
  async #giveBack(claimed: readonly Claimed<Row>[]): Promise<void> {
    if (claimed.length === 0) return;
    for (const row of claimed) this.#letGo(row);
    await this.#renewing; // it may be changing the leases by which these are known
    await this.#pool
      .query(this.#statements.giveBack(claimed))
      .catch((error) => this.#log.warn({ err: error }, "leases could not be given back"));
  }

  async #isAnyDue(): Promise<boolean> {
    const { rows } = await this.#pool.query<{ due: boolean }>(this.#statements.anyDue(this.#clock.now()));
    return rows[0]?.due === true;
  }

  #isQuiet(): boolean {
    if (this.#looking || this.#running > 0 || this.#givingBack) return false;
    return this.#stopped || (this.#waiting.length === 0 && !this.#lookAgain);
  }

  #quiet(): Promise<void> {
    return this.#isQuiet() ? Promise.resolve() : new Promise((resolve) => this.#waitingForQuiet.push(resolve));
  }
}
