import { join } from "node:path";
import { checkDatabase } from "@caravela/platform/postgres/check";
import { readDirectUrl } from "@caravela/platform/postgres/database-settings";
import { migrate } from "@caravela/platform/postgres/migrate";
import { createPool } from "@caravela/platform/postgres/pool";
import { type Environment, readTogether } from "@caravela/platform/settings";
import { type Output, PEOPLE } from "./output.ts";

const packages = join(import.meta.dirname, "..", "..");

const OF_THE_SERVER = { schema: "caravela", folder: join(packages, "server", "migrations") };

/** The schema of each program and the files that make it. */
export const SCHEMAS = [OF_THE_SERVER, { schema: "sibs_gateway", folder: join(packages, "gateway", "migrations") }];

/** Migrates both programs' schemas, while programs of the version before work on it, unless none does. */
export async function migrateAll(
  env: Environment,
  { alone = false }: { readonly alone?: boolean } = {},
  output: Output = PEOPLE,
): Promise<void> {
  const { url, name } = readTogether(env, readDirectUrl);
  await checkDatabase(url, name);
  for (const { schema, folder } of SCHEMAS) {
    await migrate({ url, schema, folder, alone });
    if (schema === OF_THE_SERVER.schema) await listAll(url, output);
  }
  const names = SCHEMAS.map(({ schema }) => schema);
  output.result(
    { upToDate: names },
    names.map((schema) => `schema ${schema} is up to date`),
  );
}

/** What is stored is found by lists and searches before a server of this version starts. */
async function listAll(url: string, output: Output): Promise<void> {
  const { listUnlisted, SCHEMA } = await import("@caravela/server");
  const pool = createPool({ url, schema: SCHEMA, bareNames: "none", max: 1, statementLimitMs: null });
  try {
    await listUnlisted(pool, {
      info: (_about, text) => output.note(text),
      error: (about, text) => console.error(`${text}: ${JSON.stringify(about)}`),
    });
  } finally {
    await pool.end();
  }
}
