import pg from "pg";
import { CannotStart } from "../cannot-start.ts";
import { placeOf } from "./hosts.ts";
import { addressOfPrimary } from "./primary.ts";

const OLDEST = 15;

/**
 * Sees whether the PostgreSQL that a setting names can be used.
 * @throws CannotStart saying why not; never with the password.
 */
export async function checkDatabase(url: string, name = "DATABASE_URL"): Promise<void> {
  const place = placeIn(url, name);
  try {
    refuseOld(await versionAt(url), name);
  } catch (error) {
    if (error instanceof CannotStart) throw error;
    throw new CannotStart(
      `${name}: ${place} cannot be used (${reasonOf(error)}): check the address, the user and that it runs.`,
      { cause: error },
    );
  }
}

async function versionAt(url: string): Promise<number> {
  const connectionString = await addressOfPrimary(url);
  // reads the files of certificates that the address names, too
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version_num: string }>("show server_version_num");
    return Number(rows[0]?.server_version_num);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function refuseOld(version: number, name: string): void {
  const major = Math.floor(version / 10_000);
  if (major < OLDEST) throw new CannotStart(`${name} names a PostgreSQL ${major}: ${OLDEST} or newer is needed.`);
}

function placeIn(url: string, name: string): string {
  try {
    return placeOf(url);
  } catch (error) {
    throw new CannotStart(
      `${name} is not the address of a PostgreSQL: postgres://user:password@host:5432/database is its form.`,
      { cause: error },
    );
  }
}

/** A name that resolves to two addresses fails with an error of errors that says nothing itself. */
function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return (message || code || "no reason given").replace(/\s+/g, " ");
}
