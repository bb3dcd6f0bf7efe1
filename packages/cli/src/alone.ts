import { checkDatabase } from "@caravela/platform/postgres/check";
import { openDataFolder } from "@caravela/platform/postgres/data-folder";
import { startEmbeddedPostgres } from "@caravela/platform/postgres/embedded";
import type { Environment } from "@caravela/platform/settings";
import { buildWebIfStale } from "@caravela/web/build";
import type { Running } from "./program.ts";
import { readDataFolder } from "./start-settings.ts";

/**
 * Starts one program as it is used alone: with its pages built and, unless `DATABASE_URL` names a PostgreSQL, one brought along, which ends
 * with it. @throws CannotStart when another program of ours uses that one already: then both need a `DATABASE_URL`.
 */
export async function startAlone(env: Environment, start: (env: Environment) => Promise<Running>): Promise<Running> {
  await buildWebIfStale();
  const given = env.DATABASE_URL?.trim() ?? "";
  if (given !== "") {
    await checkDatabase(given);
    return start(env);
  }
  const postgres = await startEmbeddedPostgres({ dataFolder: openDataFolder(readDataFolder(env)) });
  try {
    const running = await start({ ...env, DATABASE_URL: postgres.url });
    console.log(`listening at ${running.url}`);
    return { url: running.url, close: () => running.close().finally(() => postgres.stop()) };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
