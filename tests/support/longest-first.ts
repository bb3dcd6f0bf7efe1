import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The files that wait more than they work: for programs that start, for browsers, for what is cut off to be noticed.
 */
const WAITING = /\/tests\/(faults|start|journeys|security)\//;
/** Those that work longest. */
const LONGEST = /\/(gallery\/gallery|simulation\/simulation|fuzz\/fuzz)\.test/;
/** Those that have a server of their own. */
const LONG = /\/tests\/|\/packages\/(web|server|gateway)\//;
/** By when all that wait have begun, of the others that are begun: what comes last must be short. */
const ALL_BEGUN_BY = 0.6;

/**
 * Begins with what takes longest, so that no worker is left alone with it at the end: a fresh clone knows of no file
 * how long it took. What waits is spread among what works, so that the cores are neither idle nor fought for.
 */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) => (LONGEST.test(moduleId) ? 0 : LONG.test(moduleId) ? 1 : 2);
    const working = sorted.filter(({ moduleId }) => !WAITING.test(moduleId));
    return spread(
      sorted.filter(({ moduleId }) => WAITING.test(moduleId)),
      working.toSorted((one, other) => rank(one) - rank(other)),
    );
  }
}

/** Puts some among others, at equal distances from the first on. */
function spread<T>(some: readonly T[], others: readonly T[]): T[] {
  const distance = (others.length * ALL_BEGUN_BY) / Math.max(some.length, 1);
  const placed = [
    ...some.map((one, index) => ({ one, place: index * distance - 0.5 })),
    ...others.map((one, place) => ({ one, place })),
  ];
  return placed.toSorted((a, b) => a.place - b.place).map(({ one }) => one);
}
