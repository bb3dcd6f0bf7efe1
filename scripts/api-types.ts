/**
 * Writes the types of `@caravela/client` anew, from the description that this version's server gives of its API:
 *
 *     npm run api-types
 */
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@caravela/development/embedded";
import { migrateAll } from "../packages/cli/src/migrate.ts";
import { API_TYPES, apiTypes } from "../packages/client/types/print.ts";
import { setStage } from "../tests/support/stage.ts";

const folder = await mkdtemp(join(tmpdir(), "caravela-api-types-"));
await chmod(folder, 0o755); // the database's user must be able to enter it
const postgres = await startEmbeddedPostgres({ dataFolder: folder, durable: false });
try {
  await migrateAll({ DATABASE_URL: postgres.url });
  const stage = await setStage({}, { database: Promise.resolve({ url: postgres.url, drop: async () => {} }) });
  try {
    const { body } = await stage.api("GET", "/openapi.json");
    await writeFile(API_TYPES, await apiTypes(body));
  } finally {
    await stage.close();
  }
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
