import { checkDatabase } from "@caravela/platform/postgres/check";
import { openDataFolder } from "@caravela/platform/postgres/data-folder";
import { startEmbeddedPostgres } from "@caravela/platform/postgres/embedded";
import type { Environment } from "@caravela/platform/settings";
import { endInTime, type Running } from "./program.ts";
import { readDataFolder } from "./start-settings.ts";

/** A program that can be used alone. */
export interface Alone<Settings extends { readonly databaseUrl: string }> {
  /** @throws SettingsError naming each setting at fault. */
  readonly read: (env: Environment) => Settings;
  readonly start: (settings: Settings) => Promise<Running>;
}

/** Read in the place of an address that is known only when the PostgreSQL that comes along runs. */
const EMBEDDED = "postgres://embedded";

/** Its PostgreSQL needs a moment too. */
const PROGRAM_LIMIT_MS = 5_000;

/**
 * Starts one program as it is used alone: unless `DATABASE_URL` names a PostgreSQL, one brought along, which ends
 * with it, and which nobody else migrates. Its settings are read before anything is started.
 * @throws CannotStart when another program of ours uses that one already: then both need a `DATABASE_URL`.
 */
export async function startAlone<Settings extends { readonly databaseUrl: string }>(
  env: Environment,
  { read, start }: Alone<Settings>,
): Promise<Running> {
  const isGiven = (env.DATABASE_URL?.trim() ?? "") !== "";
  const settings = read(isGiven ? env : { ...env, DATABASE_URL: EMBEDDED, CARAVELA_MIGRATE: "1" });
  if (isGiven) {
    await checkDatabase(settings.databaseUrl);
    return start(settings);
  }
  const postgres = await startEmbeddedPostgres({ dataFolder: openDataFolder(readDataFolder(env)) });
  try {
    const running = await start({ ...settings, databaseUrl: postgres.url });
    console.log(`listening at ${running.url}`);
    return { url: running.url, close: () => endInTime(running, PROGRAM_LIMIT_MS).finally(() => postgres.stop()) };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
