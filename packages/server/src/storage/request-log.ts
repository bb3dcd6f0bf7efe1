import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import type { Pool } from "@caravela/platform/postgres/pool";
import { purge } from "@caravela/platform/postgres/purge";
import { momentText } from "@caravela/platform/postgres/text";
import { after } from "@caravela/platform/timer";
import type { By } from "../domain/by.ts";
import type { TerminalId } from "../domain/identifiers.ts";
import type { Span } from "../domain/span.ts";
import { DAY } from "../domain/time.ts";
import { type Condition, is, isWithin, readList, type Way } from "./list-query.ts";
import type { Page, PageRequest } from "./paging.ts";

/** What was asked of the API, and how it was answered. */
export interface LoggedRequest {
  /** As the answer's header `x-request-id` has it. */
  readonly id: string;
  readonly at: Date;
  readonly method: string;
  /** The route's pattern: what stood in its place is not kept. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  /** By whose key, or which person; null: nobody was known. */
  readonly by: Pick<By, "type" | "id"> | null;
  /** The terminal of that key or person; null: they are of all, or nobody was known. */
  readonly terminal: TerminalId | null;
  /** The code of the problem that it was answered by; null: by none. */
  readonly problem: string | null;
}

/** The same, as it is read. */
export interface ShownRequest extends LoggedRequest {
  /** What whoever asked is called now; null: nothing is known of them any more, or they have no name. */
  readonly name: string | null;
}

/** Which are listed; null: whatever it is. */
export interface RequestFilter {
  readonly request: string | null;
  readonly by: string | null;
  readonly refused: boolean | null;
  readonly at: Span;
  readonly terminal: TerminalId | null;
}

/** For how long they are kept. */
const KEPT = 7 * DAY;
/** What is noted is written after so long, all of it together, in milliseconds of system time. */
const WRITTEN_AFTER_MS = 2_000;
/** So many are written by one statement. */
const AT_ONCE = 1_000;
/** So many wait to be written at most: what comes then is dropped. */
const MOST_WAITING = 10_000;
/** Of those by nobody that is known, so many wait at most: whoever guesses keys fills no table. */
const MOST_UNKNOWN = 50;

const insertSql = `
insert into caravela.request_log (id, at, method, path, status, ms, by_type, by_id, terminal, problem)
select id, at, method, path, status, ms, by_type, by_id, terminal, problem
  from json_populate_recordset(null::caravela.request_log, $1::json)
on conflict (id) do nothing`;

interface Parts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly log: Pick<Log, "warn">;
  /** Whether anything is noted. */
  readonly isKept: boolean;
  /** One was dropped. */
  readonly dropped: () => void;
  /** Calls back later, by system time; returns what calls that off. */
  readonly later?: typeof after;
}

/**
 * What was asked of the API in the last seven days. It is noted in memory and written off the way of any request, many
 * by one statement: what cannot be written, or comes too fast, is dropped and counted, and nobody waits for it.
 */
