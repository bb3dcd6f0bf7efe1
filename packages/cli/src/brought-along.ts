import type { EmbeddedPostgres } from "@caravela/development/embedded";
import type { Environment } from "@caravela/platform/settings";
import { readDataFolder } from "./start-settings.ts";

/** It is reached by one address, whatever is set of another, and nobody else migrates it. */
export const BROUGHT_ALONG = { DATABASE_DIRECT_URL: "", CARAVELA_DATABASE_POOLER: "none", CARAVELA_MIGRATE: "alone" };

/**
 * Starts the PostgreSQL that comes along, for whoever names none. It is development's, and loaded here: a program in
 * production, which names its own, does without.
 * `mayFetch`: also where npm has not brought it along yet.
 * @throws CannotStart when it cannot be started
 */
export async function startBroughtAlong(env: Environment, { mayFetch = false } = {}): Promise<EmbeddedPostgres> {
  const { openDataFolder } = await import("@caravela/development/data-folder");
  const { startEmbeddedPostgres } = await import("@caravela/development/embedded");
  return startEmbeddedPostgres({ dataFolder: openDataFolder(readDataFolder(env)), mayFetch });
}
