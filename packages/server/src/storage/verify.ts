import { isDeepStrictEqual } from "node:util";
import type { Queries } from "@caravela/platform/postgres/pool";
import { replayMandate } from "../domain/mandate/earlier-facts.ts";
import { bringUpMandate } from "../domain/mandate/stored.ts";
import { replay } from "../domain/payment/earlier-facts.ts";
import { bringUpPayment } from "../domain/payment/stored.ts";
import type { StoredFact } from "../domain/stored.ts";

/** A payment or a mandate whose journal was replayed. */
export interface Verified {
  readonly table: Verifiable;
  readonly id: string;
  /**
   * The members of the stored state that its journal does not come to, each as `attempts.0.status`; none: they agree.
   */
  readonly differing: readonly string[];
  /** Why it could not be replayed, or its state not be read; null: it could. */
  readonly fault: string | null;
}

export type Verifiable = "payment" | "mandate";

/** How many are read at once: as much is in memory, however many there are. */
const AT_ONCE = 200;

/** How each is read and replayed. */
const REPLAYED: Readonly<
  Record<Verifiable, { bringUp(stored: unknown): object; replayed(journal: readonly StoredFact[]): object }>
> = {
  payment: { bringUp: bringUpPayment, replayed: replay },
  mandate: { bringUp: bringUpMandate, replayed: replayMandate },
};

/** How many payments and mandates there are. */
export async function countVerifiable(queries: Queries): Promise<number> {
  const { rows } = await queries.query<{ count: number }>(
    "select ((select count(*) from caravela.payment) + (select count(*) from caravela.mandate))::integer as count",
  );
  return rows[0]?.count ?? 0;
}

/**
 * Replays the journal of every payment and mandate, and says of each in what its stored state differs. Read in one
 * transaction, all is of one moment.
 */
export async function* verify(queries: Queries): AsyncGenerator<Verified> {
  for (const table of ["payment", "mandate"] as const) yield* verifyTable(queries, table);
}

async function* verifyTable(queries: Queries, table: Verifiable): AsyncGenerator<Verified> {
  for (let last = ""; ; ) {
    const { rows } = await queries.query<{ id: string; state: unknown }>(
      `select id, state from caravela.${table} where id > $1 order by id limit ${AT_ONCE}`,
      [last],
    );
    const journals = await journalsOf(
      queries,
      rows.map(({ id }) => id),
    );
    for (const { id, state } of rows) yield { table, id, ...compare(table, state, journals.get(id) ?? []) };
    if (rows.length < AT_ONCE) return;
    last = rows.at(-1)?.id ?? last;
  }
}

async function journalsOf(queries: Queries, ids: readonly string[]): Promise<Map<string, StoredFact[]>> {
  const { rows } = await queries.query<StoredFact & { readonly subject: string }>(
    `select subject_id as subject, at, kind, version, data from caravela.fact where subject_id = any($1) order by subject_id, number`,
    [ids],
  );
  return Map.groupBy(rows, ({ subject }) => subject);
}

/**
 * Members that say nothing of money: when and how often SIBS is asked, and what it said. Of a journal that has facts of
 * a version before they are not compared: the first left them to the rules of their time, and did not write down all
 * that those went by; until the third what was said was kept in no state.
 */
const RECKONED_OTHERWISE: readonly { readonly before: number; readonly members: RegExp }[] = [
  { before: 2, members: /\.?(askAt|isHeardOf|lookedUpAt|leftChallenge|noticedAt)$/ },
  { before: 4, members: /(^|\.)asked(\.|$)/ },
];

function compare(table: Verifiable, stored: unknown, journal: readonly StoredFact[]): Omit<Verified, "table" | "id"> {
  const { bringUp, replayed } = REPLAYED[table];
  try {
    // the number of events is counted beside the journal
    const [state, told] = [
      { ...bringUp(stored), sequence: 0 },
      { ...replayed(journal), sequence: 0 },
    ];
    const oldest = Math.min(...journal.map(({ version }) => version));
    const left = RECKONED_OTHERWISE.filter(({ before }) => oldest < before);
    const isCompared = (place: string) => !left.some(({ members }) => members.test(place));
    return { differing: differingIn(state, told).filter(isCompared), fault: null };
  } catch (error) {
    return { differing: [], fault: error instanceof Error ? error.message : String(error) };
  }
}

/** The places at which two states differ, the outermost that say it. */
function differingIn(one: unknown, other: unknown, place = ""): readonly string[] {
  if (isDeepStrictEqual(one, other)) return [];
  if (!isContainer(one) || !isContainer(other)) return [place];
  const members = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...members].flatMap((member) =>
    differingIn(one[member], other[member], place === "" ? member : `${place}.${member}`),
  );
}

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
