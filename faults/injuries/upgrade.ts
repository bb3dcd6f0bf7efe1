import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateAll } from "../../packages/cli/src/migrate.ts";
import type { Dice } from "../../simulation/dice.ts";
import { THIS_VERSION, type Version } from "../../tests/support/program.ts";
import { isInHistory, layOut, RELEASES } from "../../tests/support/release.ts";
import type { Town } from "../town/people.ts";
import { UPGRADE } from "./kinds.ts";
import { GIVEN_MS } from "./programs.ts";
import { recovery } from "./recovery.ts";
import type { Done } from "./schedule.ts";

/** The programs of the release before, laid out to be run. */
export interface Before {
  readonly commit: string;
  readonly version: Version;
  remove(): void;
}

/** Lays out the release before. Null: the history that came along does not reach back to it. */
export function layOutBefore(): Before | null {
  const commit = RELEASES[RELEASES.length - 1] ?? "";
  if (!isInHistory(commit)) return null;
  const home = mkdtempSync(join(realpathSync(tmpdir()), "caravela-faults-release-"));
  const folder = join(home, commit);
  mkdirSync(folder);
  const remove = () => rmSync(home, { recursive: true, force: true });
  process.once("exit", remove);
  layOut(commit, folder);
  return {
    commit,
    version: {
      main: join(folder, "packages", "cli", "src", "main.ts"),
      execPath: join(folder, "node_modules", ".bin", "node"),
      execArgv: ["--conditions=source", "--conditions=@caravela/source"],
    },
    remove,
  };
}

/**
 * Brings everybody from the release before to this version while people pay: the schema first, then one server after
 * the other, some of them killed instead of ended, and the gateway.
 */
export async function upgrade(town: Town, dice: Dice): Promise<Done> {
  const { ground } = town;
  const began = ground.now();
  await migrateAll({ DATABASE_URL: ground.postgres.url }, {}, SILENT);
  for (const { program } of [...ground.servers, { program: ground.gateway }]) {
    if (dice.happens(0.5)) await program.kill();
    else await program.end(GIVEN_MS);
    await ground.start(program, THIS_VERSION);
  }
  town.isOfBefore = false;
  const [ended, since] = [ground.now(), performance.now()];
  const { isThrough, tried } = await recovery(town, dice.more());
  const recoveredMs = isThrough ? performance.now() - since : null;
  if (!isThrough) town.till.diary.violated("other", null, `after the upgrade no payment went through: ${tried}`);
  return { kind: UPGRADE, where: "both servers and the gateway", began, ended, recoveredMs };
}

const nothing = () => undefined;
const SILENT = { result: nothing, item: nothing, note: nothing, fault: nothing };
