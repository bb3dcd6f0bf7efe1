import type { Pool } from "@caravela/platform/postgres/pool";

/** A table as PostgreSQL's catalogue has it. */
export interface CatalogueTable {
  readonly columns: Readonly<Record<string, string>>;
  /** The expressions of defaults, by their columns. */
  readonly defaults: Readonly<Record<string, string>>;
  readonly notNull: readonly string[];
  /** In the order in which PostgreSQL looks at them. */
  readonly unique: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    readonly isPartial: boolean;
  }[];
  /** By their names, in their order: so PostgreSQL looks at them. */
  readonly checks: readonly { readonly name: string; readonly says: string }[];
}

const TABLES = "select oid::int, relname as name from pg_class where relnamespace = $1::regnamespace and relkind = 'r'";

const COLUMNS = `
  select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as not_null,
         pg_get_expr(adbin, adrelid) as default
    from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
   where attrelid = $1 and attnum > 0 and not attisdropped order by attnum`;

/** What stands in a column's place where rows without it are alike is that column, too. */
const UNIQUE = `
  select indexrelid::regclass::text as name, indpred is not null as partial,
         (select array_agg(regexp_replace(pg_get_indexdef(indexrelid, place, true), '^COALESCE\\((\\w+), .*$', '\\1') order by place)
            from generate_series(1, indnatts) as place) as columns
    from pg_index where indrelid = $1 and indisunique order by indisprimary desc, indexrelid`;

const CHECKS = `
  select conname as name, pg_get_constraintdef(oid) as says
    from pg_constraint where conrelid = $1 and contype = 'c' order by conname collate "C"`;

/** The tables of a schema, by their names with it. */
export async function catalogueOf(pool: Pool, schema: string): Promise<Record<string, CatalogueTable>> {
  const { rows } = await pool.query<{ oid: number; name: string }>(TABLES, [schema]);
  const tables = await Promise.all(
    rows.map(async ({ oid, name }) => [`${schema}.${name}`, await tableOf(pool, oid, schema)] as const),
  );
  return Object.fromEntries(tables);
}

async function tableOf(pool: Pool, oid: number, schema: string): Promise<CatalogueTable> {
  const { rows: columns } = await pool.query<{
    name: string;
    type: string;
    not_null: boolean;
    default: string | null;
  }>(COLUMNS, [oid]);
  const { rows: unique } = await pool.query<{ name: string; partial: boolean; columns: string[] }>(UNIQUE, [oid]);
  const { rows: checks } = await pool.query<{ name: string; says: string }>(CHECKS, [oid]);
  return {
    columns: Object.fromEntries(columns.map(({ name, type }) => [name, type])),
    defaults: Object.fromEntries(columns.flatMap((one) => (one.default === null ? [] : [[one.name, one.default]]))),
    notNull: columns.filter(({ not_null }) => not_null).map(({ name }) => name),
    unique: unique.map(({ name, partial, columns: of }) => ({
      name: name.replace(`${schema}.`, ""),
      columns: of,
      isPartial: partial,
    })),
    checks,
  };
}
