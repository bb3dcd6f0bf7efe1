import { chmod, mkdtemp } from "node:fs/promises";
import { join } from "node:path";

/** The environment variable in which the test run leaves its own temporary folder. */
export const TEST_FOLDER = "CARAVELA_TEST_FOLDER";

/**
 * A temporary folder that everybody may enter, as the database's user must. It goes with the test run, and so does a
 * PostgreSQL that was left running in it.
 */
export async function testFolder(): Promise<string> {
  const parent = process.env[TEST_FOLDER];
  if (parent === undefined) throw new Error(`${TEST_FOLDER} is not set: testFolder() works in tests run by Vitest`);
  const folder = await mkdtemp(join(parent, "folder-"));
  await chmod(folder, 0o755);
  return folder;
}
