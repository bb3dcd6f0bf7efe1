import { randomInt } from "node:crypto";
import { chmodSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@caravela/development/embedded";
import { buildWebIfStale } from "@caravela/web/build";
import { HELP, type Options, readOptions } from "./options.ts";
import { batchesOf } from "./plan.ts";
import { closingLine, type Tally } from "./report.ts";
import { sendBy } from "./workers.ts";

/** How often it is said how far it has come, in milliseconds. */
const SAID_EACH_MS = 10_000;

const options = readOptions(process.argv.slice(2), {
  seed: randomInt(1_000_000),
  day: new Date().toISOString().slice(0, 10),
  workers: availableParallelism(),
});
if (options === null) console.log(HELP);
else process.exitCode = await run(options);

/** @returns what the process ends with */
async function run(asked: Options): Promise<number> {
  await buildWebIfStale();
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "caravela-fuzz-"));
  chmodSync(folder, 0o755); // as root, PostgreSQL runs as another user
  const postgres = await startEmbeddedPostgres({ dataFolder: folder, durable: false });
  const end = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    process.once(signal, () => void end().then(() => process.exit(code)));
  }
  const begun = performance.now();
  try {
    const tallies = await sendAll(asked, postgres.url, begun);
    const seconds = (performance.now() - begun) / 1_000;
    const inputs = tallies.reduce((sum, one) => sum + one.inputs, 0);
    console.log(
      `${Math.round(inputs / seconds)} inputs a second for ${Math.round(seconds)} s; answered by ${byStatus(tallies)}`,
    );
    console.log(closingLine(tallies, asked.seed));
    return tallies.some(({ violations }) => violations.length > 0) ? 1 : 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    await end();
  }
}

/** Has as many workers as are asked for send all batches, and tells how far it has come, and of what was found. */
async function sendAll(asked: Options, postgres: string, begun: number): Promise<Tally[]> {
  const batches = batchesOf(asked);
  const total = batches.reduce((sum, { inputs }) => sum + inputs, 0);
  const tallies: Tally[] = [];
  let sent = 0;
  let saidAt = begun;
  console.log(`sending ${total} inputs with --seed ${asked.seed} --day ${asked.day}`);
  const progress = (inputs: number) => {
    sent += inputs;
    const now = performance.now();
    if (now - saidAt < SAID_EACH_MS) return;
    saidAt = now;
    console.log(`${sent} of ${total}, ${Math.round(sent / ((now - begun) / 1_000))} a second`);
  };
  const done = (tally: Tally) => {
    tallies.push(tally);
    for (const { text } of tally.violations) console.log(`\n${text}\n`);
  };
  await sendBy(asked.workers, batches, { postgres, done, progress });
  return tallies;
}

function byStatus(tallies: readonly Tally[]): string {
  const all = new Map<string, number>();
  for (const { statuses } of tallies)
    for (const [status, count] of Object.entries(statuses)) all.set(status, (all.get(status) ?? 0) + count);
  return [...all]
    .sort()
    .map(([status, count]) => `${status === "0" ? "none" : status} ${count}`)
    .join(", ");
}
