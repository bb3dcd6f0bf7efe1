import pg from "pg";
import type { House } from "../house.ts";
import { fill, partsFor, rowsOf, type Table, tablesOf } from "./fill.ts";
import { earlier, type Pattern, patternsOf, type StoredRow } from "./patterns.ts";
import { makeRealPayments, makeWaiting } from "./real-payments.ts";
import { sizesOf, type TableSize } from "./size.ts";

/** So many payments are there for each reference that waits for its customer: it waits for three days at most. */
const TO_ONE_THAT_WAITS = 2_000;

const MINUTE_MS = 60_000;

/** What was stored. */
export interface Stored {
  readonly payments: number;
  readonly sizes: readonly TableSize[];
}

/**
 * Stores about so many payments, with all that there is of each in both programs' tables: a hundred real ones are made
 * by the API, then copied by SQL under other names, over two years.
 */
export async function storePayments(house: House, payments: number): Promise<Stored> {
  const sessions = [new pg.Client(house.databaseUrl), new pg.Client(house.databaseUrl)];
  for (const session of sessions) await session.connect();
  const [database] = sessions as [pg.Client, pg.Client];
  try {
    const tables = await tablesOf(database);
    const { over, waiting } = await realPatterns(house, database, tables);
    const now = Date.parse((await house.gateway.json<{ now: string }>("GET", "/sandbox/clock")).now);
    const waitingOnes = Math.ceil(payments / TO_ONE_THAT_WAITS);
    await fill(sessions, tables, inTurn(partsFor(over, payments, now), waitingParts(waiting, waitingOnes)));
    await askMandatesThroughTheDay(database, now);
    await database.query("vacuum (analyze)");
    const { rows } = await database.query<{ count: string }>("select count(*) from caravela.payment");
    return { payments: Number(rows[0]?.count), sizes: await sizesOf(database) };
  } finally {
    for (const session of sessions) await session.end();
  }
}

/** Mandates that are alive are asked about once a day: all that there are, through the coming one, and not at once. */
async function askMandatesThroughTheDay(database: pg.Client, now: number): Promise<void> {
  await database.query(
    `update caravela.mandate set due_at = given.at, unawaited_at = given.at
       from (select id, $1::timestamptz + random() * interval '1 day' as at from caravela.mandate
              where due_at <= $1::timestamptz + interval '1 day') as given
      where mandate.id = given.id`,
    [new Date(now)],
  );
}

async function realPatterns(house: House, database: pg.Client, tables: readonly Table[]) {
  const all = async () => (await Array.fromAsync(tables, (table) => rowsOf(database, table))).flat();
  await house.shop.open();
  // the clock is moved past the day on which these are forgotten
  let soonForgotten: StoredRow[] = [];
  await makeRealPayments(house, async () => {
    soonForgotten = (await all()).filter(({ table }) => table === "caravela.idempotency");
  });
  const made = await all();
  await makeWaiting(house);
  const known = new Set(made.map((row) => JSON.stringify(row)));
  const added = (await all()).filter((row) => !known.has(JSON.stringify(row)));
  // its events were delivered; what comes is not: it is registered under another address then
  await database.query(
    "update caravela.event_endpoint set ended_at = now(), end_reason = 'gone', url = url || '/' || id where ended_at is null",
  );
  const over = [...made.filter(({ table }) => table !== "caravela.idempotency"), ...soonForgotten];
  const patterns = patternsOf(over);
  return { over: patterns, waiting: patternsOf(added, patterns.length) };
}

function* inTurn<T>(...all: readonly Iterable<T>[]): Generator<T> {
  for (const one of all) yield* one;
}

/** What waits is asked about once an hour: those are, in turn. */
function* waitingParts(patterns: readonly Pattern[], copies: number) {
  const minutes = 40;
  for (let minute = 0, made = 0; minute < minutes; minute += 1) {
    const upTo = Math.round(((minute + 1) * copies) / minutes);
    yield {
      rows: patterns.flatMap(({ rows }) => earlier(rows, minute * MINUTE_MS)),
      firstNumber: made + 1,
      copies: upTo - made,
    };
    made = upTo;
  }
}
