import type { Pool } from "@caravela/platform/postgres/pool";
import type { Done } from "../injuries/schedule.ts";
import type { Diary } from "../town/diary.ts";

/** What is told of the time before a payment's first line, and after its last, in milliseconds. */
const AROUND_MS = 20_000;

/** A line of a story, by the clock of gateway and servers. */
interface Line {
  readonly at: number;
  readonly says: string;
}

/**
 * The story of a payment or an authorised payment: what people did, its journal, what SIBS wrote of it, and what was
 * hurt meanwhile; in the order in which it happened.
 */
export async function storyOf(
  subject: string,
  { pool, diary, injuries }: { pool: Pool; diary: Diary; injuries: readonly Done[] },
): Promise<string[]> {
  const lines: Line[] = [
    ...diary.about(subject).map(({ at, what }) => ({ at, says: `        ${what}` })),
    ...(await journal(pool, subject)),
    ...(await atSibs(pool, subject)),
  ];
  if (lines.length === 0) return [`${subject}: nothing is known of it`];
  const [first, last] = [Math.min(...lines.map(({ at }) => at)), Math.max(...lines.map(({ at }) => at))];
  const around = injuries
    .filter(({ began, ended }) => ended > first - AROUND_MS && began < last + AROUND_MS)
    .flatMap(({ kind, where, began, ended }) => [
      { at: began, says: `INJURY  ${kind}: ${where}` },
      { at: ended, says: `        … is over: ${where}` },
    ]);
  return [...lines, ...around]
    .toSorted((one, other) => one.at - other.at)
    .map(({ at, says }) => `${new Date(at).toISOString()}  ${says}`);
}

async function journal(pool: Pool, subject: string): Promise<Line[]> {
  const { rows } = await pool.query<{ at: Date; kind: string; data: unknown }>(
    "select at, kind, data from caravela.fact where subject_id = $1 order by number",
    [subject],
  );
  return rows.map(({ at, kind, data }) => ({ at: at.getTime(), says: `journal ${kind} ${short(data)}` }));
}

/** What SIBS has of its attempts and operations, by the ids that we gave them. */
async function atSibs(pool: Pool, subject: string): Promise<Line[]> {
  const { rows } = await pool.query<{ id: string; ours: string; journal: { at: string; what: string }[] }>(
    `select transaction_id as id, merchant_transaction_id as ours, journal from sibs_gateway.transaction
      where split_part(merchant_transaction_id, '.', 1) in
        (select one ->> 'id' from caravela.payment, jsonb_array_elements((state -> 'attempts') || (state -> 'operations')) one
          where payment.id = $1)`,
    [subject],
  );
  return rows.flatMap(({ id, ours, journal }) =>
    journal.map(({ at, what }) => ({ at: Date.parse(at), says: `SIBS    ${what} (${id}, ${ours})` })),
  );
}

function short(data: unknown): string {
  const text = JSON.stringify(data);
  return text.length > 240 ? `${text.substring(0, 240)}…` : text;
}
