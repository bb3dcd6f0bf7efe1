import { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import timersPromises from "node:timers/promises";

/** The machine's own, before time was taken over. */
const real = { setImmediate: globalThis.setImmediate, Date: globalThis.Date };

/** Whose timers they are: of a program that is gone none goes off any more. */
export interface Owner {
  readonly isOver: boolean;
}

const NOBODY: Owner = { isOver: false };

interface Timer {
  readonly owner: Owner | undefined;
  readonly at: number;
  readonly place: number;
  readonly call: () => void;
  isOff: boolean;
}

/**
 * Time of a process that goes on only when nothing is left to do at a moment, and then jumps to the next at which
 * something is. Whoever asks what time it is, sets a timer or a time limit, or waits for the next turn of the event
 * loop, asks this one: so that the same causes have the same effects in the same order.
 */
export class VirtualTime {
  #now: number;
  #place = 0;
  readonly #timers = new Heap();
  readonly #owners = new AsyncLocalStorage<Owner>();

  /** @param begin in milliseconds since 1970 */
  constructor(begin: number) {
    this.#now = begin;
  }

  /** In milliseconds since 1970. */
  get now(): number {
    return this.#now;
  }

  /**
   * Calls back at a moment, or now where it has passed; a clock shows whole milliseconds. Returns what calls it off.
   */
  at(moment: number, call: () => void): () => void {
    const owner = this.#owners.getStore();
    const timer: Timer = {
      owner,
      at: Math.max(Math.ceil(moment), this.#now),
      place: this.#place++,
      call,
      isOff: false,
    };
    this.#timers.push(timer);
    return () => {
      timer.isOff = true;
    };
  }

  /** Does something for somebody: whatever timers it sets, and what follows from them, are theirs. */
  of<T>(owner: Owner, work: () => T): T {
    return this.#owners.run(owner, work);
  }

  /** For whom what runs now is done; undefined: for nobody in particular. */
  get owner(): Owner | undefined {
    return this.#owners.getStore();
  }

  /** Does something for nobody in particular, as what is outside of a program does when that asks. */
  outside<T>(work: () => T): T {
    return this.#owners.run(NOBODY, work);
  }

  /** Resolves after so many milliseconds. */
  pass(ms: number): Promise<void> {
    return new Promise((resolve) => this.at(this.#now + ms, resolve));
  }

  /**
   * Lives on until a promise is settled. Whatever else is due by then is done as well.
   * @throws Error when nothing is left that could settle it
   */
  async until<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    promise.then(
      () => {
        settled = true;
      },
      () => {
        settled = true;
      },
    );
    for (;;) {
      await quiet();
      if (settled) return promise;
      const next = this.#timers.pop();
      if (next === undefined) throw new Error("nothing is left to happen, and what was waited for has not");
      if (next.isOff || next.owner?.isOver === true) continue;
      this.#now = Math.max(this.#now, next.at);
      if (next.owner === undefined) next.call();
      else this.of(next.owner, next.call);
    }
  }

  /** Takes over the process's time. There is no way back, but another may take it over from this one. */
  takeOver(): void {
    const now = () => this.#now;
    class VirtualDate extends real.Date {
      constructor(...args: readonly []) {
        if (args.length === 0) super(now());
        else super(...args);
      }
      static override now(): number {
        return now();
      }
    }
    globalThis.Date = VirtualDate as DateConstructor;
    performance.now = now;
    process.hrtime.bigint = () => BigInt(now()) * 1_000_000n;
    const after = (ms = 0, call: () => void) => new Handle(this.at(this.#now + Math.max(ms, 0), call));
    Object.assign(globalThis, {
      setTimeout: (call: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) =>
        after(ms, () => call(...args)),
      setImmediate: (call: (...args: unknown[]) => void, ...args: unknown[]) => after(0, () => call(...args)),
      clearTimeout: (handle?: Handle) => handle?.callOff?.(),
      clearImmediate: (handle?: Handle) => handle?.callOff?.(),
    });
    AbortSignal.timeout = (ms) => {
      const controller = new AbortController();
      after(ms, () => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError")));
      return controller.signal;
    };
    Object.assign(timersPromises, { setTimeout: (ms: number, value: unknown) => this.pass(ms).then(() => value) });
    syncBuiltinESMExports();
  }
}

/** Resolves when all that follows from what has happened has happened: promises and ticks come before it. */
function quiet(): Promise<void> {
  return new Promise((resolve) => real.setImmediate(resolve));
}

/** What a timer is known by, as Node's own. */
class Handle {
  readonly callOff: () => void;

  constructor(callOff: () => void) {
    this.callOff = callOff;
  }

  unref(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    return this;
  }

  [Symbol.toPrimitive](): number {
    return 0;
  }
}

/** Timers, the earliest first; of those of one moment, the one that was set first. */
class Heap {
  readonly #timers: Timer[] = [];

  push(timer: Timer): void {
    let place = this.#timers.push(timer) - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#swapIfLater(parent, place)) break;
      place = parent;
    }
  }

  pop(): Timer | undefined {
    const first = this.#timers[0];
    const last = this.#timers.pop();
    if (first === undefined || last === undefined || first === last) return first;
    this.#timers[0] = last;
    for (let place = 0; ; ) {
      const [left, right] = [2 * place + 1, 2 * place + 2];
      const least = right < this.#timers.length && this.#isLater(left, right) ? right : left;
      if (least >= this.#timers.length || !this.#swapIfLater(place, least)) return first;
      place = least;
    }
  }

  #isLater(one: number, other: number): boolean {
    const [first, second] = [this.#timers[one], this.#timers[other]];
    if (first === undefined || second === undefined) return false;
    return first.at > second.at || (first.at === second.at && first.place > second.place);
  }

  #swapIfLater(one: number, other: number): boolean {
    if (!this.#isLater(one, other)) return false;
    const [first, second] = [this.#timers[one], this.#timers[other]];
    if (first !== undefined && second !== undefined) [this.#timers[one], this.#timers[other]] = [second, first];
    return true;
  }
}
