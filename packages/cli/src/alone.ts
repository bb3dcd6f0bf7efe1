import { checkDatabase } from "@caravela/platform/postgres/check";
import type { DatabaseSettings } from "@caravela/platform/postgres/database-settings";
import type { Environment } from "@caravela/platform/settings";
import { BROUGHT_ALONG, startBroughtAlong } from "./brought-along.ts";
import { endInTime, type Running } from "./program.ts";

/** A program that can be used alone. */
export interface Alone<Settings extends DatabaseSettings> {
  /** @throws SettingsError naming each setting at fault. */
  readonly read: (env: Environment) => Settings;
  readonly start: (settings: Settings) => Promise<Running>;
  /** Whether a PostgreSQL may be fetched for it: what is for trying things out, and never for production. */
  readonly mayFetch: boolean;
}

/** Read in the place of an address that is known only when the PostgreSQL that comes along runs. */
const EMBEDDED = { DATABASE_URL: "postgres://embedded", ...BROUGHT_ALONG };

/** Its PostgreSQL needs a moment too. */
const PROGRAM_LIMIT_MS = 5_000;

/**
 * Starts one program as it is used alone: unless `DATABASE_URL` names a PostgreSQL, one brought along, which ends
 * with it, and which nobody else migrates. Its settings are read before anything is started.
 * @throws CannotStart when another program of ours uses that one already: then both need a `DATABASE_URL`.
 */
export async function startAlone<Settings extends DatabaseSettings>(
  env: Environment,
  { read, start, mayFetch }: Alone<Settings>,
): Promise<Running> {
  const isGiven = (env.DATABASE_URL?.trim() ?? "") !== "";
  const settings = read(isGiven ? env : { ...env, ...EMBEDDED });
  if (isGiven) {
    await checkDatabase(settings.databaseUrl);
    if (settings.databaseDirectUrl) await checkDatabase(settings.databaseDirectUrl, "DATABASE_DIRECT_URL");
    return start(settings);
  }
  const postgres = await startBroughtAlong(env, { mayFetch });
  try {
    const running = await start({ ...settings, databaseUrl: postgres.url });
    console.log(`listening at ${running.url}`);
    return { url: running.url, close: () => endInTime(running, PROGRAM_LIMIT_MS).finally(() => postgres.stop()) };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
