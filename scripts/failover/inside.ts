/** Runs what `npm run failover` was asked for, where network, mounts and processes are its own. */
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Asked, readArguments } from "./arguments.ts";
import { layNetwork } from "./machine.ts";
import { booksLine, closingLine, findingLines, linesOf, violationsOf } from "./report.ts";
import { type Trial, tryOut } from "./trial.ts";
import { whatIsPresent } from "./wanting.ts";

const [folder = "", ...words] = process.argv.slice(2);
const asked = readArguments(words);
if (asked !== null) process.exitCode = await run(asked, folder);

async function run({ replications, kinds, tries, seed, user, file, logs }: Asked, folder: string): Promise<number> {
  console.log(`seed ${seed}`);
  // seen by nobody else, and gone with us
  execFileSync("mount", ["-t", "tmpfs", "tmpfs", folder]);
  mkdirSync("/run/netns", { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "tmpfs", "/run/netns"]);
  const trials: Trial[] = [];
  layNetwork();
  for (const replication of replications) {
    const here = join(folder, replication);
    mkdirSync(here);
    const { postgres } = whatIsPresent();
    const secret = randomBytes(16).toString("hex");
    const site = { folder: here, logs: join(here, "logs"), postgres: postgres ?? "", secret, user, replication };
    try {
      trials.push(await tryOut(site, kinds, tries, seed));
    } finally {
      if (logs !== null) cpSync(site.logs, join(logs, replication), { recursive: true });
    }
  }
  for (const trial of trials) for (const line of linesOf(trial)) console.log(line);
  for (const trial of trials) for (const line of [booksLine(trial), ...findingLines(trial.findings)]) console.log(line);
  if (file !== null) writeFileSync(file, `${JSON.stringify({ seed, trials }, null, 2)}\n`);
  console.log(closingLine(trials, seed));
  return trials.some((trial) => violationsOf(trial) > 0) ? 1 : 0;
}
