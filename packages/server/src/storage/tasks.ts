import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import type { By } from "../domain/by.ts";
import type { EndpointId, MandateId, PaymentId, TerminalId } from "../domain/identifiers.ts";
import type { MandateTask } from "../domain/mandate/tasks.ts";
import type { PaymentTask } from "../domain/payment/tasks.ts";
import { isThere } from "./events.ts";
import { markOf, type Page, type PageRequest, pageOf } from "./paging.ts";
import { type Lists, listedTerminals } from "./unlisted.ts";

type About<T> = T extends unknown ? Omit<T, "since"> : never;

/** What needs a person, or should be known to one, of a payment or of a mandate. */
export type Task = { readonly id: string; readonly since: Date } & (
  | { readonly subject: PaymentId; readonly reference: string; readonly about: About<PaymentTask> }
  | { readonly subject: MandateId; readonly reference: null; readonly about: About<MandateTask> }
);

/** Events that an endpoint has not taken. */
export interface LeftUndelivered {
  readonly endpoint: EndpointId;
  readonly since: Date;
  /** Those that are tried again. */
  readonly tried: number;
  readonly givenUp: number;
  /** Whether it has answered that it is gone: nothing is sent there before it is registered again. */
  readonly isGone: boolean;
}

/** What SIBS notified, or somebody in its name, and that is of nothing here. */
export interface LeftNotifications {
  readonly kind: "notifications_unmatched" | "notifications_refused";
  readonly since: Date;
  readonly count: number;
}

/** So many are counted at most: more are no other message. */
export const COUNTED = 1_000;

/** What took no longer than this is no task yet: deliveries, notifications that came before their transaction. */
const BEARABLE_FOR = "interval '5 minutes'";

/** Those that end by somebody's word alone; the others end with what they are about. */
const ENDED_BY_WORD = ["refund_failed", "capture_refused", "money_given_back", "charge_stopped", "plan_stopped"];

/** Of one terminal; null: of all. */
type Whose = TerminalId | null;

/** Which tasks are wanted. */
export interface TaskFilter {
  readonly whose: Whose;
  /** Of one payment or mandate; null: of all. */
  readonly subject: string | null;
}

/** A page of what payments and mandates need a person for, newest first. What has ended or is done with is none. */
export async function listTasks(
  lists: Lists,
  now: Date,
  { whose, subject }: TaskFilter,
  request: PageRequest,
): Promise<Page<Task>> {
  const all = await listedTerminals(lists, whose);
  const terminals = whose === null ? null : all;
  const { rows } = await lists.pool.query<TaskRow>(tasksStatement(now, { terminals, subject }, request));
  return pageOf(rows, request.limit, taskOf, ({ since }) => [since.getTime()]);
}

/** Whose tasks are read, as lists write terminals; null: those of all. */
interface WhoseTasks {
  readonly terminals: readonly string[] | null;
  readonly subject: string | null;
}

/**
 * How a page of tasks is read: those of one subject by its own index, those of some terminals by `task_of_terminal`, so
 * that nobody walks past others', and all of them by `task_newest`.
 */
export function tasksStatement(now: Date, { terminals, subject }: WhoseTasks, request: PageRequest) {
  const mark = markOf(request);
  const values: unknown[] = [now, request.limit + 1];
  const value = (one: unknown) => `$${values.push(one)}`;
  const start = mark === null ? null : `${value(new Date(mark.place[0] ?? 0))}, ${value(mark.id)}`;
  const page = (where: string, order: string) =>
    `select id, subject_id, since, about from caravela.task where done_at is null and ${where} ${order}`;
  const all = `since <= $1${start === null ? "" : ` and (since, id) < (${start})`}`;

  const which = subject !== null ? "of-subject" : terminals !== null ? "of-terminal" : "all";
  const texts: Readonly<Record<typeof which, () => string>> = {
    all: () => page(all, `${NEWEST} limit $2`),
    "of-subject": () => {
      const whose = value(terminals);
      // looked up by the subject before anything else is asked: no index of what is open serves then
      const own = `(select * from caravela.task where subject_id = ${value(subject)} offset 0) as task`;
      const open = `done_at is null and ${all} and (${whose}::text[] is null or terminal = any(${whose}))`;
      return `select id, subject_id, since, about from ${own} where ${open} ${NEWEST} limit $2`;
    },
    "of-terminal": () => {
      // as a range that is sorted by, so that no other index serves
      const key = "array[task.terminal]";
      const within = `${key} >= whose.key and (${key}, since) <= (whose.key, $1)`;
      const own = `${within}${start === null ? "" : ` and (${key}, since, id) < (whose.key, ${start})`}`;
      return `
select one.* from (select array[terminal] as key from unnest(${value(terminals)}::text[]) as of_each (terminal)) as whose
 cross join lateral (${page(own, `order by ${key} desc, since desc, id desc limit $2`)}) as one
 ${NEWEST} limit $2`;
    },
  };
  return { name: `tasks-${which}-${mark === null ? "first" : "after"}`, text: withReference(texts[which]()), values };
}

const NEWEST = "order by since desc, id desc";

/** With the order of the payment that each row of a page is of; null: it is of no payment. */
function withReference(page: string): string {
  const reference = "select reference from caravela.listed_payment where listed_payment.id = page.subject_id";
  return `select page.*, (${reference}) as reference from (${page}) as page ${NEWEST}`;
}

