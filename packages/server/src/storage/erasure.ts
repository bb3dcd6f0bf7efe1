import { isDeepStrictEqual } from "node:util";
import type { Queries } from "@caravela/platform/postgres/pool";
import type { Phone } from "@caravela/sibs/phone";
import type { MandateId, PaymentId, SubjectId, TerminalId } from "../domain/identifiers.ts";
import type { Mandate, MandateLook } from "../domain/mandate/state.ts";
import { bringUpMandateRow } from "../domain/mandate/stored.ts";
import type { Looks } from "../domain/payment/looks.ts";
import { PAYMENT_STATUSES, type Payment } from "../domain/payment/state.ts";
import { bringUpPaymentRow } from "../domain/payment/stored.ts";
import type { StoredRow } from "../domain/stored.ts";
import { STORED } from "./statements.ts";

/** How each of what is kept of a subject beside its state is erased. */
export interface Erasers {
  /** What stands in a line of its journal beside its kind and moment. */
  line(data: object): object;
  /** The body of an event. */
  event(body: string): string;
  /** The body of an answer that is kept for a request that is made again. */
  answer(body: string): string;
  /** What SIBS notified. */
  notification(plaintext: unknown): unknown;
}

/** What is stored of a subject under keys of its own. */
export interface Kept {
  readonly id: SubjectId;
  /** What requests may have made of it. */
  readonly resources: readonly string[];
  /** What SIBS may name in a notification. */
  readonly names: readonly string[];
  readonly attempts: readonly string[];
  readonly transactions: readonly string[];
}

/** What is a customer's: their payments and mandates, and what their mandates charged. */
export interface OfCustomer {
  readonly payments: readonly PaymentId[];
  readonly mandates: readonly MandateId[];
}

/** One terminal's things alone: two shops may call two people the same. */
export interface AtTerminal {
  readonly terminal: TerminalId;
  /** Whose everything is that does not say. */
  readonly before: TerminalId;
}

/** $2: the terminal, null: all of them; $3: whose everything is that does not say. */
const isThere = (table: string) => `($2::text is null or coalesce(${table}.terminal, $3) = $2)`;

const paymentsSql = `
select id from caravela.payment where state #>> '{customer,id}' = $1 and ${isThere("payment")}
 union
select payment.id
  from caravela.mandate
       cross join unnest('{${PAYMENT_STATUSES.join(",")}}'::text[]) as of (status)
       join caravela.payment on array[payment.mandate_id, payment.status] = array[mandate.id, of.status]
 where mandate.customer_id = $1 and payment.mandate_id is not null and payment.state #>> '{customer,id}' is null
   and ${isThere("payment")}`;

const mandatesSql = `select id from caravela.mandate where customer_id = $1 and ${isThere("mandate")}`;

const cardsSql = `delete from caravela.saved_card where customer_id = $1 and ${isThere("saved_card")}`;

const valuesOf = ({ customer, at }: Whom) => [customer, at?.terminal ?? null, at?.before ?? null];

/** A customer by the shop's own id, at one terminal; null: at all of them. */
export interface Whom {
  readonly customer: string;
  readonly at: AtTerminal | null;
}

/** What is known by a customer's id at this moment. */
export async function ofCustomer(queries: Queries, whom: Whom): Promise<OfCustomer> {
  const payments = await queries.query<{ id: PaymentId }>(paymentsSql, valuesOf(whom));
  const mandates = await queries.query<{ id: MandateId }>(mandatesSql, valuesOf(whom));
  return { payments: payments.rows.map(({ id }) => id), mandates: mandates.rows.map(({ id }) => id) };
}

/** How many states are in memory at once. */
const AT_ONCE = 100;

/** The states of all that is a customer's, a few at a time. */
export async function* statesOf(
  queries: Queries,
  { payments, mandates }: OfCustomer,
): AsyncGenerator<{ readonly payments: readonly Payment[]; readonly mandates: readonly Mandate[] }> {
  for (const ids of chunks(payments))
    yield { payments: (await rowsIn<Looks>(queries, "payment", ids)).map(bringUpPaymentRow), mandates: [] };
  for (const ids of chunks(mandates))
    yield { payments: [], mandates: (await rowsIn<MandateLook>(queries, "mandate", ids)).map(bringUpMandateRow) };
}

async function rowsIn<L>(
  queries: Queries,
  table: "payment" | "mandate",
  ids: readonly string[],
): Promise<StoredRow<L>[]> {
  const { rows } = await queries.query<StoredRow<L>>(
    `select ${STORED} from caravela.${table} where id = any ($1) order by id`,
    [ids],
  );
  return rows;
}

function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, n) => all.slice(n * AT_ONCE, (n + 1) * AT_ONCE));
}

const addressesSql = `
update caravela.card_try set address = null
 where at > '-infinity' and payment_id = any ($1) and address is not null`;

const phonesSql = `
update caravela.phone_request
   set asked = (select coalesce(jsonb_agg(one), '[]') from jsonb_array_elements(asked) as one where not one ->> 'of' = any ($2))
 where phone = any ($1)`;

/**
 * Forgets what is a customer's and is found by nothing but them: their saved cards, from where they paid by card, and
 * what their phones were asked for their own payments and mandates. How many cards there were.
 */
