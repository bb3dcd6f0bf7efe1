import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The folders whose files take longest: they start programs and browsers, and let months pass. */
const LONGEST = /\/tests\/(faults|simulation|start|journeys|security)\//;
/** Those whose files have a server of their own. */
const LONG = /\/tests\/|\/packages\/(web|server|gateway)\//;

/**
 * Begins with what takes longest, so that no worker is left alone with it at the end: a fresh clone knows of no file
 * how long it took.
 */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (LONGEST.test(moduleId) ? 0 : LONG.test(moduleId) ? 1 : 2);
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
