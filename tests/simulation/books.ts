import { eurosText, parseEuros } from "@caravela/sibs/money";
import { parse } from "csv-parse/sync";
import { expect } from "vitest";
import { withLooks } from "../../packages/server/src/domain/payment/apply-looks.ts";
import { replay } from "../../packages/server/src/domain/payment/earlier-facts.ts";
import type { Operation } from "../../packages/server/src/domain/payment/operation.ts";
import { type Payment, refundsOf } from "../../packages/server/src/domain/payment/state.ts";
import type { StoredFact } from "../../packages/server/src/domain/stored.ts";
import type { MoneyBooks } from "../books/books.ts";
import { moneyOf } from "../books/money.ts";
import { readMoneyBooks } from "../books/read.ts";
import type { Stage } from "../support/stage.ts";

/** What moved on a day, as `/v1/summaries/days` has it. */
interface DaySum {
  readonly day: string;
  readonly method: string;
  readonly taken: number;
  readonly refunded: number;
  readonly held: number;
}

/** Compares what the server says of all its payments with what SIBS holds and with what the shop was told. */
export async function balance(stage: Stage): Promise<void> {
  const books = await readMoneyBooks(stage.pool, stage.now());
  expect(moneyOf(books)).toEqual([]);
  for (const payment of books.payments) {
    goesBackOnce(payment, books);
    await journalAgrees(stage, payment);
    await eventsAgree(stage, payment);
  }
  await reportsAgree(stage, books);
  await nothingIsLeft(stage);
}

/** Nothing is payable at SIBS any more of a payment that is over: it could be paid at any ATM, for nothing. */
export async function nothingPayableIsLeft(stage: Stage): Promise<void> {
  const { payments } = await readMoneyBooks(stage.pool, stage.now());
  for (const { id, status, amount, attempts } of payments) {
    if (status === "open" || status === "pending") continue;
    for (const { id: attempt, reference } of attempts) {
      if (reference === null) continue;
      const path = `/references/${reference.entity}/${reference.reference}/pay`;
      const { status: answer } = await stage.sandbox("POST", path, { amount: eurosText(amount) });
      expect(answer, `${attempt} of ${id}, which is ${status}, paid at an ATM`).not.toBe(200);
    }
  }
}

/**
 * Money that no sum holds has one refund of its own, in full, beside those that SIBS failed to do; SIBS may have
 * refused it, and then the shop was told.
 */
function goesBackOnce(payment: Payment, { entries }: MoneyBooks): void {
  for (const { id, transactionId } of payment.attempts) {
    const taken = transactionId === null ? 0 : (entries.get(transactionId)?.captured ?? 0);
    if (taken > 0 && id !== payment.fundedBy) givenBack(payment, id, taken);
  }
}

function givenBack(payment: Payment, attempt: string, taken: number): void {
  const isTriedAnew = ({ failure }: Operation) => failure?.reason === "not_taken" || failure?.reason === "not_sent";
  const back = refundsOf(payment).filter(
    (refund) => refund.attempt === attempt && refund.reason !== "requested" && !isTriedAnew(refund),
  );
  expect(
    back.map(({ amount }) => amount),
    `${attempt} of ${payment.id} is given back`,
  ).toEqual([taken]);
}

/** The journal, replayed from its first fact on, comes to the state that is stored. */
async function journalAgrees({ pool }: Stage, payment: Payment): Promise<void> {
  const { rows } = await pool.query<StoredFact>(
    "select kind, at, version, data from fact where subject_id = $1 order by number",
    [payment.id],
  );
  // the number of events is counted beside the journal, and so is what inquiries said again since its last line
  const { sequence, looks, looked } = payment;
  const told = { ...withLooks(replay(rows), looks), looked, sequence };
  expect(told, `the journal of ${payment.id}`).toEqual(payment);
}

/** The shop was told all of it, in order: what came again came before the next. */
async function eventsAgree({ events }: Stage, payment: Payment): Promise<void> {
  const received = events.filter((event) => event.data.payment?.id === payment.id).map(({ sequence }) => sequence);
  expect(received, `events of ${payment.id} in order`).toEqual(received.toSorted((one, other) => one - other));
  const whole = Array.from({ length: payment.sequence }, (_, place) => place + 1);
  expect([...new Set(received)], `events of ${payment.id}, each once at least`).toEqual(whole);
  const last = events.filter((event) => event.data.payment?.id === payment.id).at(-1);
  expect(last?.data.payment.amountRefunded).toBe(payment.amountRefunded);
}

/**
 * What the sums of all days come to is what SIBS took and gave back, the refunds of each day and way to pay are those
 * of the file, to the cent, and the file of payments has all of them with their sums.
 */
async function reportsAgree({ api }: Stage, { payments, entries }: MoneyBooks): Promise<void> {
  const { data } = (await api("GET", "/v1/summaries/days")).body as { data: DaySum[] };
  const at = [...entries.values()];
  expect(sum(data.map(({ taken }) => taken)), "taken on all days").toBe(sum(at.map(({ captured }) => captured)));
  expect(sum(data.map(({ refunded }) => refunded)), "given back").toBe(sum(at.map(({ refunded }) => refunded)));
  expect(sum(data.map(({ held }) => held)), "still held").toBe(0);

  const rows = async (path: string) =>
    parse<Record<string, string>>((await api("GET", `/v1/exports/${path}`)).body, { columns: true });
  const refunds = Map.groupBy(await rows("refunds.csv?status=succeeded"), (row) => `${row.done_day} ${row.method}`);
  const ofFile = [...refunds].map(([of, some]) => [of, sum(some.map(({ amount = "" }) => parseEuros(amount)))]);
  const ofDays = data.filter(({ refunded }) => refunded > 0).map((one) => [`${one.day} ${one.method}`, one.refunded]);
  expect(ofFile.toSorted(), "the file of refunds").toEqual(ofDays.toSorted());

  const captured = (await rows("payments.csv")).map(({ id, amount_captured = "" }) => [
    id,
    parseEuros(amount_captured),
  ]);
  expect(captured.toSorted(), "the file of payments").toEqual(
    payments.map(({ id, amountCaptured }) => [id, amountCaptured]).toSorted(),
  );
}

/** Nothing waits any more, on either side, but what comes round each day. */
async function nothingIsLeft({ pool, sandbox }: Stage): Promise<void> {
  for (const table of ["payment", "notification", "delivery"]) {
    const { rows } = await pool.query(`select * from ${table} where due_at is not null or leased_until is not null`);
    expect(rows, table).toEqual([]);
  }
  const { body } = await sandbox("GET", "/notifications?limit=100");
  expect(body.notifications.filter((one: { nextTryAt: string | null }) => one.nextTryAt !== null)).toEqual([]);
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
