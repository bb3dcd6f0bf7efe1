import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { Dice } from "./dice.ts";
import { run } from "./run.ts";
import type { Violation } from "./story.ts";
import { takeOverMachine } from "./taken-over.ts";
import { type AnswerToIt, type Asked, type Question, type Told, toldWithoutEnd } from "./told.ts";
import { VirtualTime } from "./virtual-time.ts";

/** A Friday's morning in Lisbon: what is asked for now may end on a weekend. */
const BEGIN = Date.parse("2026-11-27T10:00:00Z");

// What nobody waited for and failed, in the run that is lived.
let failures: unknown[] = [];
process.on("unhandledRejection", (error) => failures.push(error));

// Lives whatever comes in, one run after the other: nothing of one is left for the next but compiled code.
for await (const line of createInterface({ input: process.stdin })) {
  const [number, asked]: Question = JSON.parse(line);
  const answer: AnswerToIt = [number, await live(asked).catch((error) => toldWithoutEnd(asked, stackOf(error)))];
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
process.exit();

function stackOf(error: unknown): string {
  return String((error as Error)?.stack ?? error);
}

function ended(error: unknown): Violation {
  return { property: "end", subject: "the run", what: stackOf(error) };
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
