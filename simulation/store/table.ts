import pg from "pg";
import { type ColumnType, type Kept, kept, type Row, read } from "./columns.ts";
import { IndexedRows, type Lookup, type Unique, UniqueRows } from "./lookups.ts";
import { type Ordered, type OrderedIndex, OrderedRows } from "./ordered.ts";

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
  readonly #columns: readonly (readonly [string, ColumnType])[];
  readonly #unique = new Map<string, UniqueRows>();
  readonly #indexes = new Map<string, IndexedRows>();
  readonly #ordered = new Map<string, OrderedRows>();
  readonly #lookups: readonly Lookup[];
  readonly #moments: Moments;
  readonly #changed: (undo: Undo) => void;

  constructor(name: string, shape: TableShape, moments: Moments, changed: (undo: Undo) => void) {
    this.name = name;
    this.shape = shape;
    this.#columns = Object.entries(shape.columns);
    this.#moments = moments;
    this.#changed = changed;
    for (const unique of shape.unique) this.#unique.set(unique.name, new UniqueRows(unique));
    for (const column of shape.indexes ?? []) this.#indexes.set(column, new IndexedRows(column));
    for (const index of shape.ordered ?? []) this.#ordered.set(index.name, new OrderedRows(index));
    this.#lookups = [...this.#unique.values(), ...this.#indexes.values(), ...this.#ordered.values()];
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
    return this.#known(this.#unique, unique).having(values);
  }

  /** The rows that have this value in an indexed column, in the order in which they came to have it. */
  having(column: string, value: Kept): readonly Row[] {
    return [...this.#known(this.#indexes, column).having(value)];
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
    return this.#add(this.#made(given));
  }

  /**
   * Inserts a row where none is like it by any unique key; null: there is one.
   * @throws pg.DatabaseError 23502 or 23514 where it is none of this table's
   */
  insertNew(given: Readonly<Record<string, unknown>>): Row | null {
    const row = this.#made(given);
    this.#refuseBroken(row);
    return this.#like(row, this.#lookups) === undefined ? this.#add(row) : null;
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
    const row = this.#made(given);
    this.#refuseBroken(row);
    const known = this.#known(this.#unique, unique).like(row);
    if (known === undefined) return this.#add(row);
    const changes = change(known, row);
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
    this.#refuseBroken(after);
    const moved = this.#lookups.filter((lookup) => !lookup.isSame(before, after));
    this.#refuseLike(after, moved, row);
    become(row, after, moved);
    this.#changed(() => become(row, before, moved));
  }

  /** Removes a row. */
  remove(row: Row): void {
    this.#takeOut(row);
    this.#changed(() => this.#putIn(row));
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
    const { defaults = {} } = this.shape;
    const row: Row = {};
    for (const [column, type] of this.#columns) {
      row[column] = column in given ? kept(type, given[column]) : this.#byDefault(defaults[column] ?? null);
    }
    return row;
  }

  #byDefault(value: Kept | ((moments: Moments) => number)): Kept {
    return typeof value === "function" ? value(this.#moments) : value;
  }

  #add(row: Row): Row {
    this.#refuseBroken(row);
    this.#refuseLike(row, this.#lookups);
    this.#putIn(row);
    this.#changed(() => this.#takeOut(row));
    return row;
  }

  #putIn(row: Row): void {
    this.#rows.add(row);
    for (const lookup of this.#lookups) lookup.enter(row);
  }

  #takeOut(row: Row): void {
    this.#rows.delete(row);
    for (const lookup of this.#lookups) lookup.leave(row);
  }

  /** By those of the unique keys in which it is found anew. */
  #refuseLike(row: Row, lookups: readonly Lookup[], self?: Row): void {
    const like = this.#like(row, lookups, self);
    if (like !== undefined) throw refusal(this.name, "23505", { constraint: like });
  }

  /** The name of the unique key by which another is like a row already. */
  #like(row: Row, lookups: readonly Lookup[], self?: Row): string | undefined {
    for (const unique of this.#unique.values()) {
      const like = lookups.includes(unique) ? unique.like(row) : undefined;
      if (like !== undefined && like !== self) return unique.name;
    }
    return undefined;
  }

  #refuseBroken(row: Row): void {
    const missing = this.shape.notNull?.find((column) => row[column] === null);
    if (missing !== undefined) throw refusal(this.name, "23502", { column: missing });
    const broken = this.shape.checks?.find(({ holds }) => !holds(row));
    if (broken !== undefined) throw refusal(this.name, "23514", { constraint: broken.name });
  }
}

/** Changes a row, and where it is found. */
function become(row: Row, after: Row, moved: readonly Lookup[]): void {
  for (const lookup of moved) lookup.leave(row);
  Object.assign(row, after);
  for (const lookup of moved) lookup.enter(row);
}

/** As PostgreSQL refuses a row: by its code, and the constraint or the column that it is about. */
function refusal(table: string, code: string, about: { constraint: string } | { column: string }): pg.DatabaseError {
  const error = new pg.DatabaseError(`a row of ${table} breaks "${Object.values(about)}"`, 0, "error");
  return Object.assign(error, about, { code, table });
}
