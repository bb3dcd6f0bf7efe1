import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Kysely, PostgresDialect, type PostgresPoolClient, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import type { Log } from "../log.ts";
import { createPool, type Pool } from "./pool.ts";

/** A fixed number that all of our programs lock while they migrate; any other would do. */
const MIGRATION_LOCK = 5_207_142_031;

/** A schema, the folder with the numbered files (`0001-first.sql`) that make it, and up to which of them: the newest, unless one is named. */
export interface MigrateOptions {
  readonly url: string;
  readonly schema: string;
  readonly folder: string;
  readonly upTo?: string;
  readonly log?: Log;
}

/**
 * Brings the schema up by the folder's files, all or none of them. Two programs that start at once take turns.
 * @throws Error naming the file that failed.
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const pool = createPool({ url: options.url, schema: options.schema, max: 2, statementLimitMs: null });
  try {
    await takingTurns(pool, async () => {
      await pool.query(`create schema if not exists ${options.schema}`);
      await runMigrations(pool, options);
    });
  } finally {
    await pool.end();
  }
}

async function takingTurns(pool: Pool, work: () => Promise<void>): Promise<void> {
  const connection = await pool.connect();
  try {
    await connection.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await work();
    await connection.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    connection.release();
  } catch (error) {
    connection.release(true); // closing the session gives the lock back, whatever state it is in
    throw error;
  }
}

/** The names of the folder's files in their order, without `.sql`: as the database keeps them once they have run. */
export async function migrationsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.+\.sql$/.test(name));
  return names.map((name) => name.replace(/\.sql$/, "")).sort();
}

async function runMigrations(pool: Pool, { schema, folder, upTo, log }: MigrateOptions) {
  // it asks for whole rows only, never through a cursor
  const connect = () => pool.connect() as Promise<unknown> as Promise<PostgresPoolClient>;
  const migrator = new Migrator({
    db: new Kysely({ dialect: new PostgresDialect({ pool: { connect, end: () => pool.end(), options: {} } }) }),
    provider: { getMigrations: () => readMigrations(folder) },
    migrationTableSchema: schema,
    migrationTableName: "migration",
    migrationLockTableName: "migration_lock",
  });
  const { error, results = [] } = await (upTo === undefined ? migrator.migrateToLatest() : migrator.migrateTo(upTo));
  for (const { migrationName, status } of results) {
    if (status === "Success") log?.info({ schema, migration: migrationName }, "migrated");
    if (status === "Error")
      throw new Error(`migration ${schema}/${migrationName} failed: ${String(error)}`, { cause: error });
  }
  if (error !== undefined) throw error;
}

async function readMigrations(folder: string): Promise<Record<string, Migration>> {
  const entries = (await migrationsIn(folder)).map(async (name): Promise<[string, Migration]> => {
    const text = await readFile(join(folder, `${name}.sql`), "utf8");
    return [name, { up: async (db) => void (await sql.raw(text).execute(db)) }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
