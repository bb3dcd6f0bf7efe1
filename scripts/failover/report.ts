import type { Findings } from "./books.ts";
import { INJURIES, KINDS } from "./injuries.ts";
import { WAYS } from "./programs.ts";
import type { Trial } from "./trial.ts";

/** How many lines of each kind of finding are shown. */
const SHOWN = 10;

/**
 * What counts as a violation: with strict replication anything; else what contradicts itself, for some is lost there.
 */
export function violationsOf({ replication, findings }: Trial): number {
  return replication === "strict" ? Object.values(findings).flat().length : findings.wrong.length;
}

/** One kind's line: how often, and how long no payment went through by each way, median and worst, in seconds. */
export function linesOf({ replication, tries }: Trial): string[] {
  return KINDS.flatMap((kind) => {
    const some = tries.filter((one) => one.kind === kind);
    if (some.length === 0) return [];
    const ways = WAYS.map((way, server) => {
      const seconds = some.map(({ outages }) => outages[server] ?? 0);
      return `${way} ${medianOf(seconds).toFixed(1)} s, at worst ${Math.max(...seconds).toFixed(1)} s`;
    });
    return [`${replication} | ${kind} | ${some.length} | ${ways.join(" | ")} | ${INJURIES[kind].words}`];
  });
}

/** How the books stand, in one line. */
export function booksLine({ replication, payments, refunds, findings }: Trial): string {
  const { lost, unknown, doubledPayments, doubledRefunds, surprises, wrong } = findings;
  return `${replication}: ${payments} payments and ${refunds} refunds acknowledged; lost ${lost.length}, unknown to our books ${unknown.length}, doubled payments ${doubledPayments.length}, doubled refunds ${doubledRefunds.length}, unexpected ${surprises.length}, contradictions ${wrong.length}`;
}

/** The first findings of each kind, in words. */
export function findingLines(findings: Findings): string[] {
  return Object.entries(findings).flatMap(([kind, some]: [string, string[]]) => {
    const more = some.length > SHOWN ? [`  ${kind}: and ${some.length - SHOWN} more`] : [];
    return [...some.slice(0, SHOWN).map((one) => `  ${kind}: ${one}`), ...more];
  });
}

/** The last line. */
export function closingLine(trials: readonly Trial[], seed: number): string {
  const violations = trials.reduce((sum, trial) => sum + violationsOf(trial), 0);
  const tries = trials.reduce((sum, trial) => sum + trial.tries.length, 0);
  const payments = trials.reduce((sum, trial) => sum + trial.payments, 0);
  return `${payments} payments, ${tries} injuries to the database, seed ${seed}: ${violations} violations`;
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
