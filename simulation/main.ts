import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { buildWebIfStale } from "@caravela/web/build";
import { KeptRuns } from "./kept.ts";
import { Living } from "./living.ts";
import { huntMutations } from "./mutations/table.ts";
import { shrunk } from "./shrink.ts";
import type { Asked, Told } from "./told.ts";
import { FAULT_KINDS, type FaultKind } from "./weather.ts";

/** So many payments share a world: a seed tells of at most so many. */
const PAYMENTS_A_RUN = 500;
/** Of so many violations the story is told. */
const MOST_STORIES = 3;

/** Of each crash point of a long run we want so many crashes. */
const ENOUGH_CRASHES = 1_000;

/** So many payments are lived with a mistake before it counts as missed. */
const MOST_WITH_A_MISTAKE = 10_000;

const USAGE = `npm run simulate -- [--payments N] [--seed S] [--only KINDS] [--trace FILE]
npm run simulate -- --kept FILE --seed S [--payments N] [--only KINDS]
npm run simulate -- --mutations [--payments N] [--seed S] [--named WORDS]

  --payments N   how many payments are lived, ${PAYMENTS_A_RUN} to a run (default ${PAYMENTS_A_RUN});
                 with --mutations, how many at most with each mistake (default ${MOST_WITH_A_MISTAKE})
  --seed S       of the first run; those after it have the numbers that follow (default: by chance)
  --only KINDS   the kinds of faults that happen, by commas; "" for none (default: all)
  --trace FILE   writes all that happened, line by line: one run alone
  --kept FILE    what each run came to is added to it, unless something was wrong; what is there already, of the same
                 code, is not lived again, and counts
  --mutations    puts mistakes into the code, one by one, and prints by what each is caught
  --named WORDS  only the mistakes whose names have these words`;

const options = read();
if (options === null) {
  console.error(USAGE);
  process.exit(2);
}
await buildWebIfStale();
process.exitCode = options.mutations ? await huntMutations(options) : await simulate(options);

interface Options {
  readonly payments: number;
  readonly seed: number;
  readonly trace: string | null;
  readonly only: readonly FaultKind[] | null;
  readonly mutations: boolean;
  readonly named: string;
  readonly kept: string | null;
}

/** What is asked for; null: it cannot be. */
function read(): Options | null {
  try {
    const text = { type: "string" } as const;
    const { values } = parseArgs({
      options: {
        payments: text,
        seed: text,
        trace: text,
        only: text,
        kept: text,
        named: text,
        mutations: { type: "boolean" },
      },
    });
    const { trace = null, kept = null, named = "", mutations = false } = values;
    const payments = Number(values.payments ?? (mutations ? MOST_WITH_A_MISTAKE : PAYMENTS_A_RUN));
    const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
    const only = values.only === undefined ? null : values.only.split(",").filter((kind) => kind !== "");
    const isWhole = [payments, seed].every((one) => Number.isSafeInteger(one) && one >= 0) && payments > 0;
    const isKnown = only === null || only.every((kind) => (FAULT_KINDS as readonly string[]).includes(kind));
    const isOfOne = mutations
      ? trace === null && only === null && kept === null
      : trace === null || payments <= PAYMENTS_A_RUN;
    const isTakenUp = kept === null || (trace === null && values.seed !== undefined);
    if (!isWhole || !isKnown || !isOfOne || !isTakenUp || (named !== "" && !mutations)) return null;
    return { payments, seed, trace, only: only as FaultKind[] | null, mutations, named, kept };
  } catch {
    return null;
  }
}

