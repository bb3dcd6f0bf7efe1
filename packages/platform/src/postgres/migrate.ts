import { CannotStart } from "../cannot-start.ts";
import type { Log } from "../log.ts";
import { pause } from "../timer.ts";
import { DatabaseAway } from "./away.ts";
import { type MigrationFile, numberOf, readMigrations, statementsOf } from "./migrations.ts";
import { type Connection, createPool } from "./pool.ts";
import { newer, type Standing, standingOf } from "./schema-version.ts";

/** A fixed number that all of our programs lock while they migrate; any other would do. */
const MIGRATION_LOCK = 5_207_142_031;
/**
 * How often whoever waits for its turn looks. It does not wait inside a statement: building an index concurrently would
 * wait for that one in turn.
 */
const TURN_MS = 100;

/**
 * Whoever waits for a table's lock makes everybody wait who comes after: so it waits for a moment only, and tries
 * again. Shorter than the second after which PostgreSQL looks for a deadlock: where a file and somebody's statement
 * wait for one another, it is the file that gives way.
 */
const LOCK_LIMIT_MS = 500;
const LOCK_TRIES = 90;
const BETWEEN_TRIES_MS = 500;

/**
 * A schema, the folder with the numbered files (`0001-first.sql`) that make it, and up to which of them: the newest,
 * unless one is named.
 */
export interface MigrateOptions {
  /** A direct address: through a pooler there is no migrating. */
  readonly url: string;
  readonly schema: string;
  readonly folder: string;
  readonly upTo?: string;
  /** Whether no program of a version before works on the schema, so that what such a one needs may go. */
  readonly alone?: boolean;
  readonly log?: Log;
}

/**
 * Brings the schema up by the folder's files, one after the other; begun again, it goes on where it was. Programs of
 * the version before may go on working on it. Two that start at once take turns. Files that a newer version has run are
 * left as they are.
 * @throws CannotStart when programs of the version before would be left behind, or the schema no longer serves this
 * version
 * @throws Error naming the file that failed
 */
export async function migrate(options: MigrateOptions): Promise<void> {
  const { schema, url } = options;
  const pool = createPool({ url, schema, max: 1, statementLimitMs: null });
  try {
    const connection = await pool.connect();
    try {
      const files = await readMigrations(options.folder);
      const ground = { connection, schema, known: files.at(-1)?.number ?? 0 };
      const wanted = files.filter(({ name }) => name <= (options.upTo ?? name));
      if (await isUpToDate(ground, wanted)) return;
      await takeTurn(connection);
      await bringUp(ground, wanted, options);
    } catch (error) {
      throw isForbidden(error) ? forbidden(schema, error) : error;
    } finally {
      connection.release(true); // closing the session gives the lock back, whatever state it is in
    }
  } finally {
    await pool.end();
  }
}

function isForbidden(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return code === "42501" || cause?.code === "42501";
}

function forbidden(schema: string, error: unknown): CannotStart {
  const says = `The role of this address may not change the schema ${schema}: run it with the role that migrates, as docs/upgrading.md has it.`;
  return new CannotStart(says, { cause: error });
}

interface Ground {
  readonly connection: Connection;
  readonly schema: string;
  /** The number of the newest file that this version has. */
  readonly known: number;
}

async function takeTurn(connection: Connection): Promise<void> {
  for (;;) {
    const { rows } = await connection.query("select pg_try_advisory_lock($1) as taken", [MIGRATION_LOCK]);
    if (rows[0]?.taken === true) return;
    await pause(TURN_MS);
  }
}

/** Nothing is to be done, and so no right to change anything is needed. */
async function isUpToDate(ground: Ground, files: readonly MigrationFile[]): Promise<boolean> {
  const standing = await standingOf(ground.connection, ground.schema);
  refuseNewer(ground, standing);
  const done = await doneIn(ground);
  return standing !== null && files.every(({ name }) => done.has(name));
}

function refuseNewer({ schema, known }: Ground, standing: Standing | null): void {
  if (standing === null || standing.serves <= known) return;
  throw new CannotStart(newer(schema, standing, known));
}

async function bringUp(ground: Ground, files: readonly MigrationFile[], { alone, log }: MigrateOptions): Promise<void> {
  const { connection, schema } = ground;
  await connection.query(`set search_path = ${schema}`);
  await makeRecord(ground);
  const done = await doneIn(ground);
  const pending = files.filter(({ name }) => !done.has(name));
  await recordStanding(ground, Math.max(0, ...[...done].map(numberOf)), 0);
  const standing = await standingOf(connection, schema);
  refuseNewer(ground, standing);
  if (done.size > 0 && alone !== true) refuseToLeaveBehind(schema, standing?.version ?? 0, pending);
  for (const file of pending) {
    log?.info({ schema, migration: file.name }, STARTING[file.way]);
    try {
      await WAYS[file.way](ground, file);
    } catch (error) {
      throw new Error(`migration ${schema}/${file.name} failed: ${reasonOf(error)}`, { cause: error });
    }
    log?.info({ schema, migration: file.name }, "migrated");
  }
}

