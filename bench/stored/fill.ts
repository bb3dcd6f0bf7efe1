import type pg from "pg";
import { earlier, MARK, notForgotten, type Pattern, type StoredRow } from "./patterns.ts";

const DAY_MS = 86_400_000;

/** Over how many days what is stored is spread, and so into how many parts. */
export const DAYS = 730;

/** A table as PostgreSQL knows it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
}

interface Column {
  readonly name: string;
  readonly type: string;
}

/** All tables of both programs. */
export async function tablesOf(database: pg.Client): Promise<Table[]> {
  const { rows } = await database.query<{ name: string; columns: Column[] }>(`
    select nspname || '.' || relname as name,
           json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) order by attnum) as columns
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace join pg_attribute on attrelid = pg_class.oid
     where nspname in ('caravela', 'sibs_gateway') and relkind in ('r', 'p') and not relispartition
       and attnum > 0 and not attisdropped and attgenerated = ''
     group by 1 order by 1`);
  return rows;
}

/** Every row of a table, as text. */
export async function rowsOf(database: pg.Client, { name, columns }: Table): Promise<StoredRow[]> {
  const selected = columns.map((column) => `${column.name}::text as ${column.name}`).join(", ");
  const { rows } = await database.query<Record<string, string | null>>(`select ${selected} from ${name}`);
  return rows.map((values) => ({ table: name, values }));
}

/** Copies of patterns that are stored together, each with a number of its own in its names. */
interface Part {
  readonly rows: readonly StoredRow[];
  readonly firstNumber: number;
  readonly copies: number;
}

/** Which copies there are so that about so many payments are stored: the oldest day first. */
export function* partsFor(patterns: readonly Pattern[], payments: number, now: number): Generator<Part> {
  const inAll = patterns.reduce((sum, pattern) => sum + pattern.payments, 0);
  const copies = Math.ceil(payments / inAll);
  const days = Math.min(DAYS, copies);
  for (let day = 0, made = 0; day < days; day += 1) {
    const upTo = Math.round(((day + 1) * copies) / days);
    const ageMs = Math.round(((days - 1 - day) * DAYS * DAY_MS) / days);
    const rows = patterns.flatMap((pattern) =>
      notForgotten(askedTomorrow(earlier(pattern.rows, wholeSeconds(ageMs - now + pattern.latest)), now), ageMs),
    );
    yield { rows, firstNumber: made + 1, copies: upTo - made };
    made = upTo;
  }
}

/**
 * SIBS is asked about each mandate that is alive once a day: a copy's moment for that would be as long ago as it is
 * old, and the server would ask about all of them while the tables are filled.
 */
function askedTomorrow(rows: readonly StoredRow[], now: number): StoredRow[] {
  const isDue = ({ table, values: { due_at = null } }: StoredRow) =>
    table === "caravela.mandate" && due_at !== null && Date.parse(due_at) <= now;
  const tomorrow = new Date(now + DAY_MS).toISOString();
  const then = { due_at: tomorrow, unawaited_at: tomorrow };
  return rows.map((row) => (isDue(row) ? { ...row, values: { ...row.values, ...then } } : row));
}

/** A moment that is written without its milliseconds keeps saying when it was. */
const wholeSeconds = (ms: number) => Math.round(ms / 1_000) * 1_000;

/** Stores the parts by SQL, over two sessions, with no index but the unique ones while that goes on. */
export async function fill(
  sessions: readonly pg.Client[],
  tables: readonly Table[],
  parts: Iterator<Part>,
): Promise<void> {
  const [first] = sessions;
  if (first === undefined) return;
  for (const session of sessions) {
    // what is copied is consistent as it is; the bench's own sessions may lose their last moment
    await session.query(
      "set session_replication_role = replica; set synchronous_commit = off; set maintenance_work_mem = '512MB'",
    );
  }
  const indexes = await takeIndexesAway(first);
  await Promise.all(
    sessions.map(async (session) => {
      for (let next = parts.next(); next.done !== true; next = parts.next())
        await storePart(session, tables, next.value);
    }),
  );
  const left = indexes.values();
  await Promise.all(
    sessions.map(async (session) => {
      for (const definition of left) await session.query(definition);
    }),
  );
  await first.query("checkpoint");
}

/** But for those by which the programs look for work meanwhile. Gives the statements that make them again. */
async function takeIndexesAway(database: pg.Client): Promise<string[]> {
  const { rows } = await database.query<{ name: string; definition: string }>(`
    select indexrelid::regclass as name, pg_get_indexdef(indexrelid) as definition
      from pg_index join pg_class on pg_class.oid = indexrelid join pg_namespace on pg_namespace.oid = relnamespace
     where nspname in ('caravela', 'sibs_gateway') and not indisunique
       and coalesce(pg_get_expr(indpred, indrelid), '') !~ 'due_at|leased_until|answerable_until'`);
  for (const { name } of rows) await database.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

async function storePart(database: pg.Client, tables: readonly Table[], { rows, firstNumber, copies }: Part) {
  const byTable = Map.groupBy(rows, ({ table }) => table);
  for (const table of tables) {
    const own = byTable.get(table.name)?.map(({ values }) => values);
    if (own === undefined) continue;
    await database.query(copyStatement(table), [JSON.stringify(own), firstNumber, firstNumber + copies - 1]);
  }
}

/** Values: the rows as JSON, the first number and the last. */
function copyStatement({ name, columns }: Table): { name: string; text: string } {
  const isNamed = ({ type }: Column) => ["text", "jsonb", "json", "uuid"].includes(type);
  const typed = columns.map((column) => `${column.name} ${isNamed(column) ? "text" : column.type}`);
  const numbered = columns.map((column) =>
    isNamed(column) ? `replace(one.${column.name}, '${MARK}', copy.number)::${column.type}` : `one.${column.name}`,
  );
  const text = `
    insert into ${name} (${columns.map((column) => column.name).join(", ")})
    select ${numbered.join(", ")}
      from json_to_recordset($1::json) as one (${typed.join(", ")}),
           (select lpad(n::text, ${MARK.length}, '0') as number from generate_series($2::integer, $3::integer) as n) as copy`;
  return { name: `copy-${name}`, text };
}
