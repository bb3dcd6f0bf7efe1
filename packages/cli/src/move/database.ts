import { existsSync } from "node:fs";
import { join } from "node:path";
import { CannotStart } from "@caravela/platform/cannot-start";
import { checkDatabase } from "@caravela/platform/postgres/check";
import { readDirectUrl } from "@caravela/platform/postgres/database-settings";
import { addressOfPrimary } from "@caravela/platform/postgres/primary";
import { type Environment, readTogether } from "@caravela/platform/settings";
import pg from "pg";
import { startBroughtAlong } from "../brought-along.ts";
import { SCHEMAS } from "../migrate.ts";
import { readDataFolder } from "../start-settings.ts";
import type { TableHeader } from "./file.ts";

/** What the migrator keeps for itself: made by the migrations, and no data. */
const OF_THE_MIGRATOR = ["migration", "migration_lock", "migration_standing"];

/** Both ends write and read alike, whatever the database or its user is set to, and take as long as it takes. */
const SESSION = {
  statement_timeout: 0,
  lock_timeout: 0,
  idle_in_transaction_session_timeout: 0,
  search_path: "pg_catalog",
  timezone: "UTC",
  datestyle: "ISO",
  intervalstyle: "iso_8601",
  extra_float_digits: 1,
  bytea_output: "hex",
};

/**
 * Works on the database at DATABASE_URL, or on the embedded PostgreSQL's, which is started for it and ended.
 * @throws CannotStart when it cannot be used.
 */
export async function onDatabase<T>(env: Environment, work: (url: string) => Promise<T>): Promise<T> {
  if ((env.DATABASE_URL?.trim() ?? "") !== "") {
    const { url, name } = readTogether(env, readDirectUrl);
    await checkDatabase(url, name);
    return work(url);
  }
  const postgres = await startBroughtAlong(env);
  try {
    return await work(postgres.url);
  } finally {
    await postgres.stop();
  }
}

/** @throws CannotStart when there is no embedded PostgreSQL that has data, and none is named. */
export function refuseNoData(env: Environment): void {
  const folder = readDataFolder(env);
  if ((env.DATABASE_URL?.trim() ?? "") !== "" || existsSync(join(folder, "postgres"))) return;
  throw new CannotStart(`There is no data in ${folder}: set CARAVELA_DATA, or DATABASE_URL, to where it is.`);
}

/** Does the work in one transaction on a connection of its own: kept when it is done, undone when it throws. */
export async function transacting<T>(url: string, begin: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const settings = Object.entries(SESSION).map(([name, value]) => `set ${name} = '${value}'`);
  const client = new pg.Client({ connectionString: await addressOfPrimary(url), application_name: "caravela-move" });
  client.on("error", () => undefined); // whoever waits for an answer is told
  await client.connect();
  try {
    await client.query([...settings, "set client_encoding to 'UTF8'"].join("; "));
    await client.query(begin);
    const result = await work(client);
    await client.query("commit");
    return result;
  } finally {
    await client.end();
  }
}

const tablesSql = `
select nspname as schema, relname as table,
       array(select attname::text from pg_attribute
              where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attgenerated = '' order by attnum) as columns,
       array(select distinct other.relname::text from pg_constraint join pg_class as other on other.oid = confrelid
              where conrelid = pg_class.oid and contype = 'f' and confrelid <> conrelid) as "standsOn"
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace
 where nspname = any ($1) and relkind in ('r', 'p') and not relname = any ($2)
 order by nspname, relname`;

/** The tables of our schemas, each after those that it refers to. */
export async function tablesOf(client: pg.Client): Promise<TableHeader[]> {
  const { rows } = await client.query<TableHeader & { standsOn: string[] }>(tablesSql, [
    SCHEMAS.map(({ schema }) => schema),
    OF_THE_MIGRATOR,
  ]);
  const sorted: TableHeader[] = [];
  for (let left = rows; left.length > 0; ) {
    const waits = (one: (typeof rows)[number]) =>
      left.some(({ schema, table }) => schema === one.schema && one.standsOn.includes(table));
    const next = left.filter((one) => !waits(one));
    if (next.length === 0) throw new TypeError("tables refer to each other in a circle");
    sorted.push(...next.map(({ schema, table, columns }) => ({ schema, table, columns })));
    left = left.filter(waits);
  }
  return sorted;
}

/** The migrations that made each of our schemas that is there, in their order. */
export async function migrationsOf(client: pg.Client): Promise<Record<string, string[]>> {
  const made: Record<string, string[]> = {};
  for (const { schema } of SCHEMAS) {
    const { rows } = await client.query("select to_regclass($1) is not null as made", [`${schema}.migration`]);
    if (rows[0]?.made !== true) continue;
    const { rows: names } = await client.query<{ name: string }>(`select name from ${schema}.migration order by name`);
    made[schema] = names.map(({ name }) => name);
  }
  return made;
}

/** A table's name as SQL. */
export function quoted(client: pg.Client, { schema, table }: Pick<TableHeader, "schema" | "table">): string {
  return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`;
}

/** What is copied of a table: its name and its columns, as SQL. */
export function copied(client: pg.Client, header: TableHeader): string {
  return `${quoted(client, header)} (${header.columns.map((column) => client.escapeIdentifier(column)).join(", ")})`;
}