interface TaskRow {
  readonly id: string;
  readonly subject_id: string;
  readonly since: Date;
  readonly about: object;
  readonly reference: string | null;
}

// A row's subject and what it is about were written together, from one state.
const taskOf = ({ subject_id: subject, ...row }: TaskRow) => ({ subject, ...row }) as Task;

/** A person is done with a task. False: there is no such task, or it is not one that ends so. */
export async function endTask(queries: Queries, { id, note, by, at }: Ending): Promise<boolean> {
  const { rowCount } = await queries.query({
    name: "task-done",
    text: DONE,
    values: [id, at, note, JSON.stringify(by), ENDED_BY_WORD],
  });
  return rowCount === 1;
}

const erasedOf = (table: "payment" | "mandate") =>
  `select state ->> 'erasedAt' as at from caravela.${table} where id = (select subject_id from caravela.task where id = $1) for share`;

// What is written about an erased customer is not kept. One who is being erased is waited for.
const DONE = `
with erased_payment as materialized (${erasedOf("payment")}), erased_mandate as materialized (${erasedOf("mandate")})
update caravela.task
   set done_at = coalesce(done_at, $2), done_by = coalesce(done_by, $4),
       done_note = case when (select at from erased_payment) is null and (select at from erased_mandate) is null then coalesce(done_note, $3) end
 where id = $1 and since <= $2 and about ->> 'kind' = any($5)`;

/** That a person is done with something: who, when and why. */
export interface Ending {
  readonly id: string;
  readonly note: string;
  readonly by: By;
  readonly at: Date;
}

/** What each endpoint has not taken. Of one that a person was done with, what has come since. */
export async function leftUndelivered(pool: Pool, now: Date, whose: Whose): Promise<LeftUndelivered[]> {
  const { rows } = await pool.query<LeftUndelivered>({
    name: "tasks-undelivered",
    text: UNDELIVERED,
    values: [now, whose],
  });
  return rows;
}

const UNDELIVERED = `
select endpoint.id as endpoint, least(tried.since, given_up.since) as since, tried.count::integer as tried, given_up.count::integer as "givenUp",
       endpoint.ended_at is not null as "isGone"
  from caravela.event_endpoint as endpoint
  left join caravela.task_done on task_done.id = 'events_undelivered.' || endpoint.id
 cross join lateral (
   select count(*) as count, min(first_due_at) as since from (
     select first_due_at from caravela.delivery
      where endpoint_id = endpoint.id and due_at is not null and first_due_at <= $1::timestamptz - ${BEARABLE_FOR}
        and first_due_at > coalesce(task_done.at, '-infinity') limit ${COUNTED}) as counted) as tried
 cross join lateral (
   select count(*) as count, min(first_due_at) as since from (
     select first_due_at from caravela.delivery
      where endpoint_id = endpoint.id and given_up_at > coalesce(task_done.at, '-infinity')
      order by given_up_at desc limit ${COUNTED}) as counted) as given_up
 where ${isThere("endpoint")} and tried.count + given_up.count > 0 and ($2::text is null or endpoint.terminal = $2)
 order by since desc`;

/** What was notified and is of nothing here. */
export async function leftNotifications(pool: Pool, now: Date): Promise<LeftNotifications[]> {
  const { rows } = await pool.query<LeftNotifications>({ name: "tasks-notifications", text: NOTIFIED, values: [now] });
  return rows;
}

/**
 * Notifications that are of nothing here: in the words of `notification_without_subject`, the newest first. Whoever
 * looks for one by its transaction says `subject_id is null`, in the words of `notification_unmatched`.
 */
export const OF_NOTHING = "coalesce(subject_id, '') = ''";

const NOTIFIED = `
select 'notifications_unmatched' as kind, min(received_at) as since, count(*)::integer as count from (
  select received_at from caravela.notification
   where ${OF_NOTHING} and received_at <= $1::timestamptz - ${BEARABLE_FOR}
     and received_at > coalesce((select at from caravela.task_done where id = 'notifications_unmatched'), '-infinity')
   order by received_at desc limit ${COUNTED}) as counted
having count(*) > 0
union all
select 'notifications_refused', since, count from caravela.notification_refused
 where last_at > coalesce((select at from caravela.task_done where id = 'notifications_refused'), '-infinity')`;

/**
 * A person is done with what an endpoint has not taken so far, or with what was notified so far. False: there is no
 * such endpoint.
 */
export async function endSoFar(queries: Queries, { id, note, by, at }: Ending): Promise<boolean> {
  const { rows } = await queries.query({
    name: "task-done-so-far",
    text: `
with done as (
  insert into caravela.task_done (id, at, note, by)
  select $1, $2, $3, $4::jsonb
   where not starts_with($1, 'events_undelivered.') or exists (select from caravela.event_endpoint where 'events_undelivered.' || id = $1)
  on conflict (id) do update set at = excluded.at, note = excluded.note, by = excluded.by
  returning id
), known as (
  delete from caravela.notification_refused where $1 = 'notifications_refused'
)
select id from done`,
    values: [id, at, note, JSON.stringify(by)],
  });
  return rows.length === 1;
}
