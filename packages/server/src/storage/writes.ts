import type { Queries } from "@caravela/platform/postgres/pool";
import { holdableJson, momentText } from "@caravela/platform/postgres/text";
import { Together } from "@caravela/platform/postgres/together";
import type { Instant } from "../domain/time.ts";
import { cardRow, type SavedCard } from "./cards.ts";
import type { EventRow } from "./events.ts";
import type { Ground } from "./ground.ts";
import type { IdempotencyRow } from "./keys.ts";
import { LIST_TABLE_NAMES, type ListChanges, type ListRow, type ListRows, type ListTableName } from "./lists.ts";
import type { Spent, Uncounted } from "./refund-days.ts";
import { nameOf, type Shape, textOf } from "./statements.ts";

/** As what a subject was known: a decision is written only on this. */
export interface Known {
  readonly version: number;
  /** How many inquiries there were that were no facts. */
  readonly looked: number;
}

/** One decision with all that follows from it, as it is written: together or not at all. */
export interface Write {
  /** The subject's row: its columns by their names. */
  readonly row: { readonly id: string; readonly [column: string]: unknown };
  /** What was decided on; null: the subject is created. */
  readonly on: Known | null;
  /** None: what an inquiry found is no fact, and is noted in the row alone. */
  readonly facts: readonly object[];
  readonly events: readonly EventRow[];
  /** By which it is found from now on. */
  readonly keys: readonly string[];
  /** The key of the request that asked for it, and when. */
  readonly request: (IdempotencyRow & { readonly at: Instant }) | null;
  /** What of it counts in a day's refunds of keys that have a limit. */
  readonly spends: readonly Spent[];
  /** What counts in such a day no more. */
  readonly uncounts: readonly Uncounted[];
  /** The customers' cards that are kept. */
  readonly cards: readonly SavedCard[];
  /** What changes of its rows in lists. */
  readonly lists: ListChanges;
}

/**
 * Writes decisions about the subjects of one table, many together where many are made at once; by itself one that
 * stands on another row, changes what counts in a key's day or keeps a card, or whose own somebody holds.
 */
export class Writes {
  readonly #pool: Queries;
  readonly #table: Shape["table"];
  /** The texts of its statements, by their names. */
  readonly #texts = new Map<string, string>();
  readonly #created: Together<Write, boolean>;
  readonly #decided: Together<Write, boolean>;
  readonly #looked: Together<Write, boolean>;

  constructor(pool: Queries, table: Shape["table"]) {
    this.#pool = pool;
    this.#table = table;
    const writeAll = (all: readonly Write[]) => this.#write(all, { waits: false, ground: null });
    this.#created = new Together(writeAll, subjectOf);
    this.#decided = new Together(writeAll, subjectOf);
    this.#looked = new Together(writeAll, subjectOf);
  }

  /**
   * Whether it was written. A creation is not where it is there already; a decision, where it was made on another
   * version, or its ground has changed.
   */
  async write(write: Write, ground: Ground | null): Promise<boolean> {
    if (write.on === null) return this.#created.do(write);
    const isAlone = ground !== null || [write.spends, write.uncounts, write.cards].some((rows) => rows.length > 0);
    const together = write.facts.length > 0 ? this.#decided : this.#looked;
    if (!isAlone && (await together.do(write))) return true;
    // it was decided about meanwhile; or somebody holds it: then nobody else has to wait for that
    return (await this.#write([write], { waits: true, ground }))[0] === true;
  }

  async #write(
    all: readonly Write[],
    { waits, ground }: { readonly waits: boolean; readonly ground: Ground | null },
  ): Promise<boolean[]> {
    const creates = all.every(({ on }) => on === null);
    const events = all.flatMap((one) => one.events.map((event) => ({ ...event, subject_id: one.row.id })));
    const keys = all.flatMap((one) => one.keys.map((key) => ({ key, subject_id: one.row.id })));
    const requests = all.flatMap(({ row, request }) => (request === null ? [] : [{ subject: row.id, request }]));
    const spends = all.flatMap((one) => one.spends.map(spentRow));
    const uncounts = all.flatMap((one) => one.uncounts.map(uncountedRow));
    const cards = all.flatMap((one) => one.cards.map(cardRow));
    const facts = all.flatMap((one) => one.facts.map((fact) => ({ ...fact, subject_id: one.row.id })));
    const written = rowsOfAll(all, ({ lists }) => lists.written);
    const removed = rowsOfAll(all, ({ lists }) => lists.removed);
    const statement = this.#statementOf({
      table: this.#table,
      columns: Object.keys(all[0]?.row ?? {}),
      creates,
      waits,
      facts: facts.length > 0,
      events: events.length > 0,
      keys: keys.length > 0,
      requests: requests.length > 0,
      spends: spends.length > 0,
      uncounts: uncounts.length > 0,
      cards: cards.length > 0,
      ground: ground?.table ?? null,
      lists: written.map(({ name }) => name),
      unlists: removed.map(({ name }) => name),
    });
    const { rows } = await this.#pool.query<{ id: string }>({
      ...statement,
      values: [
        JSON.stringify(all.map(({ row }) => row)),
        ...(creates ? [] : [all.map(subjectOf), all.map(({ on }) => on?.version), all.map(({ on }) => on?.looked)]),
        ...(ground === null ? [] : [ground.id, ground.mark]),
        ...(facts.length > 0 ? [JSON.stringify(facts)] : []),
        ...(events.length > 0 ? [JSON.stringify(events)] : []),
        ...(keys.length > 0 ? [JSON.stringify(keys)] : []),
        ...(requests.length > 0 ? [requests.map(({ subject }) => subject), requests.map(keyText)] : []),
        ...(spends.length > 0 ? [JSON.stringify(spends)] : []),
        ...(uncounts.length > 0 ? [JSON.stringify(uncounts)] : []),
        ...(cards.length > 0 ? [holdableJson(cards)] : []),
        ...[...written, ...removed].map((list) => JSON.stringify(list.rows)),
      ],
    });
    const done = new Set(rows.map(({ id }) => id));
    return all.map(({ row }) => done.has(row.id));
  }

  /** The rows of a table always have the same columns. */
  #statementOf(shape: Shape): { readonly name: string; readonly text: string } {
    const name = nameOf(shape);
    const text = this.#texts.get(name) ?? textOf(shape);
    this.#texts.set(name, text);
    return { name, text };
  }
}

/** Of each list the rows of all, where there are any. */
function rowsOfAll(
  all: readonly Write[],
  of: (write: Write) => ListRows,
): readonly { readonly name: ListTableName; readonly rows: readonly ListRow[] }[] {
  return LIST_TABLE_NAMES.flatMap((name) => {
    const rows = all.flatMap((write) => of(write)[name] ?? []);
    return rows.length === 0 ? [] : [{ name, rows }];
  });
}

const subjectOf = ({ row }: Write): string => row.id;

function spentRow({ key, day, amount, most }: Spent): object {
  return { key_id: key, day, amount, most };
}

function uncountedRow({ key, day, amount }: Uncounted): object {
  return { key_id: key, day, amount };
}

function keyText({ request }: { readonly request: NonNullable<Write["request"]> }): string {
  return JSON.stringify({ ...request, created_at: momentText(new Date(request.at)) });
}