export async function forgetBeside(
  queries: Queries,
  whom: Whom,
  { payments, mandates }: OfCustomer,
  phones: ReadonlySet<Phone>,
): Promise<number> {
  await queries.query(addressesSql, [payments]);
  await queries.query(phonesSql, [[...phones], [...payments, ...mandates]]);
  await queries.query("delete from caravela.phone_request where phone = any ($1) and asked = '[]'", [[...phones]]);
  const cards = await queries.query(cardsSql, valuesOf(whom));
  return cards.rowCount ?? 0;
}

/**
 * Erases what is kept of a subject beside its state, in the transaction that erases that. It holds the subject's row:
 * nobody adds to its journal or to its events meanwhile.
 */
export async function eraseKept(connection: Queries, kept: Kept, erasers: Erasers): Promise<void> {
  await eraseJournal(connection, kept, erasers);
  const events = await eraseEvents(connection, kept, erasers);
  const approvals = await eraseApprovals(connection, kept);
  const notes = await eraseNotes(connection, kept);
  await eraseAnswers(connection, [kept.id, ...kept.resources, ...events, ...approvals, ...notes], erasers);
  await eraseNotifications(connection, kept, erasers);
  await connection.query("update caravela.task set done_note = null where subject_id = $1", [kept.id]);
  await connection.query("delete from caravela.customer_mail where payment_id = $1", [kept.id]);
  await connection.query("delete from caravela.continuation where attempt_id = any ($1)", [kept.attempts]);
  await connection.query("delete from caravela.saved_card where transaction_id = any ($1)", [kept.transactions]);
  // what a pending mandate alone is found by: these columns hold a text
  await connection.query("update caravela.mandate set phone = '', customer_id = null, description = '' where id = $1", [
    kept.id,
  ]);
}

async function eraseJournal(connection: Queries, { id }: Kept, { line }: Erasers): Promise<void> {
  const { rows } = await connection.query<{ number: number; data: object }>(
    "select number, data from caravela.fact where subject_id = $1 order by number",
    [id],
  );
  const erased = rows
    .map(({ number, data }) => ({ number, before: data, data: line(data) }))
    .filter(({ before, data }) => !isDeepStrictEqual(before, data));
  await connection.query(
    `update caravela.fact set data = erased.data::jsonb
       from unnest($2::integer[], $3::text[]) as erased (number, data)
      where fact.subject_id = $1 and fact.number = erased.number`,
    [id, erased.map(({ number }) => number), erased.map(({ data }) => JSON.stringify(data))],
  );
}

async function eraseEvents(connection: Queries, { id }: Kept, { event }: Erasers): Promise<string[]> {
  const { rows } = await connection.query<{ id: string; body: string }>(
    "select id, body from caravela.event where subject_id = $1",
    [id],
  );
  await connection.query(
    `update caravela.event set body = erased.body from unnest($1::text[], $2::text[]) as erased (id, body)
      where event.id = erased.id`,
    [rows.map((one) => one.id), rows.map(({ body }) => event(body))],
  );
  return rows.map((one) => one.id);
}

/** What was said of refunds that waited for a second person. */
async function eraseApprovals(connection: Queries, { id }: Kept): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>(
    "update caravela.approval set note = null where payment_id = $1 returning id",
    [id],
  );
  const ids = rows.map((one) => one.id);
  await connection.query("update caravela.approval_decision set note = null where approval_id = any ($1)", [ids]);
  return ids;
}

/** What was written about a payment. That something was, by whom and when stays. */
async function eraseNotes(connection: Queries, { id }: Kept): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>(
    "update caravela.payment_note set text = null where payment_id = $1 returning id",
    [id],
  );
  return rows.map((one) => one.id);
}

/**
 * What was answered is erased; what is being carried out is answered, and kept, no more but with what it made as it is
 * then: its hold has ended for good.
 */
async function eraseAnswers(connection: Queries, resources: readonly string[], { answer }: Erasers): Promise<void> {
  const { rows } = await connection.query<{ scope: string; key: string; body: string | null }>(
    "select scope, key, body from caravela.idempotency where resource = any ($1) for update",
    [resources],
  );
  await connection.query(
    `update caravela.idempotency
        set body = erased.body, held_until = case when status is null then '-infinity' else held_until end
       from unnest($1::text[], $2::text[], $3::text[]) as erased (scope, key, body)
      where idempotency.scope = erased.scope and idempotency.key = erased.key`,
    [rows.map(({ scope }) => scope), rows.map(({ key }) => key), rows.map(({ body }) => body && answer(body))],
  );
}

// One that is being matched at this moment does not name its subject yet, and is due still: those are looked through,
// by notification_due alone, for there are as many others as there ever were.
const notificationsSql = `
select id, plaintext from caravela.notification where subject_id = $1
 union all
select id, plaintext from (select * from caravela.notification where due_at > '-infinity' offset 0) as due
 where subject_id is null
   and (transaction_id = any ($2) or regexp_replace(merchant_transaction_id, '\\.\\d+$', '') = any ($2)
     or plaintext #>> '{mbwayMandate,mandateIdentification}' = any ($2))`;

async function eraseNotifications(connection: Queries, kept: Kept, { notification }: Erasers): Promise<void> {
  const { rows } = await connection.query<{ id: string; plaintext: unknown }>(notificationsSql, [kept.id, kept.names]);
  await connection.query(
    `update caravela.notification set plaintext = erased.plaintext::jsonb, raw = null
       from unnest($1::text[], $2::text[]) as erased (id, plaintext)
      where notification.id = erased.id`,
    [rows.map(({ id }) => id), rows.map(({ plaintext }) => JSON.stringify(notification(plaintext)))],
  );
}
