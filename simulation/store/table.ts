import pg from "pg";
import { type ColumnType, type Kept, kept, read } from "./columns.ts";
import { type Ordered, type OrderedIndex, OrderedRows } from "./ordered.ts";

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

/** The database's moments, in microseconds since 1970. */
export interface Moments {
  /** `now()` */
  readonly now: number;
  /** `clock_timestamp()`: later than each one before. */
  tick(): number;
}

/** A table: its columns by their types, what no two rows may share, and by which columns rows are looked up. */
export interface TableShape {
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** What a column holds where an insert names none, or how the database's moment makes it; null, unless it is said. */
  readonly defaults?: Readonly<Record<string, Kept | ((moments: Moments) => number)>>;
  /** Columns that are never null. */
  readonly notNull?: readonly string[];
  /** The first is the primary key, where there is one. */
  readonly unique: readonly Unique[];
  /** Columns by whose one value rows are found. */
  readonly indexes?: readonly string[];
  /** In which orders rows are looked through: what is due, and the like. */
  readonly ordered?: readonly OrderedIndex[];
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
  readonly #moments: Moments;
  readonly #ordered = new Map<string, OrderedRows>();
  readonly #changed: (undo: Undo) => void;

  constructor(name: string, shape: TableShape, moments: Moments, changed: (undo: Undo) => void) {
    this.name = name;
    this.shape = shape;
    this.#moments = moments;
    this.#changed = changed;
    for (const { name: key } of shape.unique) this.#unique.set(key, new Map());
    for (const column of shape.indexes ?? []) this.#indexes.set(column, new Map());
    for (const index of shape.ordered ?? []) this.#ordered.set(index.name, new OrderedRows(index));
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
    return this.by(this.shape.unique[0]?.name ?? "none", ...key);
  }

  /** The row that has these values in a unique key's columns. */
  by(unique: string, ...values: readonly Kept[]): Row | undefined {
    return this.#known(this.#unique, unique).get(keyOf(values));
  }

  /** The rows that have this value in an indexed column, in the order in which they came to have it. */
  having(column: string, value: Kept): readonly Row[] {
    return [...(this.#known(this.#indexes, column).get(value) ?? [])];
  }

  /** The rows of an order; where they part into groups, those of one. */
  inOrder(index: string, group?: string): Ordered {
    return this.#known(this.#ordered, index).of(group);
  }

  /**
   * Inserts a row, of values as a statement or JSON gives them.
   * @throws pg.DatabaseError 23505 where there is one like it, 23502 or 23514 where it is none of this table's
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

  /**
   * What an insert of these values would meet, of one unique key or of any; undefined: nothing.
   * @throws pg.DatabaseError 23502 or 23514 where they make none of this table's rows
   */
  conflict(given: Readonly<Record<string, unknown>>, unique?: string): Row | undefined {
    const row = this.#made(given);
    this.#refuseBroken(row);
    return this.#like(row, null, unique)?.row;
  }

  /**
   * Inserts a row, or changes the one that is like it by a unique key: `change` says to what, of the known row and of
   * the one that was to be inserted; null: it stays. Gives the row that was inserted or changed.
   * @throws pg.DatabaseError as `insert` and `update` do
   */
  upsert(
    given: Readonly<Record<string, unknown>>,
    unique: string,
    change: (known: Row, excluded: Row) => Readonly<Record<string, unknown>> | null,
  ): Row | null {
    const known = this.conflict(given, unique);
    if (known === undefined) return this.insert(given);
    const changes = change(known, this.#made(given));
    if (changes === null) return null;
    this.update(known, changes);
    return known;
  }

  /**
   * Changes a row, to values as a statement or JSON gives them.
   * @throws pg.DatabaseError 23505 where there is one like it, 23502 or 23514 where it is none of this table's
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
      row[column] = column in given ? kept(type, given[column]) : this.#byDefault(defaults[column] ?? null);
    }
    return row;
  }

  #byDefault(value: Kept | ((moments: Moments) => number)): Kept {
    return typeof value === "function" ? value(this.#moments) : value;
  }

  #refuse(row: Row, self: Row | null): void {
    this.#refuseBroken(row);
    const like = this.#like(row, self);
    if (like !== undefined) throw refusal(this.name, "23505", { constraint: like.unique });
  }

  #refuseBroken(row: Row): void {
    const missing = this.shape.notNull?.find((column) => row[column] === null);
    if (missing !== undefined) throw refusal(this.name, "23502", { column: missing });
    const broken = this.shape.checks?.find(({ holds }) => !holds(row));
    if (broken !== undefined) throw refusal(this.name, "23514", { constraint: broken.name });
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
    for (const [column, rows] of this.#indexes) {
      const value = row[column] ?? null;
      const alike = rows.get(value);
      if (alike === undefined) rows.set(value, new Set([row]));
      else alike.add(row);
    }
    for (const rows of this.#ordered.values()) rows.enter(row);
  }

  #leave(row: Row): void {
    for (const unique of this.shape.unique) {
      const key = uniqueKey(unique, row);
      if (key !== null) this.#unique.get(unique.name)?.delete(key);
    }
    for (const [column, rows] of this.#indexes) {
      const value = row[column] ?? null;
      const alike = rows.get(value);
      if (alike?.delete(row) === true && alike.size === 0) rows.delete(value);
    }
    for (const rows of this.#ordered.values()) rows.leave(row);
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

/** As PostgreSQL refuses a row: by its code, and the constraint or the column that it is about. */
function refusal(table: string, code: string, about: { constraint: string } | { column: string }): pg.DatabaseError {
  const error = new pg.DatabaseError(`a row of ${table} breaks "${Object.values(about)}"`, 0, "error");
  return Object.assign(error, about, { code, table });
}
