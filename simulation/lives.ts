import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { Dice } from "./dice.ts";
import { run } from "./run.ts";
import type { Violation } from "./story.ts";
import { takeOverMachine } from "./taken-over.ts";
import { VirtualTime } from "./virtual-time.ts";
import type { FaultKind } from "./weather.ts";

/** A Friday's morning in Lisbon: what is asked for now may end on a weekend. */
const BEGIN = Date.parse("2026-11-27T10:00:00Z");

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

// What nobody waited for and failed, in the run that is lived.
let failures: unknown[] = [];
process.on("unhandledRejection", (error) => failures.push(error));

// Lives whatever comes in, one run after the other: nothing of one is left for the next but compiled code.
for await (const line of createInterface({ input: process.stdin })) {
  const [number, asked]: Question = JSON.parse(line);
  const answer: AnswerToIt = [number, await live(asked).catch((error) => without(asked, error))];
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit();

/** Of a run that came to no end of its own. */
function without({ seed, payments }: Asked, error: unknown): Told {
  return { seed, payments, made: 0, violations: [ended(error)], stories: {}, faults: {}, points: {}, trace: "" };
}

function ended(error: unknown): Violation {
  return { property: "end", subject: "the run", what: String((error as Error)?.stack ?? error) };
}

async function live({ seed, payments, trace, only, untilWrong }: Asked): Promise<Told> {
  failures = [];
  const file = trace === null ? null : createWriteStream(trace);
  const time = new VirtualTime(BEGIN);
  time.takeOver();
  takeOverMachine(new Dice(seed));
  const verdict = await time.until(
    run(time, {
      seed,
      payments,
      untilWrong,
      ...(only !== null && { only }),
      ...(file !== null && { traced: (line: string) => file.write(`${line}\n`) }),
    }),
  );
  const subjects = new Set(verdict.violations.map(({ subject }) => subject));
  const stories = Object.fromEntries([...subjects].map((subject) => [subject, verdict.stories.of(subject)]));
  if (file !== null) {
    file.end();
    await once(file, "finish");
  }
  return { ...verdict, violations: [...verdict.violations, ...failures.map(ended)], stories };
}
