import { Buffer } from "node:buffer";
import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ColumnType, kept } from "../columns.ts";
import { MemoryDatabase } from "../database.ts";
import type { TableShape } from "../table.ts";
import { type CatalogueTable, catalogueOf } from "./catalogue.ts";

/** Values of a row, as JSON has them. */
export type Sample = Readonly<Record<string, unknown>>;

/** Which tables are to be as PostgreSQL has them. */
export interface ShapesTold {
  readonly schema: string;
  readonly shapes: Readonly<Record<string, TableShape>>;
  /** Of each table a row that it takes: its like are tried. */
  readonly samples: Readonly<Record<string, Sample>>;
  /** Tables that none in memory stands for: those that migrations keep of themselves. */
  readonly unlike: readonly string[];
  /** Columns that name a row of another table: these are not tried otherwise. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
  readonly seed: number;
}

const MOST_ROWS = 300;

/** Holds the shapes of tables in memory to PostgreSQL's: by what its catalogue says, and by which rows both take. */
export function describeShapes({ schema, shapes, samples, unlike, references = {}, seed }: ShapesTold): void {
  let database: TestDatabase;
  let pool: Pool;
  let catalogue: Record<string, CatalogueTable>;

  beforeAll(async () => {
    database = await testDatabase();
    pool = createPool({ url: database.url, schema, max: 1 });
    catalogue = await catalogueOf(pool, schema);
    await pool.query(TRY_ROWS);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it("has every table that PostgreSQL has", () => {
    expect(Object.keys(shapes).toSorted()).toEqual(
      Object.keys(catalogue)
        .filter((name) => !unlike.includes(name))
        .toSorted(),
    );
  });

  describe.each(Object.keys(shapes))("%s", (name) => {
    const shape = shapes[name] as TableShape;

    it("is shaped as PostgreSQL's catalogue says", () => {
      const { columns, notNull, unique, checks } = catalogue[name] as CatalogueTable;
      expect(shape.columns).toEqual(columns);
      expect([...(shape.notNull ?? [])].toSorted()).toEqual(notNull.toSorted());
      expect(
        shape.unique.map((one) => ({ name: one.name, columns: one.columns, isPartial: one.where !== undefined })),
      ).toEqual(unique);
      expect((shape.checks ?? []).map((check) => check.name)).toEqual(checks.map((check) => check.name));
    });

    it("has PostgreSQL's defaults", async () => {
      const { defaults } = catalogue[name] as CatalogueTable;
      expect(Object.keys(shape.defaults ?? {}).toSorted()).toEqual(Object.keys(defaults).toSorted());
      for (const [column, expression] of Object.entries(defaults)) {
        const ours = shape.defaults?.[column];
        const isMoment = /clock_timestamp|now\(/.test(expression);
        expect(typeof ours === "function", column).toBe(isMoment);
        if (isMoment) continue;
        const { rows } = await pool.query(`select ${expression} as value`);
        expect(ours, column).toEqual(kept(shape.columns[column] as ColumnType, rows[0]?.value));
      }
    });

    it("takes and refuses the rows that PostgreSQL takes and refuses, for the same reason", async () => {
      const sample = samples[name];
      if (sample === undefined) throw new TypeError(`no sample of ${name}`);
      const memory = new MemoryDatabase({ shapes, knows: {}, now: Date.now });
      const rows = fc.sample(likeOf(sample, varied(shape, references[name]), catalogue[name] as CatalogueTable), {
        numRuns: MOST_ROWS,
        seed,
      });
      const tried = [sample, ...rows];
      const theirs = await insertedThere(pool, name, tried);
      for (const [place, row] of tried.entries()) {
        expect(insertedHere(memory, name, row), JSON.stringify(row)).toEqual(theirs[place]);
      }
      expect(theirs).toContainEqual(TAKEN);
      expect(theirs).not.toEqual(tried.map(() => TAKEN));
    });
  });
}

/** What came of an insert. */
interface Answer {
  readonly code: string | null;
  readonly about: string | null;
}

const TAKEN: Answer = { code: null, about: null };

/** Inserts rows one by one, and says of each what came of it: by one round trip. */
const TRY_ROWS = `
  create function public.tried(name text, list json) returns json language plpgsql as $$
  declare
    one json; named text; broken text; unique_or_check text; missing text; answers json[] := '{}';
  begin
    for one in select value from json_array_elements(list) loop
      select string_agg(key, ', ') into named from json_object_keys(one) as key;
      begin
        execute format('insert into %1$s (%2$s) select %2$s from json_populate_record(null::%1$s, $1)', name, named)
          using one;
        answers := array_append(answers, json_build_object('code', null, 'about', null));
      exception when integrity_constraint_violation then
        get stacked diagnostics broken = returned_sqlstate, unique_or_check = constraint_name, missing = column_name;
        answers := array_append(answers, json_build_object('code', broken, 'about', unique_or_check || missing));
      end;
    end loop;
    return array_to_json(answers);
  end $$`;

async function insertedThere(pool: Pool, name: string, tried: readonly Sample[]): Promise<readonly Answer[]> {
  const { rows } = await pool.query("select public.tried($1, $2) as answers", [name, JSON.stringify(tried)]);
  return rows[0]?.answers;
}

function insertedHere(memory: MemoryDatabase, name: string, row: Sample): Answer {
  const table = memory.of(name);
  const given = Object.entries(row).map(([column, value]) => {
    const isBytes = table.shape.columns[column] === "bytea" && value !== null;
    return [column, isBytes ? Buffer.from(String(value).slice(2), "hex") : value];
  });
  try {
    table.insert(Object.fromEntries(given));
    return TAKEN;
  } catch (error) {
    return answerOf(error);
  }
}

function answerOf(error: unknown): Answer {
  const { code, constraint, column } = error as { code?: string; constraint?: string; column?: string };
  if (code === undefined || !code.startsWith("23")) throw error;
  return { code, about: constraint ?? column ?? null };
}

const TEXTS = ["", "x", "1234", "123456", "1234567890", "12345678901", "2027-01", "2027-13", "2027-01-02"];
const LONG_TEXTS = ["1".repeat(20), "1".repeat(21), "0a".repeat(20), "0A".repeat(20)];
const UUIDS = ["3b241101-e2bb-4255-8caf-4136c566a962", "3b241101-e2bb-4255-8caf-4136c566a963"];
const MOMENTS = ["2026-11-29T10:00:00.000Z", "2026-11-29T10:00:00.001Z"];

/** Of a shape the columns that are tried otherwise. */
function varied({ columns, ...shape }: TableShape, fixed: readonly string[] = []): TableShape {
  return { ...shape, columns: Object.fromEntries(Object.entries(columns).filter(([name]) => !fixed.includes(name))) };
}

/** Rows that differ from a sample in a few columns: also by values that a check speaks of. */
function likeOf(sample: Sample, { columns }: TableShape, { checks }: CatalogueTable): fc.Arbitrary<Sample> {
  const spoken = checks.flatMap(({ says }) => [...says.matchAll(/'([^']*)'::text/g)].map(([, word = ""]) => word));
  const differing = fc.constantFrom(...Object.keys(columns)).chain((column) => {
    const values = valuesOf(columns[column] as ColumnType, spoken);
    return fc.constantFrom(...values, null, sample[column] ?? null).map((value) => [column, value] as const);
  });
  return fc.array(differing, { minLength: 1, maxLength: 4 }).map((differences) => ({
    ...sample,
    ...Object.fromEntries(differences),
  }));
}

function valuesOf(type: ColumnType, spoken: readonly string[]): readonly unknown[] {
  switch (type) {
    case "text":
      return [...TEXTS, ...LONG_TEXTS, ...spoken];
    case "integer":
    case "smallint":
    case "bigint":
      return [-1, 0, 1, 550, 1_000];
    case "boolean":
      return [true, false];
    case "uuid":
      return UUIDS;
    case "timestamp with time zone":
      return MOMENTS;
    case "date":
      return ["2026-11-29", "2026-11-30"];
    case "text[]":
      return [[], ["CARD"]];
    case "bytea":
      return ["\\x00", "\\xff"];
    case "json":
    case "jsonb":
      return [{}, []];
  }
}