export class RequestLog {
  readonly #parts: Parts & { readonly later: typeof after };
  #waiting: LoggedRequest[] = [];
  #unknown = 0;
  #callOff: (() => void) | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = { later: after, ...parts };
  }

  /** Notes one that was answered. */
  note(request: LoggedRequest): void {
    if (!this.#parts.isKept) return;
    const isUnknown = request.by === null;
    if (this.#waiting.length >= MOST_WAITING || (isUnknown && this.#unknown >= MOST_UNKNOWN)) {
      this.#parts.dropped();
      return;
    }
    this.#waiting.push(request);
    if (isUnknown) this.#unknown += 1;
    this.#callOff ??= this.#parts.later(WRITTEN_AFTER_MS, () => void this.written());
  }

  /** Writes what is noted so far: resolves when it is written, or dropped. */
  written(): Promise<void> {
    this.#callOff?.();
    this.#callOff = null;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const all = this.#waiting;
    this.#waiting = [];
    this.#unknown = 0;
    for (let first = 0; first < all.length; first += AT_ONCE) await this.#insert(all.slice(first, first + AT_ONCE));
  }

  async #insert(some: readonly LoggedRequest[]): Promise<void> {
    const { pool, log, dropped } = this.#parts;
    try {
      await pool.query({ name: "requests-logged", text: insertSql, values: [JSON.stringify(some.map(rowOf))] });
    } catch (error) {
      log.warn({ err: error, count: some.length }, "requests could not be written down");
      for (const _one of some) dropped();
    }
  }

  /** A page of them, newest first, those of a moment ago in this process among them. */
  async list(filter: RequestFilter, page: PageRequest): Promise<Page<ShownRequest>> {
    await this.written();
    const { pool } = this.#parts;
    const { by, terminal } = filter;
    const way = wayOf(filter, by !== null && terminal === null ? await terminalsOf(pool, by) : []);
    return readList<Row, ShownRequest>(
      pool,
      { table: "request_log", by: "at", ways: [way], shown: SHOWN },
      page,
      shown,
    );
  }

  /** Forgets those that are too old. */
  async purge(): Promise<void> {
    const { pool, clock } = this.#parts;
    await purge(pool, {
      table: "caravela.request_log",
      column: "at",
      before: new Date(clock.now().getTime() - KEPT),
    });
  }
}

export const SHOWN = {
  columns: "request_log.*, coalesce(operator.name, api_key.name) as by_name",
  table: "caravela.request_log",
  on: `request_log.id = page.id
  left join caravela.operator on operator.id = request_log.by_id
  left join caravela.api_key on api_key.id = request_log.by_id`,
};

/** From one terminal to the next, by `request_log_by`: also those that the settings do not have any more. */
export const TERMINALS_OF = `
with recursive own as (
  (select terminal from caravela.request_log where by_id = $1 order by terminal limit 1)
  union all
  select (select request_log.terminal from caravela.request_log
           where by_id = $1 and request_log.terminal > own.terminal order by request_log.terminal limit 1)
    from own where own.terminal is not null
)
select terminal from own where terminal is not null`;

/** The terminals whose key, or person, has asked by this id, as the log has them. */
async function terminalsOf(pool: Pool, by: string): Promise<string[]> {
  const { rows } = await pool.query<{ terminal: string }>({
    name: "request-terminals",
    text: TERMINALS_OF,
    values: [by],
  });
  return rows.map(({ terminal }) => terminal);
}

/** How lists write that something is of all terminals. */
const OF_ALL = "";

/** By the index of what is asked for. `terminals`: of all, those whose key or person it was. */
export function wayOf(filter: RequestFilter, terminals: readonly string[]): Way {
  const { request, by, refused, at, terminal } = filter;
  const where: Condition[] = [
    ...isWithin("at", at),
    ...(refused === null ? [] : [() => `listed.status ${refused ? ">=" : "<"} 400`]),
  ];
  if (request !== null)
    return { where: [...is("id", request), ...is("terminal", terminal), ...is("by_id", by), ...where], isSorted: true };
  if (by !== null) return { where, each: { by_id: [by], terminal: terminal === null ? terminals : [terminal] } };
  return terminal === null ? { where } : { where, each: { terminal: [terminal] } };
}

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly ms: number;
  readonly by_type: By["type"] | null;
  readonly by_id: string;
  readonly by_name: string | null;
  readonly terminal: string;
  readonly problem: string | null;
}

function rowOf({ by, terminal, at, ...request }: LoggedRequest) {
  return {
    ...request,
    at: momentText(at),
    by_type: by?.type ?? null,
    by_id: by?.id ?? "",
    terminal: terminal ?? OF_ALL,
  };
}

function shown({ id, at, method, path, status, ms, by_type, by_id, by_name, terminal, problem }: Row): ShownRequest {
  return {
    id,
    at,
    method,
    path,
    status,
    ms,
    by: by_type === null ? null : { type: by_type, id: by_id === "" ? null : by_id },
    name: by_name,
    terminal: terminal === OF_ALL ? null : (terminal as TerminalId),
    problem,
  };
}
