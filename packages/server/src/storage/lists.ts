import { momentText } from "@caravela/platform/postgres/text";
import type { TerminalId } from "../domain/identifiers.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { type MandateTask, tasksOfMandate } from "../domain/mandate/tasks.ts";
import { type Listing, listingOf, type Moments } from "../domain/payment/listed.ts";
import { listedAttempts } from "../domain/payment/listed-attempts.ts";
import type { Payment } from "../domain/payment/state.ts";
import { type PaymentTask, tasksOf } from "../domain/payment/tasks.ts";
import type { Instant } from "../domain/time.ts";
import type { OfTerminal } from "../terminals.ts";

/** A table that is read by lists, searches and sums alone: all of its rows follow from a subject's state. */
interface ListTable {
  /** What no two of its rows share. */
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** What a column becomes where its row is there already, if not what is given: `given`, `known`. */
  readonly becomes?: Readonly<Record<string, string>>;
}

const named = (columns: string): readonly string[] => columns.split(" ");

/** In the order in which a statement writes them. */
const LIST_TABLES = {
  listed_payment: {
    key: ["id"],
    columns: named(
      "id subject_id terminal created_at paid_at status method amount reference customer_id mandate_id plan_id attention in_doubt",
    ),
  },
  listed_operation: {
    key: ["id"],
    columns: named(
      "id subject_id terminal kind created_at done_at status reason method amount reference customer_id attention",
    ),
    // whoever changes it later does not know when it was done: that stands here and in the journal
    becomes: { done_at: "case when given.status = 'succeeded' then coalesce(given.done_at, known.done_at) end" },
  },
  search_term: {
    key: ["list", "term", "terminal", "created_at", "id"],
    columns: named("list term terminal created_at id subject_id"),
  },
  movement: {
    key: ["id"],
    columns: named("id subject_id terminal at day method taken refunded held"),
  },
  listed_plan: {
    key: ["id"],
    columns: named("id subject_id terminal created_at status amount reference customer_id"),
  },
  // whether a person is done with one stands beside what follows from the state
  task: { key: ["id"], columns: named("id subject_id terminal since about") },
  listed_attempt: { key: ["id"], columns: named("id subject_id terminal standing day method reason amount") },
} as const satisfies Readonly<Record<string, ListTable>>;

export type ListTableName = keyof typeof LIST_TABLES;

export const LIST_TABLE_NAMES = Object.keys(LIST_TABLES) as readonly ListTableName[];

/** A row, its columns by their names. */
export type ListRow = Readonly<Record<string, unknown>>;

/** All rows of one subject. */
export type ListRows = Readonly<Partial<Record<ListTableName, readonly ListRow[]>>>;

/** What a decision changes of them: only what there is stands in it. */
export interface ListChanges {
  readonly written: ListRows;
  /** By their keys. */
  readonly removed: ListRows;
}

/** The table as its parts are the same for all. */
export function listTable(name: ListTableName): ListTable {
  return LIST_TABLES[name];
}

/**
 * What changes of a subject's rows from one state to the next; `before` null: it has none. `full`: the rows of after,
 * with all that is known of them, where what was compared leaves something out.
 */
export function listChanges(before: ListRows | null, after: ListRows, full: ListRows = after): ListChanges {
  const written: Partial<Record<ListTableName, readonly ListRow[]>> = {};
  const removed: Partial<Record<ListTableName, readonly ListRow[]>> = {};
  for (const name of LIST_TABLE_NAMES) {
    const [was = [], is = [], all = []] = [before?.[name], after[name], full[name]];
    if (was.length === 0 && is.length === 0) continue;
    const known = new Set(was.map((row) => JSON.stringify(row)));
    const changed = all.filter((_row, place) => !known.has(JSON.stringify(is[place])));
    if (changed.length > 0) written[name] = changed;
    const keys = new Set(is.map((row) => keyOf(name, row)));
    const gone = was.filter((row) => !keys.has(keyOf(name, row)));
    if (gone.length > 0) removed[name] = gone;
  }
  return { written, removed };
}

