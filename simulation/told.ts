import type { Violation } from "./story.ts";
import type { FaultKind } from "./weather.ts";

/** What is to be lived, as a line of JSON. */
export interface Asked {
  readonly seed: number;
  readonly payments: number;
  /** Where each line of the trace is written; null: nowhere. */
  readonly trace: string | null;
  /** The kinds of faults that happen; null: all. */
  readonly only: readonly FaultKind[] | null;
  /** Whether it ends with the first that is wrong. */
  readonly untilWrong: boolean;
}

/** A run's verdict, with the stories of what went wrong, as a line of JSON. */
export interface Told {
  readonly seed: number;
  /** How many were begun. */
  readonly payments: number;
  /** How many were made in the end, with those of people who come again and those of plans. */
  readonly made: number;
  readonly violations: readonly Violation[];
  /** By whom they are of. */
  readonly stories: Readonly<Record<string, readonly string[]>>;
  readonly faults: Readonly<Partial<Record<FaultKind, number>>>;
  readonly points: Readonly<Record<string, { readonly passed: number; readonly killed: number }>>;
  readonly trace: string;
}

/** A question, and its answer, by a number: a line each. */
export type Question = readonly [number: number, asked: Asked];
export type AnswerToIt = readonly [number: number, told: Told];

/** Of a run that came to no end of its own: what it ended with instead. */
export function toldWithoutEnd({ seed, payments }: Asked, what: string): Told {
  const violations = [{ property: "end", subject: "the run", what }] as const;
  return { seed, payments, made: 0, violations, stories: {}, faults: {}, points: {}, trace: "" };
}
