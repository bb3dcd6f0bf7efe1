import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildWebIfStale } from "@caravela/web/build";
import type { Asked, Told } from "./lives.ts";
import { FAULT_KINDS } from "./weather.ts";

/** So many payments share a world: a seed tells of at most so many. */
const PAYMENTS_A_RUN = 500;
/** Of so many violations the story is told. */
const MOST_STORIES = 3;

const USAGE = `npm run simulate -- [--payments N] [--seed S] [--trace FILE]

  --payments N   how many payments are lived, ${PAYMENTS_A_RUN} to a run (default ${PAYMENTS_A_RUN})
  --seed S       of the first run; those after it have the numbers that follow (default: by chance)
  --trace FILE   writes all that happened, line by line: one run alone`;

const options = read();
if (options === null) {
  console.error(USAGE);
  process.exit(2);
}
await buildWebIfStale();
process.exitCode = await simulate(options);

interface Options {
  readonly payments: number;
  readonly seed: number;
  readonly trace: string | null;
}

/** What is asked for; null: it cannot be. */
function read(): Options | null {
  try {
    const { values } = parseArgs({
      options: { payments: { type: "string" }, seed: { type: "string" }, trace: { type: "string" } },
    });
    const payments = Number(values.payments ?? PAYMENTS_A_RUN);
    const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
    const trace = values.trace ?? null;
    const isWhole = [payments, seed].every((one) => Number.isSafeInteger(one) && one >= 0) && payments > 0;
    return isWhole && (trace === null || payments <= PAYMENTS_A_RUN) ? { payments, seed, trace } : null;
  } catch {
    return null;
  }
}

/** Lives all runs, as many at once as there are cores, and tells what came of it. Gives the exit code. */
async function simulate({ payments, seed, trace }: Options): Promise<number> {
  const begun = performance.now();
  const runs = Array.from({ length: Math.ceil(payments / PAYMENTS_A_RUN) }, (_, place): Asked => {
    const left = payments - place * PAYMENTS_A_RUN;
    return { seed: seed + place, payments: Math.min(left, PAYMENTS_A_RUN), trace };
  });
  console.log(`seed ${seed}, ${payments} payments in ${runs.length} run${runs.length === 1 ? "" : "s"}`);
  const told: Told[] = [];
  const waiting = [...runs];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      told.push(await live(next));
      const [lived, wrong] = [sum(told.map((one) => one.payments)), told.flatMap((one) => one.violations).length];
      if (process.stdout.isTTY) process.stdout.write(`\r${lived} of ${payments} payments, ${wrong} violations `);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), runs.length) }, worker));
  if (process.stdout.isTTY) process.stdout.write("\n");
  return report(told, (performance.now() - begun) / 1_000);
}

/** Lives one run in a process of its own: time is another there. */
async function live(asked: Asked): Promise<Told> {
  const child = spawn(
    process.execPath,
    ["--conditions=@caravela/source", join(import.meta.dirname, "lives.ts"), JSON.stringify(asked)],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let text = "";
  child.stdout.on("data", (part) => {
    text += part;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code === 0) return JSON.parse(text);
  const violations = [{ subject: "the run", what: `it ended with ${code} and came to no end of its own` }];
  return { ...asked, violations, stories: {}, faults: {}, points: {}, trace: "" };
}

function report(told: readonly Told[], seconds: number): number {
  for (const one of told.filter(({ violations }) => violations.length > 0).slice(0, MOST_STORIES)) tellStory(one);
  const faults = added(told.map((one) => one.faults));
  for (const kind of FAULT_KINDS)
    if (faults[kind] !== undefined) console.log(`  ${String(faults[kind]).padStart(9)}  ${kind}`);
  const points = new Set(told.flatMap((one) => Object.keys(one.points)));
  const killed = added(
    told.map((one) => Object.fromEntries(Object.entries(one.points).map(([point, { killed }]) => [point, killed]))),
  );
  const covered = [...points].filter((point) => (killed[point] ?? 0) > 0);
  console.log(
    `${covered.length} of ${points.size} crash points were crashed at, ${sum(Object.values(killed))} times in all`,
  );
  if (told.length === 1) console.log(`trace ${told[0]?.trace}`);
  const payments = sum(told.map((one) => one.payments));
  const violations = sum(told.map((one) => one.violations.length));
  const kinds = Object.values(faults).filter((count) => count > 0).length;
  console.log(
    `${payments} payments, ${sum(Object.values(faults))} faults of ${kinds} kinds, ${(payments / seconds).toFixed(1)} payments a second: ${violations} violations`,
  );
  return violations === 0 ? 0 : 1;
}

function tellStory({ seed, payments, violations, stories }: Told): void {
  for (const { subject, what } of violations.slice(0, MOST_STORIES)) {
    console.log(`\n${subject}: ${what}`);
    for (const line of stories[subject] ?? []) console.log(`  ${line}`);
  }
  console.log(`\nto see it again: npm run simulate -- --payments ${payments} --seed ${seed} --trace FILE\n`);
}

function added(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const one of counts) for (const [name, count] of Object.entries(one)) all[name] = (all[name] ?? 0) + count;
  return all;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
