import type { Dice } from "./dice.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

/** What never comes: each its own, so that nobody who waits for it is remembered. */
const never = (): Promise<never> => new Promise(() => undefined);

/** The program that was asked is not there any more, or not yet. */
export class Cut extends Error {
  override name = "Cut";
  readonly code = "ECONNRESET";
}

/**
 * Where programs may be killed: between any two steps that leave a trace outside of them. Points that are seldom passed
 * are the deadlier.
 */
export class CrashPoints {
  readonly #weather: Weather;
  readonly #dice: Dice;
  readonly #passed = new Map<string, number>();
  readonly #killed = new Map<string, number>();

  constructor(weather: Weather, dice: Dice) {
    this.#weather = weather;
    this.#dice = dice;
  }

  /** Whether whoever passes here is killed. */
  kills(point: string): boolean {
    const passed = (this.#passed.get(point) ?? 0) + 1;
    this.#passed.set(point, passed);
    const killed = this.#killed.get(point) ?? 0;
    const rate = this.#weather.rate("crash");
    // once in the first hundred, and then once for each hundred more; not each run kills everywhere
    if (
      rate === 0 ||
      !this.#dice.happens(rate * Math.min(0.2, (1 + passed * 0.002) / (1 + 20 * killed + passed * 0.3)))
    )
      return false;
    this.#killed.set(point, killed + 1);
    this.#weather.happened("crash", point);
    return true;
  }

  /** How often each point was passed, and killed at. */
  get counts(): Readonly<Record<string, { readonly passed: number; readonly killed: number }>> {
    return Object.fromEntries(
      [...this.#passed].map(([point, passed]) => [point, { passed, killed: this.#killed.get(point) ?? 0 }]),
    );
  }
}

/** One life of a program, from its start until it is killed. What it was waiting for then never comes. */
export class Life {
  readonly #time: VirtualTime;
  readonly #points: CrashPoints;
  readonly #waiting = new Set<(cut: Cut) => void>();
  readonly #atEnd: (() => void)[];
  readonly #strayed: (doing: string) => void;
  #isOver = false;
  #frozenUntil = 0;

  /**
   * @param killed what is done when it is killed. @param strayed told what somebody does by what is of this life, while
   *   it is over and theirs is not
   */
  constructor(
    time: VirtualTime,
    points: CrashPoints,
    { killed, strayed }: { readonly killed: () => void; readonly strayed: (doing: string) => void },
  ) {
    this.#time = time;
    this.#points = points;
    this.#atEnd = [killed];
    this.#strayed = strayed;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Kills it. Whoever asked it something is cut off. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const cutOff of this.#waiting) cutOff(new Cut("the connection was reset"));
    this.#waiting.clear();
    for (const done of this.#atEnd) done();
  }

  /** Does something when it is killed. */
  atEnd(done: () => void): void {
    this.#atEnd.unshift(done);
  }

  /** Nothing goes in or out of it for a while. */
  freeze(ms: number): void {
    this.#frozenUntil = Math.max(this.#frozenUntil, this.#time.now + ms);
  }

  /** What it gives to somebody outside. @throws Cut when it is killed meanwhile */
  outside<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      const done = () => this.#waiting.delete(reject);
      work.then(resolve, reject).finally(done);
    });
  }

  /** Goes on past a point, or never: where it is killed there, or was before. */
  async pass(point: string): Promise<void> {
    if (this.#isOver) return this.#never(point);
    if (this.#points.kills(point)) {
      this.end();
      return never();
    }
    if (this.#frozenUntil > this.#time.now) await this.awake(point);
  }

  /** Resolves when it is not frozen; never, when it is over. @param doing what is then done by it */
  async awake(doing?: string): Promise<void> {
    while (!this.#isOver && this.#frozenUntil > this.#time.now)
      await this.#time.pass(this.#frozenUntil - this.#time.now);
    if (this.#isOver) return this.#never(doing);
  }

  #never(doing?: string): Promise<never> {
    if (doing !== undefined && this.#time.owner?.isOver === false) this.#strayed(doing);
    return never();
  }
}
