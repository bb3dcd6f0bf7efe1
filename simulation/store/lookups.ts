import type { Kept, Row } from "./columns.ts";

/** Where rows of a table are found. Told of each row before it changes and after. */
export interface Lookup {
  /** Whether a row is found in the same place as it is and as it becomes. */
  isSame(row: Row, after: Row): boolean;
  enter(row: Row): void;
  leave(row: Row): void;
}

/** What makes rows of a table alike: no two may be, where it holds for both. */
export interface Unique {
  readonly name: string;
  readonly columns: readonly string[];
  /** Of which rows it holds; of all, unless it is said. */
  readonly where?: (row: Row) => boolean;
  /** What stands for null in a column, so that two without are alike; else rows with a null are like no other. */
  readonly orElse?: string;
}

/** Rows by what no two of them share. */
export class UniqueRows implements Lookup {
  readonly name: string;
  readonly #unique: Unique;
  readonly #rows = new Map<string, Row>();

  constructor(unique: Unique) {
    this.name = unique.name;
    this.#unique = unique;
  }

  /** The row that has these values. */
  having(values: readonly Kept[]): Row | undefined {
    return this.#rows.get(keyOf(values));
  }

  /** The row that a row is like. */
  like(row: Row): Row | undefined {
    const key = this.#keyOf(row);
    return key === null ? undefined : this.#rows.get(key);
  }

  isSame(row: Row, after: Row): boolean {
    const { columns, where } = this.#unique;
    if (where !== undefined && where(row) !== where(after)) return false;
    return columns.every((column) => row[column] === after[column]);
  }

  enter(row: Row): void {
    const key = this.#keyOf(row);
    if (key !== null) this.#rows.set(key, row);
  }

  leave(row: Row): void {
    const key = this.#keyOf(row);
    if (key !== null) this.#rows.delete(key);
  }

  /** Null: a row that is like no other. */
  #keyOf(row: Row): string | null {
    const { columns, where, orElse = null } = this.#unique;
    if (where !== undefined && !where(row)) return null;
    const values = columns.map((column) => row[column] ?? orElse);
    return values.includes(null) ? null : keyOf(values);
  }
}

/** Rows by the value of a column, in the order in which they came to have it. */
export class IndexedRows implements Lookup {
  readonly #column: string;
  readonly #rows = new Map<Kept, Set<Row>>();

  constructor(column: string) {
    this.#column = column;
  }

  having(value: Kept): Iterable<Row> {
    return this.#rows.get(value) ?? [];
  }

  isSame(row: Row, after: Row): boolean {
    return row[this.#column] === after[this.#column];
  }

  enter(row: Row): void {
    const value = row[this.#column] ?? null;
    const alike = this.#rows.get(value);
    if (alike === undefined) this.#rows.set(value, new Set([row]));
    else alike.add(row);
  }

  leave(row: Row): void {
    const value = row[this.#column] ?? null;
    const alike = this.#rows.get(value);
    if (alike?.delete(row) === true && alike.size === 0) this.#rows.delete(value);
  }
}

function keyOf(values: readonly Kept[]): string {
  return values.length === 1 ? String(values[0]) : JSON.stringify(values);
}