function keyOf(name: ListTableName, row: ListRow): string {
  return JSON.stringify(listTable(name).key.map((column) => row[column]));
}

/** The rows of a payment. */
export function listRowsOfPayment(payment: Payment, moments?: Moments): ListRows {
  const { payment: listed, operations, movements, terms }: Listing = listingOf(payment, moments);
  const subject_id = payment.id;
  const terminal = terminalOf(payment);
  const created_at = moment(payment.createdAt);
  return {
    listed_payment: [
      {
        id: payment.id,
        subject_id,
        terminal,
        created_at,
        paid_at: momentOrNull(listed.paidAt),
        status: listed.status,
        method: listed.method ?? NO_METHOD,
        amount: listed.amount,
        reference: listed.reference,
        customer_id: listed.customerId,
        mandate_id: listed.mandateId,
        plan_id: listed.planId,
        attention: listed.attention,
        in_doubt: listed.inDoubt,
      },
    ],
    listed_operation: operations.map(({ createdAt, doneAt, customerId, ...one }) => ({
      ...one,
      subject_id,
      terminal,
      created_at: moment(createdAt),
      done_at: momentOrNull(doneAt),
      customer_id: customerId,
    })),
    search_term: [
      ...terms.map((term) => ({ list: "payment", term, terminal, created_at, id: payment.id, subject_id })),
      ...operations.flatMap(({ id, kind, createdAt }) =>
        terms.map((term) => ({ list: kind, term, terminal, created_at: moment(createdAt), id, subject_id })),
      ),
    ],
    movement: movements.map(({ at, ...one }) => ({ ...one, subject_id, terminal, at: moment(at) })),
    task: tasksOf(payment).map((task) => taskRow(task, { subject_id, terminal }, keyOfTask(task) ?? payment.id)),
    listed_attempt: listedAttempts(payment).map((one) => ({ ...one, subject_id, terminal })),
  };
}

/** How the list of payments writes that there is no attempt yet. */
export const NO_METHOD = "none";

/** Whose a row is: of what does not say so itself, the terminal's that was there before. */
function terminalOf({ terminal }: OfTerminal): string {
  return terminal ?? TERMINAL_BEFORE;
}

/** How lists write that something was made before it remembered its terminal. */
const TERMINAL_BEFORE = "";

/** How lists write whose something is, if it is a terminal's; `before`: the terminal that was there before. */
export function writtenAs(terminal: TerminalId, before: TerminalId): readonly string[] {
  return terminal === before ? [terminal, TERMINAL_BEFORE] : [terminal];
}

interface OfSubject {
  readonly subject_id: string;
  readonly terminal: string;
}

/** A task, known by its kind and by what it is about: the same one is never there twice. */
function taskRow({ since, ...about }: PaymentTask | MandateTask, of: OfSubject, key: string): ListRow {
  const reason = about.kind === "attention" ? `${about.reason}.` : "";
  return { id: `${about.kind}.${reason}${key}`, ...of, since: moment(since), about };
}

/** What a payment's task is about, where it is not the payment as a whole. */
function keyOfTask(task: PaymentTask): string | null {
  if ("operation" in task && task.operation !== null) return task.operation;
  return "attempt" in task ? task.attempt : null;
}

/** The rows of a mandate: its plans, and what needs a person. */
export function listRowsOfMandate(mandate: Mandate): ListRows {
  const { id: subject_id, plans, customer } = mandate;
  const of = { subject_id, terminal: terminalOf(mandate) };
  return {
    task: tasksOfMandate(mandate).map((task) =>
      taskRow(task, of, task.kind === "plan_stopped" ? task.plan : mandate.id),
    ),
    listed_plan: plans.map(({ id, createdAt, status, amount, reference }) => ({
      id,
      subject_id,
      terminal: terminalOf(mandate),
      created_at: moment(createdAt),
      status,
      amount,
      reference,
      customer_id: customer.id,
    })),
  };
}

const moment = (at: Instant): string => momentText(new Date(at));
const momentOrNull = (at: Instant | null): string | null => (at === null ? null : moment(at));
