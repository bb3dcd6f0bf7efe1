import type { Row } from "../columns.ts";
import { microseconds, read } from "../columns.ts";
import { type Statement, type Tables, touched } from "../database.ts";

/** What took no longer than this is no task yet, in microseconds. */
const BEARABLE_FOR = 300_000_000;
const COUNTED = 1_000;
const NOTIFICATIONS = "notifications_unmatched";
const REFUSED = "notifications_refused";

/** What needs a person. */
export const taskStatements: Readonly<Record<string, Statement>> = {
  "tasks-all-first": (tables, [now, limit]) =>
    page(tables, Number(limit), (row) => Number(row.since) <= microseconds(now)),

  "tasks-of-subject-first": (tables, [now, limit, terminals, subject]) =>
    page(
      tables,
      Number(limit),
      (row) =>
        Number(row.since) <= microseconds(now) &&
        row.subject_id === subject &&
        (terminals == null || (terminals as readonly unknown[]).includes(row.terminal)),
    ),

  "tasks-of-terminal-first": (tables, [now, limit, terminals]) =>
    page(
      tables,
      Number(limit),
      (row) => Number(row.since) <= microseconds(now) && (terminals as readonly unknown[]).includes(row.terminal),
    ),

  "lists-standing": (tables) => [
    {
      unlisted: ["payment", "mandate"].some((table) =>
        [...tables.of(`caravela.${table}`).inOrder("unlisted")].some(isWaitedFor),
      ),
      terminals: terminalsIn(tables),
    },
  ],

  "task-done": (tables, [id, at, note, by, endedByWord]) => {
    const tasks = tables.of("caravela.task");
    const row = tasks.get(String(id));
    if (row === undefined || Number(row.since) > microseconds(at)) return touched(0);
    const { kind } = JSON.parse(String(row.about));
    if (!(endedByWord as readonly unknown[]).includes(kind)) return touched(0);
    const done_note = isErased(tables, row) ? null : (row.done_note ?? note);
    tasks.update(row, { done_at: row.done_at ?? at, done_by: row.done_by ?? by, done_note });
    return touched(1);
  },

  "task-done-so-far": (tables, [id, at, note, by]) => {
    const [, endpoint] = /^events_undelivered\.(.*)$/.exec(String(id)) ?? [];
    if (endpoint !== undefined && tables.of("caravela.event_endpoint").get(endpoint) === undefined) return [];
    const changes = { at, note, by };
    tables.of("caravela.task_done").upsert({ id, ...changes }, "task_done_pkey", () => changes);
    if (id === REFUSED) for (const row of [...refused(tables).rows]) refused(tables).remove(row);
    return [{ id }];
  },

  "tasks-undelivered": (tables, [now, whose]) =>
    [...tables.of("caravela.event_endpoint").rows]
      .filter(({ end_reason }) => end_reason !== "removed")
      .filter(({ terminal }) => whose == null || terminal === whose)
      .map((endpoint) => undelivered(tables, endpoint, microseconds(now)))
      .filter(({ tried, givenUp }) => tried + givenUp > 0)
      .toSorted((one, other) => Number(other.since) - Number(one.since)),

  "tasks-notifications": (tables, [now]) => [
    ...unmatched(tables, microseconds(now)),
    ...[...refused(tables).rows]
      .filter(({ last_at }) => Number(last_at) > doneAt(tables, REFUSED))
      .map(({ since, count }) => ({ kind: REFUSED, since: asDate(Number(since)), count })),
  ],
};

const refused = (tables: Tables) => tables.of("caravela.notification_refused");

/** Those that are not done with, newest first, each with the order that it is of. */
function page(tables: Tables, limit: number, is: (row: Row) => boolean): readonly object[] {
  const tasks = tables.of("caravela.task");
  return [...tasks.rows]
    .filter((row) => row.done_at === null && is(row))
    .toSorted((one, other) => Number(other.since) - Number(one.since) || (String(one.id) < String(other.id) ? 1 : -1))
    .slice(0, limit)
    .map((row) => ({
      ...tasks.read(row, ["id", "subject_id", "since", "about"]),
      reference: tables.of("caravela.listed_payment").get(row.subject_id ?? null)?.reference ?? null,
    }));
}

/** Not what could not be read. */
const isWaitedFor = ({ version, listed_in_full, listed_version }: Row): boolean =>
  (listed_in_full === undefined ? listed_version : listed_in_full) !== -1 - Number(version);

/** Whose payments are listed: from one terminal to the next. */
function terminalsIn(tables: Tables): readonly string[] {
  const listed = tables.of("caravela.listed_payment").inOrder("by_terminal");
  const terminals: string[] = [];
  let [next] = listed;
  while (next !== undefined) {
    terminals.push(String(next.terminal));
    [next] = listed.after(String(next.terminal));
  }
  return terminals;
}

/** What is written about an erased customer is not kept. */
function isErased(tables: Tables, { subject_id }: Row): boolean {
  return ["payment", "mandate"].some((table) => {
    const row = tables.of(`caravela.${table}`).get(subject_id ?? null);
    return row !== undefined && JSON.parse(String(row.state)).erasedAt != null;
  });
}

/** When a person was last done with something. */
function doneAt(tables: Tables, id: string): number {
  const row = tables.of("caravela.task_done").get(id);
  return row === undefined ? Number.NEGATIVE_INFINITY : Number(row.at);
}

function undelivered(tables: Tables, { id, ended_at }: Row, now: number) {
  const done = doneAt(tables, `events_undelivered.${id}`);
  const deliveries = tables.of("caravela.delivery").having("endpoint_id", String(id));
  const tried = deliveries
    .filter(({ due_at, first_due_at: first }) => due_at !== null && Number(first) <= now - BEARABLE_FOR)
    .filter(({ first_due_at: first }) => Number(first) > done)
    .slice(0, COUNTED);
  const givenUp = deliveries
    .filter(({ given_up_at: at }) => at !== null && Number(at) > done)
    .toSorted((one, other) => Number(other.given_up_at) - Number(one.given_up_at))
    .slice(0, COUNTED);
  const since = Math.min(...[...tried, ...givenUp].map((row) => Number(row.first_due_at)));
  return {
    endpoint: id,
    since: asDate(since),
    tried: tried.length,
    givenUp: givenUp.length,
    isGone: ended_at !== null,
  };
}

function unmatched(tables: Tables, now: number): readonly object[] {
  const done = doneAt(tables, NOTIFICATIONS);
  const left = [...tables.of("caravela.notification").rows]
    .filter(({ subject_id }) => subject_id === null)
    .map(({ received_at }) => Number(received_at))
    .filter((at) => at <= now - BEARABLE_FOR && at > done)
    .sort((one, other) => other - one)
    .slice(0, COUNTED);
  return left.length === 0 ? [] : [{ kind: NOTIFICATIONS, since: asDate(left.at(-1) ?? 0), count: left.length }];
}

const asDate = (moment: number): unknown => read("timestamp with time zone", moment);
