import pg from "pg";
import { type ColumnType, type Kept, kept, read } from "./columns.ts";

/** A row as it is kept: the value of each column. */
export type Row = Record<string, Kept>;

/** What makes rows of a table alike: no two may be, where it holds for both. */
export interface Unique {
  readonly name: string;
  readonly columns: readonly string[];
  /** Of which rows it holds; of all, unless it is said. */
  readonly where?: (row: Row) => boolean;
  /** What stands for null in a column, so that two without are alike; else rows with a null are like no other. */
  readonly orElse?: string;
}

/** What each row of a table fulfils. */
export interface Check {
  readonly name: string;
  readonly holds: (row: Row) => boolean;
}

/** A table: its columns by their types, what no two rows may share, and by which columns rows are looked up. */
export interface TableShape {
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** What a column holds where an insert names none; null, unless it is said. */
  readonly defaults?: Readonly<Record<string, Kept>>;
  /** The first is the primary key. */
  readonly unique: readonly [Unique, ...Unique[]];
  /** Columns by whose one value rows are found. */
  readonly indexes?: readonly string[];
  readonly checks?: readonly Check[];
}

/** What undoes a change. */
export type Undo = () => void;

/** Rows of one table, in memory. Each change is told to whoever may have to undo it. */
export class Table {
  readonly name: string;
  readonly shape: TableShape;
  readonly #rows = new Set<Row>();
  readonly #unique = new Map<string, Map<string, Row>>();
  readonly #indexes = new Map<string, Map<Kept, Set<Row>>>();
  readonly #changed: (undo: Undo) => void;

  constructor(name: string, shape: TableShape, changed: (undo: Undo) => void) {
    this.name = name;
    this.shape = shape;
    this.#changed = changed;
    for (const { name: key } of shape.unique) this.#unique.set(key, new Map());
    for (const column of shape.indexes ?? []) this.#indexes.set(column, new Map());
  }

  /** All rows, in the order in which they came. */
  get rows(): Iterable<Row> {
    return this.#rows;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** The row of a primary key. */
  get(...key: readonly Kept[]): Row | undefined {
    return this.by(this.shape.unique[0].name, ...key);
  }

  /** The row that has these values in a unique key's columns. */
  by(unique: string, ...values: readonly Kept[]): Row | undefined {
    return this.#known(this.#unique, unique).get(keyOf(values));
  }

  /** The rows that have this value in an indexed column, in the order in which they came to have it. */
  having(column: string, value: Kept): readonly Row[] {
    return [...(this.#known(this.#indexes, column).get(value) ?? [])];
  }

  /** The rows that have any value in an indexed column: those that are due, and the like. */
  *havingAny(column: string): Iterable<Row> {
    for (const [value, rows] of this.#known(this.#indexes, column)) if (value !== null) yield* rows;
  }

  /**
   * Inserts a row, of values as a statement or JSON gives them.
   * @throws pg.DatabaseError 23505 where there is one like it, 23514 where it is none of this table's
   */
  insert(given: Readonly<Record<string, unknown>>): Row {
    const row = this.#made(given);
    this.#refuse(row, null);
    this.#rows.add(row);
    this.#enter(row);
    this.#changed(() => {
      this.#leave(row);
      this.#rows.delete(row);
    });
    return row;
  }

  /** What an insert of these values would meet, of one unique key or of any; undefined: nothing. */
  conflict(given: Readonly<Record<string, unknown>>, unique?: string): Row | undefined {
    return this.#like(this.#made(given), null, unique)?.row;
  }

  /**
   * Changes a row, to values as a statement or JSON gives them.
   * @throws pg.DatabaseError 23505 where there is one like it, 23514 where it is none of this table's
   */
  update(row: Row, changes: Readonly<Record<string, unknown>>): void {
    const before = { ...row };
    const after = { ...row };
    for (const [column, value] of Object.entries(changes)) after[column] = kept(this.#typeOf(column), value);
    this.#refuse(after, row);
    this.#leave(row);
    Object.assign(row, after);
    this.#enter(row);
    this.#changed(() => {
      this.#leave(row);
      Object.assign(row, before);
      this.#enter(row);
    });
  }

  /** Removes a row. */
  remove(row: Row): void {
    this.#leave(row);
    this.#rows.delete(row);
    this.#changed(() => {
      this.#rows.add(row);
      this.#enter(row);
    });
  }

  /** Columns of a row as the driver reads them. */
  read(row: Row, columns: readonly string[] = Object.keys(this.shape.columns)): Record<string, unknown> {
    return Object.fromEntries(columns.map((column) => [column, read(this.#typeOf(column), row[column] ?? null)]));
  }

  #typeOf(column: string): ColumnType {
    const type = this.shape.columns[column];
    if (type === undefined) throw new TypeError(`${this.name} has no column ${column}`);
    return type;
  }

  #known<T>(all: ReadonlyMap<string, T>, name: string): T {
    const found = all.get(name);
    if (found === undefined) throw new TypeError(`${this.name} is not looked up by ${name}`);
    return found;
  }

  #made(given: Readonly<Record<string, unknown>>): Row {
    const { columns, defaults = {} } = this.shape;
    const row: Row = {};
    for (const [column, type] of Object.entries(columns)) {
      row[column] = column in given ? kept(type, given[column]) : (defaults[column] ?? null);
    }
    return row;
  }

  #refuse(row: Row, self: Row | null): void {
    const broken = this.shape.checks?.find(({ holds }) => !holds(row));
    if (broken !== undefined) throw refusal(this.name, broken.name, "23514");
    const like = this.#like(row, self);
    if (like !== undefined) throw refusal(this.name, like.unique, "23505");
  }

  #like(row: Row, self: Row | null, only?: string): { readonly unique: string; readonly row: Row } | undefined {
    for (const unique of this.shape.unique) {
      if (only !== undefined && unique.name !== only) continue;
      const key = uniqueKey(unique, row);
      const found = key === null ? undefined : this.#unique.get(unique.name)?.get(key);
      if (found !== undefined && found !== self) return { unique: unique.name, row: found };
    }
    return undefined;
  }

  #enter(row: Row): void {
    for (const unique of this.shape.unique) {
      const key = uniqueKey(unique, row);
      if (key !== null) this.#unique.get(unique.name)?.set(key, row);
    }
    for (const [column, index] of this.#indexes) {
      const value = row[column] ?? null;
      const rows = index.get(value);
      if (rows === undefined) index.set(value, new Set([row]));
      else rows.add(row);
    }
  }

  #leave(row: Row): void {
    for (const unique of this.shape.unique) {
      const key = uniqueKey(unique, row);
      if (key !== null) this.#unique.get(unique.name)?.delete(key);
    }
    for (const [column, index] of this.#indexes) {
      const rows = index.get(row[column] ?? null);
      rows?.delete(row);
      if (rows?.size === 0) index.delete(row[column] ?? null);
    }
  }
}

/** Null: a row that is like no other. */
function uniqueKey({ columns, where, orElse }: Unique, row: Row): string | null {
  if (where !== undefined && !where(row)) return null;
  const values = columns.map((column) => row[column] ?? orElse ?? null);
  return values.includes(null) ? null : keyOf(values);
}

function keyOf(values: readonly Kept[]): string {
  return values.length === 1 ? String(values[0]) : JSON.stringify(values);
}

/** As PostgreSQL refuses a row: by the name of the constraint, and its code. */
function refusal(table: string, constraint: string, code: "23505" | "23514"): pg.DatabaseError {
  const error = new pg.DatabaseError(`a row of ${table} breaks "${constraint}"`, 0, "error");
  return Object.assign(error, { code, constraint, table });
}
