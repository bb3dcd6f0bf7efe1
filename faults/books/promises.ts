import type { Pool } from "@caravela/platform/postgres/pool";
import type { Dice } from "../../simulation/dice.ts";
import type { Violation } from "../../tests/books/books.ts";
import { plansOf as chargesOf } from "../../tests/books/plans.ts";
import type { Diary } from "../town/diary.ts";
import type { Till } from "../town/till.ts";
import type { Books } from "./read.ts";

/** What was acknowledged to a shop is there, whatever happened since. */
export function keptOf({ payments, mandates }: Books, { acknowledged }: Diary): Violation[] {
  const there = new Set<string>([
    ...payments.flatMap(({ id, operations }) => [id, ...operations.map((one) => one.id)]),
    ...mandates.flatMap(({ id, plans }) => [id, ...plans.map((one) => one.id)]),
  ]);
  return [...acknowledged]
    .filter(([id]) => !there.has(id))
    .map(([id, kind]) => ({ kind: "loss", subject: null, says: `the ${kind} ${id} was acknowledged, and is gone` }));
}

/** Each plan has charged what it counts, each period once, and something at all; nobody's consent is in doubt. */
export function plansOf(books: Books): Violation[] {
  const { mandates } = books;
  return [
    ...mandates
      .filter(({ inDoubt }) => inDoubt)
      .map(({ id }) => ({ kind: "other", subject: id, says: "is in doubt at the end" }) as const),
    ...chargesOf(books),
    ...mandates.flatMap(({ id: subject, plans }) =>
      plans
        .filter(({ charged }) => charged === 0)
        .map(({ id }) => ({ kind: "loss", subject, says: `${id} has charged nothing, and its day is past` }) as const),
    ),
  ];
}

/**
 * Nothing waits any more, on either side, but what comes round each day, what is looked up days later, and the end of
 * what a plan charges no more.
 */
export async function leftOf(pool: Pool, now: number): Promise<Violation[]> {
  const { rows } = await pool.query<{ what: string; id: string }>(
    `select 'payment' as what, id from caravela.payment
      where due_at is not null and not (state::text ~ '"unprovedSince": *[0-9]')
        and not (due_at > $1 and state::jsonb #>> '{charging,isStopped}' = 'true')
     union all select 'notification', id from caravela.notification where due_at is not null
     union all select 'delivery to a shop of', subject_id from caravela.delivery where due_at is not null
     union all select 'mandate', id from caravela.mandate where due_at <= $1
     union all select 'SIBS''s transaction', transaction_id from sibs_gateway.transaction where due_at <= $1
     union all select 'SIBS''s notification of', transaction_id from sibs_gateway.notification where due_at is not null`,
    [new Date(now)],
  );
  const locks = await pool.query<{ query: string }>(
    `select left(query, 80) as query from pg_stat_activity
      where wait_event_type = 'Lock' or (state like 'idle in transaction%' and xact_start < now() - interval '15 seconds')`,
  );
  return [
    ...rows.map(({ what, id }) => ({ kind: "other", subject: id, says: `the ${what} ${id} still waits` }) as const),
    ...locks.rows.map(({ query }) => ({ kind: "other", subject: null, says: `locked for good: ${query}` }) as const),
  ];
}

/** What a shop reckons with: the sums of all days are SIBS's. */
export async function reportsOf(till: Till, dice: Dice, { entries }: Books): Promise<Violation[]> {
  const answer = await till.read(dice, "/v1/summaries/days");
  const days: { taken: number; refunded: number; held: number }[] = answer?.body?.data ?? [];
  const all = [...entries.values()];
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const compared = [
    ["taken", sum(days.map(({ taken }) => taken)), sum(all.map(({ captured }) => captured))],
    ["given back", sum(days.map(({ refunded }) => refunded)), sum(all.map(({ refunded }) => refunded))],
    ["held", sum(days.map(({ held }) => held)), sum(all.map((one) => one.authorized - one.captured - one.released))],
  ] as const;
  return compared
    .filter(([, ours, theirs]) => ours !== theirs)
    .map(([what, ours, theirs]) => ({
      kind: "loss",
      subject: null,
      says: `${what} on all days: ${ours} here, ${theirs} at SIBS`,
    }));
}
