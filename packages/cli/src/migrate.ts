import { join } from "node:path";
import { checkDatabase } from "@caravela/platform/postgres/check";
import { readDirectUrl } from "@caravela/platform/postgres/database-settings";
import { migrate } from "@caravela/platform/postgres/migrate";
import { type Environment, readTogether } from "@caravela/platform/settings";

const packages = join(import.meta.dirname, "..", "..");

/** The schema of each program and the files that make it. */
export const SCHEMAS = [
  { schema: "caravela", folder: join(packages, "server", "migrations") },
  { schema: "sibs_gateway", folder: join(packages, "gateway", "migrations") },
];

/** Migrates both programs' schemas, while programs of the version before work on it, unless none does. */
export async function migrateAll(env: Environment, { alone = false } = {}): Promise<void> {
  const { url, name } = readTogether(env, readDirectUrl);
  await checkDatabase(url, name);
  for (const { schema, folder } of SCHEMAS) {
    await migrate({ url, schema, folder, alone });
    console.log(`schema ${schema} is up to date`);
  }
}
