import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { testDatabase } from "@caravela/platform/testing/database";
import { type Knows, MemoryDatabase } from "../database.ts";
import { MemoryPool } from "../pool.ts";
import type { TableShape } from "../table.ts";

/** Whose tables are held in memory, and by which statements. */
export interface Contract {
  readonly schema: string;
  readonly shapes: Readonly<Record<string, TableShape>>;
  readonly knows: Knows;
}

/** One of the two that keep the same contract. */
export interface Kept {
  readonly name: "PostgreSQL" | "memory";
  readonly pool: Pool;
  /** All rows of some tables, without what is the database's own moment. */
  rows(...tables: readonly string[]): Promise<Readonly<Record<string, readonly object[]>>>;
  close(): Promise<void>;
}

/** Both, and which statements the memory was asked for, by their names or texts. */
export interface Both {
  readonly both: readonly [Kept, Kept];
  readonly asked: ReadonlySet<string>;
  /** Does the same on both, and gives both answers. */
  each<T>(work: (kept: Kept) => Promise<T>): Promise<readonly [T, T]>;
  close(): Promise<void>;
}

/**
 * Columns that hold the database's own moments, beside those that it fills in by itself: of these it is compared
 * whether there is one.
 */
const OWN_MOMENTS: readonly string[] = ["leased_until", "held_until"];

/** Opens an empty PostgreSQL and an empty memory of the same tables. */
export async function openBoth(contract: Contract): Promise<Both> {
  const asked = new Set<string>();
  const both = [await openPostgres(contract), openMemory(contract, asked)] as const;
  return {
    both,
    asked,
    each: async (work) => [await work(both[0]), await work(both[1])],
    close: async () => {
      for (const one of both) await one.close();
    },
  };
}

async function openPostgres({ schema, shapes }: Contract): Promise<Kept> {
  const database = await testDatabase();
  const pool = createPool({ url: database.url, schema, max: 4, byIndex: true });
  const rowsOf = async (table: string) => {
    const columns = Object.entries(shapes[table]?.columns ?? {});
    const list = columns.map(([name, type]) => (type === "date" ? `"${name}"::text` : `"${name}"`)).join(", ");
    return (await pool.query<Record<string, unknown>>(`select ${list} from ${table}`)).rows;
  };
  return {
    name: "PostgreSQL",
    pool,
    rows: (...tables) => compared(contract(schema, shapes, tables), shapes, rowsOf),
    close: async () => {
      await pool.end();
      await database.drop();
    },
  };
}

function openMemory({ schema, shapes, knows }: Contract, asked: Set<string>): Kept {
  const noted: Knows = (name, text) => {
    asked.add(name ?? text);
    return knows(name, text);
  };
  const database = new MemoryDatabase({ shapes, knows: { [schema]: noted }, now: Date.now });
  return {
    name: "memory",
    pool: new MemoryPool(database, ({ run }) => run(), { schema }),
    rows: (...tables) =>
      compared(contract(schema, shapes, tables), shapes, async (name) => {
        const table = database.of(name);
        return [...table.rows].map((row) => table.read(row));
      }),
    close: async () => undefined,
  };
}

/** The tables that are compared: all, unless some are named. */
function contract(schema: string, shapes: Contract["shapes"], tables: readonly string[]): readonly string[] {
  return tables.length === 0 ? Object.keys(shapes) : tables.map((name) => `${schema}.${name}`);
}

async function compared(
  tables: readonly string[],
  shapes: Contract["shapes"],
  rowsOf: (table: string) => Promise<readonly Record<string, unknown>[]>,
): Promise<Record<string, readonly object[]>> {
  const all: Record<string, readonly object[]> = {};
  for (const table of tables) {
    const defaults = Object.entries(shapes[table]?.defaults ?? {});
    const filledIn = defaults.flatMap(([column, value]) => (typeof value === "function" ? [column] : []));
    const rows = (await rowsOf(table)).map((row) => withoutOwnMoments(row, [...OWN_MOMENTS, ...filledIn]));
    all[table] = rows.toSorted((one, other) =>
      JSON.stringify(inOrder(one)) < JSON.stringify(inOrder(other)) ? -1 : 1,
    );
  }
  return all;
}

/** What is beyond all time is the same on both. */
function withoutOwnMoments(row: Readonly<Record<string, unknown>>, own: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (!own.includes(column) || value === null) return [column, value];
      return [column, value instanceof Date && !Number.isNaN(value.getTime()) ? "a moment" : "before all time"];
    }),
  );
}

/** The same value, whatever the order is in which its members stand. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null || value instanceof Date || Buffer.isBuffer(value)) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, inOrder(member)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