/** Lives all runs, as many at once as there are cores, and tells what came of it. Gives the exit code. */
async function simulate({ payments, seed, trace, only, kept }: Options): Promise<number> {
  const start = performance.now();
  const runs = Array.from({ length: Math.ceil(payments / PAYMENTS_A_RUN) }, (_, place): Asked => {
    const left = payments - place * PAYMENTS_A_RUN;
    return { seed: seed + place, payments: Math.min(left, PAYMENTS_A_RUN), trace, only, untilWrong: false };
  });
  console.log(`seed ${seed}, ${payments} payments in ${runs.length} run${runs.length === 1 ? "" : "s"}`);
  const keeper = new KeptRuns(kept);
  const told: Told[] = runs.flatMap((asked) => keeper.of(asked) ?? []);
  const [livedBefore, madeBefore] = [told.length, made(told)];
  if (livedBefore > 0) console.log(`${livedBefore} of them ${livedBefore === 1 ? "is" : "are"} in ${kept}`);
  const failed: { readonly asked: Asked; readonly told: Told }[] = [];
  const waiting = runs.filter((asked) => keeper.of(asked) === null);
  const worker = async () => {
    const living = new Living();
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const one = await living.live(next);
      keeper.keep(next, one);
      told.push(one);
      if (one.violations.length > 0) failed.push({ asked: next, told: one });
      const [begun, wrong] = [sum(told.map((one) => one.payments)), told.flatMap((one) => one.violations).length];
      if (process.stdout.isTTY) process.stdout.write(`\r${begun} of ${payments} payments, ${wrong} violations `);
    }
    await living.end();
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), waiting.length) }, worker));
  if (process.stdout.isTTY) process.stdout.write("\n");
  const seconds = (performance.now() - start) / 1_000;
  for (const one of failed.slice(0, MOST_STORIES)) tellStory(one.told);
  const [first] = failed;
  if (first !== undefined) await tellShrunk(first.asked, first.told);
  return report(told, told.length === livedBefore ? null : (made(told) - madeBefore) / seconds);
}

/** @param perSecond how many payments were made a second, of those that were lived just now; null: none was */
function report(told: readonly Told[], perSecond: number | null): number {
  const faults = added(told.map((one) => one.faults));
  for (const kind of FAULT_KINDS)
    if (faults[kind] !== undefined) console.log(`  ${String(faults[kind]).padStart(9)}  ${kind}`);
  const points = new Set(told.flatMap((one) => Object.keys(one.points)));
  const killed = added(
    told.map((one) => Object.fromEntries(Object.entries(one.points).map(([point, { killed }]) => [point, killed]))),
  );
  const crashedAt = (least: number) => [...points].filter((point) => (killed[point] ?? 0) >= least).length;
  console.log(
    `${crashedAt(1)} of ${points.size} crash points were crashed at, ${crashedAt(ENOUGH_CRASHES)} of them ${ENOUGH_CRASHES} times or more, ${sum(Object.values(killed))} times in all`,
  );
  if (told.length === 1) console.log(`trace ${told[0]?.trace}`);
  const payments = sum(told.map((one) => one.payments));
  const violations = sum(told.map((one) => one.violations.length));
  const kinds = Object.values(faults).filter((count) => count > 0).length;
  const pace = perSecond === null ? "all lived before" : `${perSecond.toFixed(1)} made a second`;
  console.log(
    `${payments} payments begun and ${made(told)} made, ${sum(Object.values(faults))} faults of ${kinds} kinds, ${pace}: ${violations} violations`,
  );
  return violations === 0 ? 0 : 1;
}

function tellStory({ violations, stories }: Told): void {
  for (const { subject, what } of violations.slice(0, MOST_STORIES)) {
    console.log(`\n${subject}: ${what}`);
    for (const line of stories[subject] ?? []) console.log(`  ${line}`);
  }
}

/** What mattered of a run that failed, and how to see it again. */
async function tellShrunk(asked: Asked, failed: Told): Promise<void> {
  console.log("\nleaving out what does not matter");
  const living = new Living();
  const { payments, only, told } = await shrunk(asked, failed, (less) => living.live(less));
  await living.end();
  tellStory({ ...told, violations: told.violations.slice(0, 1) });
  console.log(`\nthe faults that mattered: ${only.length === 0 ? "none" : only.join(", ")}`);
  const again = `--payments ${payments} --seed ${asked.seed} --only "${only.join(",")}" --trace FILE`;
  console.log(`to see it again: npm run simulate -- ${again}\n`);
}

function made(told: readonly Told[]): number {
  return sum(told.map((one) => one.made));
}

function added(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const all: Record<string, number> = {};
  for (const one of counts) for (const [name, count] of Object.entries(one)) all[name] = (all[name] ?? 0) + count;
  return all;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
