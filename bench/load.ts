import { build, type Histogram } from "hdr-histogram-js";

const LONGEST_US = 120_000_000;

/** How long something took, many times over; in milliseconds when asked. */
export class Timings {
  readonly #histogram: Histogram = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_US,
    numberOfSignificantValueDigits: 3,
  });

  record(ms: number): void {
    this.#histogram.recordValue(Math.min(Math.max(1, Math.round(ms * 1000)), LONGEST_US));
  }

  /** The value below which that many per cent lie, in milliseconds. */
  percentile(percent: number): number {
    return this.#histogram.getValueAtPercentile(percent) / 1000;
  }
}

/** What a load came to. */
export interface Load {
  readonly done: number;
  readonly perSecond: number;
  readonly timings: Timings;
}

/** So much, or for so long, whichever ends first. */
export interface Bound {
  readonly count: number;
  readonly seconds: number;
}

/** Keeps a fixed number of pieces of work going: how many a second can be done. */
export async function inFlight(
  width: number,
  bound: Bound,
  work: (place: number, lane: number) => Promise<void>,
): Promise<Load> {
  const timings = new Timings();
  const begun = performance.now();
  const last = begun + bound.seconds * 1000;
  let [next, done] = [0, 0];
  const lane = async (number: number): Promise<void> => {
    while (next < bound.count && performance.now() < last) {
      const started = performance.now();
      await work(next++, number);
      timings.record(performance.now() - started);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: width }, (_, number) => lane(number)));
  return { done, perSecond: (done * 1000) / (performance.now() - begun), timings };
}

/**
 * Begins work at a fixed rate, whether or not what was begun before is done, and measures from the moment at which each
 * piece was meant to begin: what queues up counts as waiting, as it does for customers.
 */
export async function atRate(rate: number, bound: Bound, work: (place: number) => Promise<void>): Promise<Load> {
  const timings = new Timings();
  const count = Math.min(bound.count, Math.floor(rate * bound.seconds));
  const begun = performance.now();
  const meantAt = (place: number): number => begun + (place * 1000) / rate;
  const going: Promise<void>[] = [];
  while (going.length < count) {
    while (going.length < count && meantAt(going.length) <= performance.now()) {
      const [place, meant] = [going.length, meantAt(going.length)];
      going.push(work(place).then(() => timings.record(performance.now() - meant)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(going);
  return { done: count, perSecond: (count * 1000) / (performance.now() - begun), timings };
}