/** Who ran the schema up to where it stands may still be running, and knows no more than that. */
function refuseToLeaveBehind(schema: string, version: number, pending: readonly MigrationFile[]): void {
  const file = pending.find(({ serves }) => serves !== null && serves > version);
  if (file === undefined) return;
  throw new CannotStart(
    `The migration ${schema}/${file.name} takes away what programs of the version before need. Bring them to the version in between first; or end them all and run \`caravela migrate --alone\`. Nothing was changed.`,
  );
}

/** What is said before a file is run: it may take its time. */
const STARTING: Readonly<Record<MigrationFile["way"], string>> = {
  together: "migrating",
  concurrently: "migrating: waits until every transaction has ended that is open now, and lets others go on",
  "in batches": "migrating: part by part, and lets others go on",
};

const WAYS: Readonly<Record<MigrationFile["way"], (ground: Ground, file: MigrationFile) => Promise<void>>> = {
  together: (ground, file) =>
    whenLocksAreFree(() =>
      inOneTransaction(ground, LOCK_LIMIT_MS, async ({ connection }) => {
        await connection.query(file.text);
        await record(ground, file);
      }),
    ),
  concurrently: async (ground, file) => {
    for (const statement of statementsOf(file)) {
      await whenLocksAreFree(async () => {
        await dropUnfinished(ground, statement);
        await ground.connection.query(statement);
      });
    }
    await inOneTransaction(ground, 0, () => record(ground, file));
  },
  "in batches": async (ground, file) => {
    const { connection } = ground;
    for (const statement of statementsOf(file)) {
      let last: unknown = "";
      while (last !== null) {
        const { rows } = await whenLocksAreFree(() => connection.query<{ last: unknown }>(statement, [last]));
        last = rows[0]?.last ?? null;
      }
    }
    await inOneTransaction(ground, 0, () => record(ground, file));
  },
};

async function inOneTransaction(
  ground: Ground,
  lockLimitMs: number,
  work: (ground: Ground) => Promise<void>,
): Promise<void> {
  const { connection } = ground;
  await connection.query("begin");
  try {
    await connection.query(`set local lock_timeout = ${lockLimitMs}`);
    await work(ground);
    await connection.query("commit");
  } catch (error) {
    await connection.query("rollback").catch(() => undefined); // the first fault is the one to tell
    throw error;
  }
}

/** An index whose building was broken off is left INVALID: it serves no question, and stands in the way of its name. */
async function dropUnfinished({ connection, schema }: Ground, statement: string): Promise<void> {
  const name = /^create (?:unique )?index concurrently (?:if not exists )?(\w+) on /i.exec(statement)?.[1];
  if (name === undefined) return;
  const { rows } = await connection.query(
    "select from pg_index where indexrelid = to_regclass($1) and not indisvalid",
    [`${schema}.${name}`],
  );
  if (rows.length > 0) await connection.query(`drop index concurrently ${schema}.${name}`);
}

/** Tries again for a while what did not get a lock, or met somebody else's. */
async function whenLocksAreFree<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isOfLocks(error) || tries === LOCK_TRIES) throw error;
    }
    await pause(BETWEEN_TRIES_MS);
  }
}

function isOfLocks(error: unknown): boolean {
  return error instanceof DatabaseAway && /^(55P03|40P01|40001)$/.test(error.code ?? "");
}

function reasonOf(error: unknown): string {
  if (!isOfLocks(error)) return String(error);
  return "what it changes is in use by somebody who does not let go. pg_stat_activity shows who has a transaction open; then run it again";
}

/** What the migrator writes down: which files have run, how far that has come, and whom it serves. */
async function makeRecord({ connection, schema }: Ground): Promise<void> {
  const { rows } = await connection.query("select to_regnamespace($1) is not null as made", [schema]);
  if (rows[0]?.made !== true) await connection.query(`create schema ${schema}`);
  await connection.query(`
    create table if not exists ${schema}.migration (name varchar(255) primary key, timestamp varchar(255) not null);
    create table if not exists ${schema}.migration_standing (
      only_one boolean primary key default true check (only_one),
      -- the number of the newest file that has run
      version integer not null,
      -- code that knows this file, or a newer one, can work on the schema
      serves integer not null
    )`);
}

async function doneIn({ connection, schema }: Ground): Promise<Set<string>> {
  const { rows: made } = await connection.query("select to_regclass($1) is not null as made", [`${schema}.migration`]);
  if (made[0]?.made !== true) return new Set();
  const { rows } = await connection.query<{ name: string }>(`select name from ${schema}.migration`);
  return new Set(rows.map(({ name }) => name));
}

async function record(ground: Ground, { name, number, serves }: MigrationFile): Promise<void> {
  const at = new Date().toISOString();
  await ground.connection.query(`insert into ${ground.schema}.migration (name, timestamp) values ($1, $2)`, [name, at]);
  await recordStanding(ground, number, serves ?? 0);
}

async function recordStanding({ connection, schema }: Ground, version: number, serves: number): Promise<void> {
  await connection.query(
    `insert into ${schema}.migration_standing as now (version, serves) values ($1, $2)
     on conflict (only_one) do update
        set version = greatest(now.version, excluded.version), serves = greatest(now.serves, excluded.serves)`,
    [version, serves],
  );
}
