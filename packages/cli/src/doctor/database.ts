import { CannotStart } from "@caravela/platform/cannot-start";
import { checkDatabase } from "@caravela/platform/postgres/check";
import { migrationsIn, numberOf } from "@caravela/platform/postgres/migrations";
import { STATEMENT_LIMIT_MS } from "@caravela/platform/postgres/pool";
import { addressOfPrimary } from "@caravela/platform/postgres/primary";
import { misfit, standingOf } from "@caravela/platform/postgres/schema-version";
import { doubtfulEndpointsOf, MIGRATIONS, SCHEMA, type ServerSettings } from "@caravela/server";
import pg from "pg";
import { SCHEMAS } from "../migrate.ts";
import { type Finding, PATIENCE_MS, well, wrong } from "./finding.ts";

/** What a role or a database may be set to that is too short for us, in milliseconds; 0 is no limit. */
const SHORTEST = {
  statement_timeout: 30_000,
  lock_timeout: 10_000,
  idle_session_timeout: 300_000,
  idle_in_transaction_session_timeout: 30_000,
} as const;

const CLOCK_TOLERANCE_MS = 5_000;

/**
 * Looks at the database that DATABASE_URL names: whether it answers, how old it is, what it lets us do, and what is
 * registered in it.
 */
export async function examineDatabase(settings: ServerSettings): Promise<Finding[]> {
  try {
    await checkDatabase(settings.databaseUrl);
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    return [wrong(error.message, "docs/settings.md says what DATABASE_URL must be.")];
  }
  const address = await addressOfPrimary(settings.databaseUrl);
  const client = new pg.Client({ connectionString: address, query_timeout: PATIENCE_MS });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const findings = [await rightsFinding(client, settings), await limitsFinding(client, settings)];
    findings.push(await clockFinding(client));
    findings.push(await logFinding(client));
    return [...findings, ...(await endpointsFinding(client, settings))];
  } finally {
    await client.end();
  }
}

async function rightsFinding(client: pg.Client, { migrates }: ServerSettings): Promise<Finding> {
  const { rows } = await client.query(
    `select current_user as "user", current_database() as database, current_setting('server_version') as version,
            current_setting('transaction_read_only') = 'on' as "isReadOnly",
            has_database_privilege(current_database(), 'create') as "mayCreate",
            (select count(*)::int from pg_namespace
              where nspname = any ($1) and has_schema_privilege(oid, 'usage') and has_schema_privilege(oid, 'create')) as ours`,
    [SCHEMAS.map(({ schema }) => schema)],
  );
  const { user, database, version, isReadOnly, mayCreate, ours } = rows[0];
  if (isReadOnly) {
    return wrong(
      `the database ${database} takes no changes (it is read-only, or a replica)`,
      "name the primary in DATABASE_URL.",
    );
  }
  if (migrates === false) {
    const fault = await servingFault(client, user);
    if (fault !== null) return fault;
  } else if (!mayCreate && ours < SCHEMAS.length) {
    return wrong(
      `the user ${user} may make no schema in the database ${database}`,
      `let it: grant create on database ${database} to ${user}.`,
    );
  }
  return well(`the database ${database} is a PostgreSQL ${version} in which ${user} may do all that is needed`);
}

/**
 * What keeps a role that only serves from serving: a schema that is not the server's, or rows that it may not change.
 */
async function servingFault(client: pg.Client, user: string): Promise<Finding | null> {
  const known = (await migrationsIn(MIGRATIONS)).map(numberOf);
  const fault = misfit(SCHEMA, await standingOf(client, SCHEMA), Math.max(...known));
  if (fault !== null) return wrong(fault, "docs/upgrading.md says how.");
  const may = ["select", "insert", "update", "delete"].map((right) => `has_table_privilege(oid, '${right}')`);
  const { rows } = await client.query<{ table: string }>(
    `select relname as table from pg_class
      where relnamespace = to_regnamespace($1) and relkind = 'r' and relname not like 'migration%' and not (${may.join(" and ")})`,
    [SCHEMA],
  );
  if (rows.length === 0) return null;
  const tables = rows.map(({ table }) => `${SCHEMA}.${table}`).join(", ");
  return wrong(
    `the user ${user} may not read and change all rows of ${tables}`,
    "docs/upgrading.md, A role that migrates, and one that serves, has the statements.",
  );
}

