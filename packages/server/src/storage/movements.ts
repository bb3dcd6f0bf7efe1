import { addDays, type CivilDate } from "@caravela/platform/lisbon";
import type { TerminalId } from "../domain/identifiers.ts";
import type { Method } from "../domain/methods/index.ts";
import type { Condition, Value } from "./list-query.ts";
import { type Lists, listedTerminals } from "./unlisted.ts";

/** Which days are summed up, both ends with them; `terminal` null: of all. */
export interface Days {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly terminal: TerminalId | null;
}

/** What moved on a day in Lisbon by one method at one terminal, in cents. */
export interface DaySum {
  readonly day: CivilDate;
  readonly method: Method;
  readonly terminal: TerminalId;
  readonly taken: number;
  readonly refunded: number;
  /** By how much what is held grew; less than nothing where more was captured or given up than was newly held. */
  readonly held: number;
  /** Payments of which any money moved. */
  readonly count: number;
}

const sumsSql = `
select day::text, method, coalesce(nullif(terminal, ''), $4) as terminal, sum(taken)::bigint as taken, sum(refunded)::bigint as refunded,
       sum(held)::bigint as held, count(distinct subject_id) as count
  from caravela.movement
 where terminal = any($1) and day between $2 and $3
 group by 1, 2, 3
 order by day desc, method, terminal`;

/** That money of a payment went back on some days: looked up by the payment. */
export function wasRefunded(days: Omit<Days, "terminal">): Condition {
  return (value) =>
    `exists (select from caravela.movement as moved where moved.subject_id = listed.id and ${isRefund(days, value)})`;
}

/** The same, looked up by the days, in `movement_by_day`. */
export function isAmongRefunded(days: Omit<Days, "terminal">, terminals: readonly string[]): Condition {
  return (value) => `listed.id = any(array(
      select moved.subject_id from caravela.movement as moved
       where moved.terminal = any(${value(terminals)}::text[]) and ${isRefund(days, value)}))`;
}

function isRefund({ from, to }: Omit<Days, "terminal">, value: Value): string {
  return `moved.day between ${value(from)}::date and ${value(to)}::date and moved.refunded > 0`;
}

/** So many days are summed up by one statement, which so keeps within its time where much moves on each. */
const AT_ONCE = 31;

/** Some days in parts that are summed up one by one, the newest first: the first and the last day of each. */
export function spansOf({ from, to }: Omit<Days, "terminal">): (readonly [first: CivilDate, last: CivilDate])[] {
  const spans: [CivilDate, CivilDate][] = [];
  for (let last = to; last >= from; last = addDays(last, -AT_ONCE)) {
    const first = addDays(last, 1 - AT_ONCE);
    spans.push([first < from ? from : first, last]);
  }
  return spans;
}

/** What moved on each of some days, the newest first; on which nothing moved are left out. */
export async function sumDays(lists: Lists, days: Days): Promise<DaySum[]> {
  const terminals = await listedTerminals(lists, days.terminal);
  const sums: DaySum[] = [];
  for (const [first, last] of spansOf(days)) {
    const { rows } = await lists.pool.query<DaySum & { day: string }>({
      name: "movement-days",
      text: sumsSql,
      values: [terminals, first, last, lists.before],
    });
    sums.push(...rows);
  }
  return sums;
}
