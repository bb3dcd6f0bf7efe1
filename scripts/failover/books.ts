import { parseEuros } from "@caravela/sibs/money";
import pg from "pg";
import { type Payment, refundsOf } from "../../packages/server/src/domain/payment/state.ts";
import { bringUpPaymentRow } from "../../packages/server/src/domain/payment/stored.ts";
import type { ReceivedEvent } from "../../tests/support/shop.ts";
import type { Order, Orders } from "./orders.ts";

/** What is not as it was acknowledged, in words; the fewer, the better. */
export interface Findings {
  /** What somebody was told of, and what is not there. */
  readonly lost: string[];
  /** Money that SIBS took, or gave back, and that our books do not know of. */
  readonly unknown: string[];
  readonly doubledPayments: string[];
  readonly doubledRefunds: string[];
  /** What a shop could not expect: of an answer, or of a payment that does not come to its end. */
  readonly surprises: string[];
  /** What contradicts itself, whatever was lost. */
  readonly wrong: string[];
}

/** SIBS's side, in whole cents. */
interface Entry {
  readonly transactionID: string;
  readonly merchantTransactionId: string;
  readonly paymentType: string;
  readonly paymentStatus: string;
  readonly amount: number;
  readonly captured: number;
  readonly refunded: number;
}

/** Compares what the shop was told, what the database has, and what SIBS did. */
export async function compare(
  orders: Orders,
  events: readonly ReceivedEvent[],
  databaseUrl: string,
): Promise<Findings> {
  const payments = await storedPayments(databaseUrl);
  const entries = await sibsBooks(orders);
  const byId = new Map(payments.map((payment) => [String(payment.id), payment]));
  return {
    lost: [...orders.all.flatMap((order) => lostOf(order, byId)), ...untoldBy(events, byId)],
    unknown: [...strays(payments, entries), ...payments.flatMap((payment) => unlike(payment, entries))],
    doubledPayments: [...paidTwice(payments, entries), ...madeTwice(payments)],
    doubledRefunds: payments.flatMap((payment) => givenTwice(payment, orders, entries)),
    surprises: [
      ...orders.all.flatMap(({ reference, surprises }) => surprises.map((one) => `${reference}: ${one}`)),
      ...payments.flatMap(unfinished),
    ],
    wrong: [],
  };
}

/** Every payment as it is stored. */
export async function storedPayments(databaseUrl: string): Promise<Payment[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query("select state, looks, looked from caravela.payment");
    return rows.map((row) => bringUpPaymentRow(row));
  } finally {
    await client.end();
  }
}

/** Whether nothing of a payment is still under way. */
export function isAtRest({ status, attempts, operations }: Payment): boolean {
  const over = ["paid", "canceled", "expired"].includes(status);
  return (
    over &&
    attempts.every(({ inDoubt }) => !inDoubt) &&
    operations.every(({ status: at }) => at === "succeeded" || at === "failed")
  );
}

function lostOf(
  { reference, payment, attempts, isPaid, refund, amount }: Order,
  byId: ReadonlyMap<string, Payment>,
): string[] {
  if (payment === null) return [];
  const stored = byId.get(payment);
  if (stored === undefined) return [`${reference}: payment ${payment}, acknowledged, is not there`];
  const lost: string[] = [];
  if (Number(stored.amount) !== amount) lost.push(`${reference}: its amount is another`);
  for (const attempt of attempts)
    if (!stored.attempts.some(({ id }) => id === attempt))
      lost.push(`${reference}: attempt ${attempt}, acknowledged, is not there`);
  if (isPaid && stored.status !== "paid")
    lost.push(`${reference}: ${payment} was shown as paid, and is ${stored.status}`);
  if (refund === null) return lost;
  const given = refundsOf(stored).find(({ id }) => id === refund.id);
  if (given === undefined) lost.push(`${reference}: refund ${refund.id}, acknowledged, is not there`);
  else if (Number(given.amount) !== refund.amount) lost.push(`${reference}: refund ${refund.id} is of another amount`);
  return lost;
}

/** What the shop was told by an event is so. */
function untoldBy(events: readonly ReceivedEvent[], byId: ReadonlyMap<string, Payment>): string[] {
  const paid = new Set(events.flatMap(({ type, data }) => (type === "payment.paid" ? [String(data.payment?.id)] : [])));
  return [...paid]
    .filter((id) => byId.get(id)?.status !== "paid")
    .map((id) => `${id}: the shop was told by an event that it is paid, and it is not`);
}

