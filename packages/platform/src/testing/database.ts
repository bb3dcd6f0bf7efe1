import { randomBytes } from "node:crypto";
import pg from "pg";

/** The environment variable in which the test run leaves the address of its PostgreSQL. */
export const TEST_SERVER = "CARAVELA_TEST_POSTGRES";
/** The database with every schema migrated that `testDatabase` copies. */
export const TEMPLATE_DATABASE = "caravela_template";

/** A fresh database of one's own, beside those of others. */
export interface TestDatabase {
  readonly url: string;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * Makes a database with the schemas `caravela` and `sibs_gateway`, migrated and empty, in the PostgreSQL of this test
 * run.
 */
export function testDatabase(): Promise<TestDatabase> {
  return databaseFrom(TEMPLATE_DATABASE);
}

/** Makes a database of what statements of a dump make, in the PostgreSQL of this test run. */
export async function databaseOf(statements: string): Promise<TestDatabase> {
  const database = await databaseFrom("template0");
  await administer(database.url, statements);
  return database;
}

async function databaseFrom(template: string): Promise<TestDatabase> {
  const server = process.env[TEST_SERVER];
  if (server === undefined) throw new Error(`${TEST_SERVER} is not set: testDatabase() works in tests run by Vitest`);
  return makeDatabase(server, "test_", template);
}

/**
 * Makes a database at a PostgreSQL whose user may make some, its name by chance behind that beginning: an empty one, or
 * a copy of a template.
 */
export async function makeDatabase(server: string, beginning: string, template?: string): Promise<TestDatabase> {
  const name = `${beginning}${randomBytes(8).toString("hex")}`;
  const copied = template === undefined ? "" : ` template ${template} strategy file_copy`;
  await administer(server, `create database ${name}${copied}`);
  const own = new URL(server);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => administer(server, `drop database if exists ${name} with (force)`) };
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
