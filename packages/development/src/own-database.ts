import { randomBytes } from "node:crypto";
import pg from "pg";
import { joinSharedPostgres, OWN_DATABASE } from "./shared.ts";

/** A database of one's own, beside those of others. */
export interface OwnDatabase {
  readonly url: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * Makes a database: in the PostgreSQL of that address, whose user may make databases, or else in the one that programs
 * of this user share.
 * @throws CannotStart when there is none; Error as PostgreSQL says it
 */
export async function ownDatabase(server: string | null): Promise<OwnDatabase> {
  const name = `${OWN_DATABASE}${randomBytes(8).toString("hex")}`;
  const joined = server === null ? await joinSharedPostgres() : null;
  const url = joined?.url ?? server ?? "";
  try {
    await administer(url, `create database ${name}`);
  } catch (error) {
    await joined?.leave();
    throw error;
  }
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    drop: async () => {
      await administer(url, `drop database if exists ${name} with (force)`);
      await joined?.leave();
    },
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
