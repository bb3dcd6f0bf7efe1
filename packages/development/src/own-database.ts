import { makeDatabase, type TestDatabase } from "@caravela/platform/testing/database";
import { joinSharedPostgres, OWN_DATABASE } from "./shared.ts";

/**
 * Makes a database: in the PostgreSQL of that address, whose user may make databases, or else in the one that programs
 * of this user share.
 * @throws CannotStart when there is none; Error as PostgreSQL says it
 */
export async function ownDatabase(server: string | null): Promise<TestDatabase> {
  if (server !== null) return makeDatabase(server, OWN_DATABASE);
  const shared = await joinSharedPostgres();
  try {
    const { url, drop } = await makeDatabase(shared.url, OWN_DATABASE);
    return { url, drop: () => drop().finally(() => shared.leave()) };
  } catch (error) {
    await shared.leave();
    throw error;
  }
}