/** SIBS took money by a call that no attempt knows, or gave some back by one that no refund knows. */
function strays(payments: readonly Payment[], entries: readonly Entry[]): string[] {
  const transactions = new Set(
    payments.flatMap(({ attempts }) => attempts.map(({ transactionId }) => String(transactionId))),
  );
  const refunds = new Set(payments.flatMap((payment) => refundsOf(payment).map(({ id }) => String(id))));
  return entries.flatMap((entry) => {
    if (entry.captured > 0 && !transactions.has(entry.transactionID))
      return [`${entry.transactionID}: ${entry.captured} cents that SIBS took`];
    const isUnknownRefund = isDoneRefund(entry) && !refunds.has(entry.merchantTransactionId);
    return isUnknownRefund ? [`${entry.transactionID}: ${entry.amount} cents that SIBS gave back`] : [];
  });
}

/** What we hold of a payment is what SIBS holds of it, to the cent. */
function unlike(payment: Payment, entries: readonly Entry[]): string[] {
  const ours = entriesOf(payment, entries);
  const [captured, refunded] = [sum(ours.map((one) => one.captured)), sum(ours.map((one) => one.refunded))];
  const given = refundsOf(payment).filter(({ status }) => status === "succeeded");
  const back = sum(given.map(({ amount }) => Number(amount)));
  const found: string[] = [];
  const late = sum(given.filter(({ reason }) => reason !== "requested").map(({ amount }) => Number(amount)));
  if (captured !== Number(payment.amountCaptured) + late)
    found.push(`${payment.id}: SIBS took ${captured} cents, and our books say ${payment.amountCaptured}`);
  if (refunded !== back) found.push(`${payment.id}: SIBS gave back ${refunded} cents, and our books say ${back}`);
  return found;
}

/** The customer paid two times, and has not got one back. */
function paidTwice(payments: readonly Payment[], entries: readonly Entry[]): string[] {
  return payments.flatMap((payment) => {
    const left = entriesOf(payment, entries).filter(
      ({ captured, refunded, amount }) => captured > 0 && refunded < amount,
    );
    return left.length > 1 ? [`${payment.id}: paid ${left.length} times`] : [];
  });
}

/** One order, asked for with one key, became two payments. */
function madeTwice(payments: readonly Payment[]): string[] {
  const groups = Map.groupBy(payments, ({ reference }) => reference);
  return [...groups]
    .filter(([, some]) => some.length > 1)
    .map(([reference, some]) => `${reference}: ${some.length} payments`);
}

/** Each order asks for one refund at most: SIBS has done no more of it. */
function givenTwice(payment: Payment, orders: Orders, entries: readonly Entry[]): string[] {
  const wanted = orders.all.find(({ payment: id }) => id === payment.id)?.refund?.amount;
  const back = sum(entriesOf(payment, entries).map(({ refunded }) => refunded));
  const done = entries.filter(
    (one) => isDoneRefund(one) && refundsOf(payment).some(({ id }) => id === one.merchantTransactionId),
  );
  const isTooMuch = wanted !== undefined && back > wanted;
  return done.length > 1 || isTooMuch ? [`${payment.id}: given back ${done.length} times, ${back} cents`] : [];
}

/** At the end nothing is under way any more. */
function unfinished(payment: Payment): string[] {
  return isAtRest(payment) ? [] : [`${payment.id} is ${payment.status}, and does not come to an end`];
}

const isDoneRefund = ({ paymentType, paymentStatus }: Entry): boolean =>
  paymentType === "RFND" && paymentStatus === "Success";

function entriesOf(payment: Payment, entries: readonly Entry[]): Entry[] {
  return entries.filter(({ transactionID }) =>
    payment.attempts.some(({ transactionId }) => transactionId === transactionID),
  );
}

async function sibsBooks(orders: Orders): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let after = ""; ; ) {
    const { body } = await orders.sandbox("GET", `/transactions?limit=100${after}`);
    for (const one of body.transactions)
      entries.push({
        ...one,
        amount: parseEuros(one.amount),
        captured: parseEuros(one.captured),
        refunded: parseEuros(one.refunded),
      });
    if (body.next === null) return entries;
    after = `&after=${body.next}`;
  }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
