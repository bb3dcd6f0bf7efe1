import type { CivilDate } from "@caravela/platform/lisbon";
import type { FailureReason } from "../domain/failure.ts";
import type { TerminalId } from "../domain/identifiers.ts";
import type { Method } from "../domain/methods/index.ts";
import type { Condition, Value } from "./list-query.ts";
import { type Days, spansOf } from "./movements.ts";
import { type Lists, listedTerminals } from "./unlisted.ts";

/** How many attempts failed for a reason, by a method at a terminal. */
export interface FailureCount {
  readonly reason: FailureReason;
  readonly method: Method;
  readonly terminal: TerminalId;
  readonly count: number;
}

/** References that are still to be paid, by the day in Lisbon on which they end. In cents. */
export interface ReferenceSum {
  readonly day: CivilDate;
  readonly terminal: TerminalId;
  readonly count: number;
  readonly amount: number;
}

/** By `listed_attempt_by_day`, which holds all that is read. */
export const failuresSql = `
select reason, method, coalesce(nullif(terminal, ''), $4) as terminal, count(*)::integer as count
  from caravela.listed_attempt
 where terminal = any($1) and standing = 'failed' and day between $2 and $3
 group by 1, 2, 3`;

/** The same. */
export const referencesSql = `
select day::text, coalesce(nullif(terminal, ''), $2) as terminal, count(*)::integer as count, sum(amount)::bigint as amount
  from caravela.listed_attempt
 where terminal = any($1) and standing = 'to_be_paid'
 group by 1, 2
 order by 1, 2`;

/** Why attempts failed on some days, the most frequent first. */
export async function countFailures(lists: Lists, days: Days): Promise<FailureCount[]> {
  const terminals = await listedTerminals(lists, days.terminal);
  const all = new Map<string, FailureCount>();
  for (const [first, last] of spansOf(days)) {
    const { rows } = await lists.pool.query<FailureCount>({
      name: "attempt-failures",
      text: failuresSql,
      values: [terminals, first, last, lists.before],
    });
    for (const row of rows) {
      const key = keyOf(row);
      all.set(key, { ...row, count: row.count + (all.get(key)?.count ?? 0) });
    }
  }
  return [...all.values()].sort((a, b) => b.count - a.count || keyOf(a).localeCompare(keyOf(b)));
}

const keyOf = ({ reason, method, terminal }: FailureCount) => [reason, method, terminal].join(" ");

/** What is still to be paid by references, the one that ends first before the others. */
export async function sumReferences(lists: Lists, terminal: TerminalId | null): Promise<ReferenceSum[]> {
  const terminals = await listedTerminals(lists, terminal);
  const { rows } = await lists.pool.query<ReferenceSum>({
    name: "references-to-be-paid",
    text: referencesSql,
    values: [terminals, lists.before],
  });
  return rows;
}

/** Attempts that failed on some days; null: for whatever reason, by whatever method. */
export interface FailedAttempt extends Omit<Days, "terminal"> {
  readonly reasons: readonly FailureReason[] | null;
  readonly methods: readonly Method[] | null;
}

/** What an attempt must be for its payment to be in a list. */
type Such = (value: Value) => string;

/** It failed so. */
export function failedSo({ from, to, reasons, methods }: FailedAttempt): Such {
  return (value) => {
    const any = (column: string, wanted: readonly string[] | null) =>
      wanted === null ? "" : ` and attempt.${column} = any(${value(wanted)}::text[])`;
    const days = `attempt.day between ${value(from)}::date and ${value(to)}::date`;
    return `attempt.standing = 'failed' and ${days}${any("reason", reasons)}${any("method", methods)}`;
  };
}

/** It is a reference that is still to be paid, and ends on this day. */
export function endsOn(day: CivilDate): Such {
  return (value) => `attempt.standing = 'to_be_paid' and attempt.day = ${value(day)}::date`;
}

/** That a payment has such an attempt: looked up by the payment. */
export function hasAttempt(such: Such): Condition {
  return (value) =>
    `exists (select from caravela.listed_attempt as attempt where attempt.subject_id = listed.id and ${such(value)})`;
}

/** The same, looked up by the days: as many are read as there are on them. */
export function isAmongAttempts(such: Such, terminals: readonly string[]): Condition {
  return (value) => `listed.id = any(array(
      select attempt.subject_id from caravela.listed_attempt as attempt
       where attempt.terminal = any(${value(terminals)}::text[]) and ${such(value)}))`;
}