async function limitsFinding(client: pg.Client, settings: ServerSettings): Promise<Finding> {
  const { rows } = await client.query<{ name: keyof typeof SHORTEST; setting: number }>(
    "select name, setting::int from pg_settings where name = any ($1)",
    [Object.keys(SHORTEST)],
  );
  const { databasePooler = "none", statementLimitMs = STATEMENT_LIMIT_MS } = settings;
  const isOurs = databasePooler === "none";
  if (!isOurs && rows.some(({ name, setting }) => name === "statement_timeout" && setting === 0)) {
    return wrong(
      "nothing ends in PostgreSQL what the server no longer waits for: through a pooler it cannot say so itself",
      "docs/upgrading.md, Behind PgBouncer, has the statements.",
    );
  }
  // through a pooler they stand in the place of the server's own
  const shortest = isOurs
    ? SHORTEST
    : { ...SHORTEST, statement_timeout: statementLimitMs * 0.8, idle_in_transaction_session_timeout: statementLimitMs };
  const short = rows.filter(({ name, setting }) => setting > 0 && setting < shortest[name]);
  if (short.length === 0) return well("the database sets no time limit that is too short");
  const limits = short.map(({ name, setting }) => `${name} ${setting} ms`).join(", ");
  return wrong(
    `the database's time limits are too short: ${limits}`,
    "alter role … set … to 0 for the user of DATABASE_URL: the server has time limits of its own.",
  );
}

async function clockFinding(client: pg.Client): Promise<Finding> {
  const asked = Date.now();
  const { rows } = await client.query<{ ms: string }>("select extract(epoch from clock_timestamp()) * 1000 as ms");
  const differenceMs = Number(rows[0]?.ms) - (asked + Date.now()) / 2;
  const seconds = Math.round(Math.abs(differenceMs) / 1_000);
  if (Math.abs(differenceMs) <= CLOCK_TOLERANCE_MS) return well(`the database's clock agrees with this machine's`);
  return wrong(`the database's clock is ${seconds} s from this machine's`, "set both by NTP.");
}

const logSql = `
select current_setting('log_error_verbosity') = 'verbose' as "log_error_verbosity",
       current_setting('log_parameter_max_length_on_error') <> '0' as "log_parameter_max_length_on_error",
       showsParameters and current_setting('log_statement') in ('mod', 'all') as "log_statement",
       showsParameters and current_setting('log_min_duration_statement') <> '-1' as "log_min_duration_statement",
       showsParameters and current_setting('log_min_duration_sample') <> '-1' as "log_min_duration_sample",
       showsParameters and current_setting('log_transaction_sample_rate') <> '0' as "log_transaction_sample_rate"
  from (select current_setting('log_parameter_max_length') <> '0' as showsParameters) as parameters`;

/**
 * Whether the database's log was set to show values of statements: customers' phones and addresses. What it shows by
 * default is no fault of who set it up.
 */
async function logFinding(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<Record<string, boolean>>(logSql);
  const showing = Object.entries(rows[0] ?? {}).flatMap(([name, shows]) => (shows ? [name] : []));
  if (showing.length === 0)
    return well("the database's log is not set to show more of customers than PostgreSQL does by default");
  return wrong(
    `the database's log is set to show what statements are given, customers' phones among it: ${showing.join(", ")}`,
    "set them as PostgreSQL does by default, or log_parameter_max_length to 0: docs/going-live.md, A database of your own, says how.",
  );
}

/** Those from before there were rules for endpoints go on, and are named. */
async function endpointsFinding(client: pg.Client, settings: ServerSettings): Promise<Finding[]> {
  const { rows } = await client.query(
    "select from pg_class where oid = to_regclass('caravela.event_endpoint') and has_table_privilege(oid, 'select')",
  );
  if (rows.length === 0) return [];
  const doubtful = await doubtfulEndpointsOf(settings);
  return doubtful.map(({ id, at, why }) =>
    wrong(`the event endpoint ${id} at ${at} ${why}`, "register another address."),
  );
}
