import type { Kept, Row } from "./columns.ts";
import type { Lookup } from "./lookups.ts";

/** Which rows of a table are kept in the order of a column: those in which it holds anything. */
export interface OrderedIndex {
  readonly name: string;
  readonly by: string;
  /** Of which rows it holds; of all, unless it is said. */
  readonly where?: (row: Row) => boolean;
  /** Rows part into groups, each with an order of its own: the name of a row's. */
  readonly of?: (row: Row) => string;
}

interface Entry {
  readonly value: NonNullable<Kept>;
  readonly row: Row;
}

/**
 * Rows in the order of a value; those of the same one in the order in which they came to have it. Whoever changes what
 * is in it takes from it first what is to be changed.
 */
export class Ordered {
  readonly #entries: Entry[] = [];

  /** All of them. */
  *[Symbol.iterator](): Generator<Row> {
    for (const { row } of this.#entries) yield row;
  }

  /** Those up to a value, that one among them. */
  *upTo(value: NonNullable<Kept>): Generator<Row> {
    for (const entry of this.#entries) {
      if (entry.value > value) return;
      yield entry.row;
    }
  }

  /** Those after a value. */
  *after(value: NonNullable<Kept>): Generator<Row> {
    for (let place = this.#after(value); place < this.#entries.length; place += 1) {
      const entry = this.#entries[place];
      if (entry !== undefined) yield entry.row;
    }
  }

  /** From the last to the first. */
  *fromLast(): Generator<Row> {
    for (let place = this.#entries.length - 1; place >= 0; place -= 1) {
      const entry = this.#entries[place];
      if (entry !== undefined) yield entry.row;
    }
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  enter(value: NonNullable<Kept>, row: Row): void {
    this.#entries.splice(this.#after(value), 0, { value, row });
  }

  leave(value: NonNullable<Kept>, row: Row): void {
    for (let place = this.#after(value) - 1; place >= 0; place -= 1) {
      if (this.#entries[place]?.row !== row) continue;
      this.#entries.splice(place, 1);
      return;
    }
  }

  /** The place of the first one after a value. */
  #after(value: NonNullable<Kept>): number {
    let [from, to] = [0, this.#entries.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const entry = this.#entries[middle];
      if (entry !== undefined && entry.value <= value) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}

/** A table's rows by one such index, group by group. */
export class OrderedRows implements Lookup {
  readonly #index: OrderedIndex;
  readonly #groups = new Map<string, Ordered>();

  constructor(index: OrderedIndex) {
    this.#index = index;
  }

  /** The rows of a group; of the only one, unless it is said. */
  of(group = ""): Ordered {
    return this.#groups.get(group) ?? NONE;
  }

  isSame(row: Row, after: Row): boolean {
    const value = this.#valueOf(row);
    if (value !== this.#valueOf(after)) return false;
    return value === null || this.#index.of?.(row) === this.#index.of?.(after);
  }

  enter(row: Row): void {
    const value = this.#valueOf(row);
    if (value === null) return;
    const group = this.#index.of?.(row) ?? "";
    const rows = this.#groups.get(group) ?? new Ordered();
    this.#groups.set(group, rows);
    rows.enter(value, row);
  }

  leave(row: Row): void {
    const value = this.#valueOf(row);
    if (value === null) return;
    const group = this.#index.of?.(row) ?? "";
    const rows = this.#groups.get(group);
    rows?.leave(value, row);
    if (rows?.isEmpty === true) this.#groups.delete(group);
  }

  /** Null: it is not in it. */
  #valueOf(row: Row): Kept {
    const { by, where } = this.#index;
    const value = row[by] ?? null;
    return value !== null && (where?.(row) ?? true) ? value : null;
  }
}

const NONE = new Ordered();
