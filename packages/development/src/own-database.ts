import { CannotStart } from "@caravela/platform/cannot-start";
import { makeDatabase, type TestDatabase } from "@caravela/platform/testing/database";
import { joinSharedPostgres, OWN_DATABASE } from "./shared.ts";

/**
 * Makes a database: in the PostgreSQL of that address, whose user may make databases, or else in the one that programs
 * of this user share.
 * @throws CannotStart when there is none, or it may not be made
 */
export async function ownDatabase(server: string | null): Promise<TestDatabase> {
  if (server !== null) return makeDatabase(server, OWN_DATABASE).catch(refused);
  const shared = await joinSharedPostgres();
  try {
    const { url, drop } = await makeDatabase(shared.url, OWN_DATABASE);
    return { url, drop: () => drop().finally(() => shared.leave()) };
  } catch (error) {
    await shared.leave();
    throw error;
  }
}

/** 42501 is what PostgreSQL says when its user may not. The address, which holds a password, is not repeated. */
function refused(error: Error & { code?: string }): never {
  if (error.code !== "42501") {
    // of a name with two addresses, each of which failed, there is a code alone
    const why = error.message || error.code;
    throw new CannotStart(
      `That PostgreSQL cannot be used (${why}): check databaseUrl or DATABASE_URL, and that it runs.`,
    );
  }
  const says = "The user of this PostgreSQL may not make databases: `alter role … createdb`, or name another user.";
  throw new CannotStart(says, { cause: error });
}
