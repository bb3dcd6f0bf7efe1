import type { Pool } from "@caravela/platform/postgres/pool";
import type { TerminalId } from "../domain/identifiers.ts";
import { oldestDueSql } from "../http/health.ts";
import { isThere } from "../storage/events.ts";

/** So many are counted at most. */
export const MOST_COUNTED = 1_000;

/** What is due, and since when. */
export interface Due {
  readonly what: string;
  readonly since: Date;
}

/** How all servers of a database stand together. */
export interface Standing {
  /** When SIBS last notified; null: never. */
  readonly lastNotification: Date | null;
  /** What is due and has waited longest; null: nothing is due. */
  readonly oldestDue: Due | null;
  /** The same of what may wait. */
  readonly oldestThatMayWait: Due | null;
  /** Events that an endpoint has not taken and is sent again, and since when the first of them is due. */
  readonly undelivered: { readonly count: number; readonly oldest: Date | null };
  readonly inDoubt: { readonly attempts: number; readonly operations: number; readonly mandates: number };
}

/** Whose it is: of one terminal; null: of all. */
export interface Asked {
  readonly now: Date;
  readonly terminal: TerminalId | null;
  /** Whose everything is that was made before it remembered its terminal. */
  readonly before: TerminalId;
}

/** From one group of terminals to the next by `notification_newest`, and of each the first. */
const lastNotificationSql = `
with recursive whose (terminals) as (
  select min(coalesce(terminals, '{}')) from caravela.notification
  union all
  select (select min(coalesce(terminals, '{}')) from caravela.notification where coalesce(terminals, '{}') > whose.terminals)
    from whose where terminals is not null
)
select max(last.at) as at
  from whose cross join lateral (
    select received_at as at from caravela.notification where coalesce(terminals, '{}') = whose.terminals
     order by received_at desc limit 1) as last
 where whose.terminals is not null and ($1::text is null or $1 = any(whose.terminals))`;

const undeliveredSql = `
select coalesce(sum(waiting.count), 0)::integer as count, min(waiting.oldest) as oldest
  from caravela.event_endpoint as endpoint cross join lateral (
    select count(*) as count, min(first_due_at) as oldest from (
      select first_due_at from caravela.delivery where endpoint_id = endpoint.id and due_at is not null
       order by due_at limit ${MOST_COUNTED}) as counted) as waiting
 where ${isThere("endpoint")} and ($1::text is null or endpoint.terminal = $1)`;

const doubtful = (rows: string) =>
  `(select count(*)::integer from (select from caravela.${rows} and ($1::text is null or coalesce(terminal, $2) = $1) limit ${MOST_COUNTED}) as counted)`;

/** Each by the index that holds these alone. */
const inDoubtSql = `
select ${doubtful(`payment where state @? '$.attempts[*] ? (@.inDoubt == true)'`)} as attempts,
       ${doubtful(`payment where state @? '$.operations[*] ? (@.status == "in_doubt")'`)} as operations,
       ${doubtful(`mandate where state @? '$.inDoubt ? (@ == true)'`)} as mandates`;

/** How it all stands now: what several servers must agree on, from the database. */
export async function readStanding(pool: Pool, { now, terminal, before }: Asked): Promise<Standing> {
  const [notified, due, undelivered, inDoubt] = await Promise.all([
    pool.query<{ at: Date | null }>({ name: "last-notification", text: lastNotificationSql, values: [terminal] }),
    pool.query<Record<string, Date | null>>({ name: "oldest-due", text: oldestDueSql, values: [now] }),
    pool.query<Standing["undelivered"]>({ name: "events-undelivered", text: undeliveredSql, values: [terminal] }),
    pool.query<Standing["inDoubt"]>({ name: "in-doubt", text: inDoubtSql, values: [terminal, before] }),
  ]);
  const kinds = Object.entries(due.rows[0] ?? {});
  const mayWait = ([what]: [string, unknown]) => what.endsWith(MAY_WAIT);
  return {
    lastNotification: notified.rows[0]?.at ?? null,
    oldestDue: oldestOf(kinds.filter((kind) => !mayWait(kind))),
    oldestThatMayWait: oldestOf(kinds.filter(mayWait)),
    undelivered: undelivered.rows[0] ?? { count: 0, oldest: null },
    inDoubt: inDoubt.rows[0] ?? { attempts: 0, operations: 0, mandates: 0 },
  };
}

const MAY_WAIT = "_may_wait";

function oldestOf(kinds: readonly [string, Date | null][]): Due | null {
  const due = kinds.flatMap(([what, since]) => (since === null ? [] : [{ what: what.replace(MAY_WAIT, ""), since }]));
  return due.sort((a, b) => a.since.getTime() - b.since.getTime())[0] ?? null;
}
