import { join } from "node:path";
import { checkDatabase } from "@caravela/platform/postgres/check";
import { migrate } from "@caravela/platform/postgres/migrate";
import { databaseUrl, type Environment, readTogether, setting } from "@caravela/platform/settings";

const packages = join(import.meta.dirname, "..", "..");

/** The schema of each program and the files that make it. */
export const SCHEMAS = [
  { schema: "caravela", folder: join(packages, "server", "migrations") },
  { schema: "sibs_gateway", folder: join(packages, "gateway", "migrations") },
];

/** Migrates both programs' schemas in the database at DATABASE_URL, while programs of the version before work on it, unless none does. */
export async function migrateAll(env: Environment, { alone = false } = {}): Promise<void> {
  const url = readTogether(env, (reading) => setting(reading, "DATABASE_URL", { parse: databaseUrl, isSecret: true }));
  await checkDatabase(url);
  for (const { schema, folder } of SCHEMAS) {
    await migrate({ url, schema, folder, alone });
    console.log(`schema ${schema} is up to date`);
  }
}
