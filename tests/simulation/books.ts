import { eurosText, parseEuros } from "@caravela/sibs/money";
import { parse } from "csv-parse/sync";
import { expect } from "vitest";
import { withLooks } from "../../packages/server/src/domain/payment/apply-looks.ts";
import { replay } from "../../packages/server/src/domain/payment/earlier-facts.ts";
import type { Looks } from "../../packages/server/src/domain/payment/looks.ts";
import type { Operation } from "../../packages/server/src/domain/payment/operation.ts";
import { type Payment, refundsOf } from "../../packages/server/src/domain/payment/state.ts";
import { bringUpPaymentRow } from "../../packages/server/src/domain/payment/stored.ts";
import type { StoredFact, StoredRow } from "../../packages/server/src/domain/stored.ts";
import type { Stage } from "../support/stage.ts";

/** SIBS's side of the books: amounts in whole cents. */
interface Entry {
  readonly transactionID: string;
  readonly merchantTransactionId: string;
  readonly paymentType: string;
  readonly paymentStatus: string;
  readonly amount: number;
  readonly captured: number;
  readonly refunded: number;
}

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
  const [payments, entries] = [await storedPayments(stage), await sibsBooks(stage)];
  for (const payment of payments) {
    isAtRest(payment);
    moneyAgrees(payment, entries);
    refundsAgree(payment, entries);
    await journalAgrees(stage, payment);
    await eventsAgree(stage, payment);
  }
  everyEuroIsKnown(payments, entries);
  await reportsAgree(stage, payments, entries);
  await nothingIsLeft(stage);
}

/** Nothing is payable at SIBS any more of a payment that is over: it could be paid at any ATM, for nothing. */
export async function nothingPayableIsLeft(stage: Stage): Promise<void> {
  for (const { id, status, amount, attempts } of await storedPayments(stage)) {
    if (status === "open" || status === "pending") continue;
    for (const { id: attempt, reference } of attempts) {
      if (reference === null) continue;
      const path = `/references/${reference.entity}/${reference.reference}/pay`;
      const { status: answer } = await stage.sandbox("POST", path, { amount: eurosText(amount) });
      expect(answer, `${attempt} of ${id}, which is ${status}, paid at an ATM`).not.toBe(200);
    }
  }
}

/** Nothing open, pending or in doubt: each payment and all that belongs to it has come to an end. */
function isAtRest({ id, status, attempts, operations }: Payment): void {
  expect(["paid", "canceled", "expired"], `${id} has ended`).toContain(status);
  for (const attempt of attempts) {
    expect(attempt.inDoubt, `${attempt.id} of ${id} is in doubt`).toBe(false);
    expect(["approved", "declined", "timed_out", "expired", "canceled", "failed"]).toContain(attempt.status);
  }
  for (const operation of operations) {
    expect(["succeeded", "failed"], `${operation.id} of ${id}`).toContain(operation.status);
  }
}

/** What SIBS took by an attempt is captured once, or given back as late or double. */
function moneyAgrees(payment: Payment, entries: Map<string, Entry>): void {
  let captured = 0;
  for (const attempt of payment.attempts) {
    const entry = attempt.transactionId === null ? undefined : entries.get(attempt.transactionId);
    const taken = entry?.captured ?? 0;
    expect(attempt.status === "approved", `${attempt.id} (${attempt.status}) took ${taken}`).toBe(taken > 0);
    if (attempt.id === payment.fundedBy) captured += taken;
    else if (taken > 0) givenBack(payment, attempt.id, taken);
  }
  expect(payment.amountCaptured, `captured of ${payment.id}`).toBe(captured);
  expect(payment.status === "paid", `${payment.id} is paid`).toBe(captured > 0);
}

/**
 * Money that no sum holds has one refund of its own, in full, beside those that SIBS failed to do; SIBS may have
 * refused it, and then the shop was told.
 */
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

/** A refund that succeeded is one at SIBS, of the same amount; one that failed is none; the sums are theirs. */
function refundsAgree(payment: Payment, entries: Map<string, Entry>): void {
  const all = [...entries.values()];
  for (const refund of refundsOf(payment)) {
    const sent = all.filter((entry) => entry.merchantTransactionId === refund.id);
    expect(sent.length, `${refund.id} was sent once at most`).toBeLessThanOrEqual(1);
    const done = sent.filter((entry) => entry.paymentStatus === "Success").map(({ amount }) => amount);
    expect(done, `${refund.id} is ${refund.status}`).toEqual(refund.status === "succeeded" ? [refund.amount] : []);
  }
  for (const attempt of payment.attempts) {
    const entry = attempt.transactionId === null ? undefined : entries.get(attempt.transactionId);
    const ours = refundsOf(payment).filter((refund) => refund.attempt === attempt.id && refund.status === "succeeded");
    expect(entry?.refunded ?? 0, `refunded of ${attempt.id}`).toBe(sum(ours.map(({ amount }) => amount)));
  }
  const requested = refundsOf(payment).filter(({ reason, status }) => reason === "requested" && status === "succeeded");
  expect(payment.amountRefunded, `refunded of ${payment.id}`).toBe(sum(requested.map(({ amount }) => amount)));
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

/** SIBS took nothing that is of no attempt: also a checkout that was replaced took nothing. */
function everyEuroIsKnown(payments: readonly Payment[], entries: Map<string, Entry>): void {
  const known = new Set(payments.flatMap(({ attempts }) => attempts.map(({ transactionId }) => transactionId)));
  const strays = [...entries.values()].filter((entry) => entry.captured > 0 && !known.has(entry.transactionID));
  expect(strays).toEqual([]);
}

/**
 * What the sums of all days come to is what SIBS took and gave back, the refunds of each day and way to pay are those
 * of the file, to the cent, and the file of payments has all of them with their sums.
 */
async function reportsAgree({ api }: Stage, payments: readonly Payment[], entries: Map<string, Entry>): Promise<void> {
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

async function storedPayments({ pool }: Stage): Promise<Payment[]> {
  const { rows } = await pool.query<StoredRow<Looks>>("select state, looks, looked from payment");
  return rows.map((row) => bringUpPaymentRow(row));
}

async function sibsBooks({ sandbox }: Stage): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for (let after = ""; ; ) {
    const { body } = await sandbox("GET", `/transactions?limit=100${after}`);
    for (const one of body.transactions) {
      const { amount, captured, refunded } = one;
      const inCents = { amount: parseEuros(amount), captured: parseEuros(captured), refunded: parseEuros(refunded) };
      entries.set(one.transactionID, { ...one, ...inCents });
    }
    if (body.next === null) return entries;
    after = `&after=${body.next}`;
  }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
