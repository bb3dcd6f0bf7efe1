import type { Row } from "../columns.ts";
import { columnsOf } from "../shape.ts";
import type { TableShape } from "../table.ts";
import { eventShapes } from "./event-shapes.ts";
import { keptShapes } from "./kept-shapes.ts";
import { listShapes } from "./list-shapes.ts";
import { peopleShapes } from "./people-shapes.ts";

const isPresent = (column: string) => (row: Row) => row[column] != null;
const isAwaited = (row: Row) => row.due_at !== row.unawaited_at;
const mayWait = (row: Row) => row.due_at === row.unawaited_at;
const cents = (row: Row, column: string): number => Number(row[column]);
const isNothingOrMore = (sum: string) => ({
  name: `payment_amount_${sum}_check`,
  holds: (row: Row) => cents(row, `amount_${sum}`) >= 0,
});

const PAYMENT_STATUSES = ["open", "pending", "authorized", "paid", "canceled", "expired"];
const MANDATE_STATUSES = ["pending", "active", "suspended", "canceled", "expired", "refused"];

/** A refund's operation begins by it in the journal: `rfd`. */
const kindDone = ({ data }: Row) => String(JSON.parse(String(data)).operation).slice(0, 3);

const subjectShapes: Readonly<Record<string, TableShape>> = {
  payment: {
    ...columnsOf(`id text!, reference text!, status text!, amount bigint!, amount_authorized bigint!,
      amount_captured bigint!, amount_released bigint!, amount_refunded bigint!, amount_refunding bigint!,
      state jsonb!, version integer!, created_at timestamptz!, due_at timestamptz,
      leased_until timestamptz, amount_settling bigint!, mandate_id text, plan_id text,
      plan_period integer, amount_aside bigint!, amount_returned bigint!, is_corrected boolean!,
      terminal text, unawaited_at timestamptz, listed_version integer, looks jsonb, looked integer!,
      listed_in_full integer`),
    defaults: { amount_settling: 0, amount_aside: 0, amount_returned: 0, is_corrected: false, looked: 0 },
    unique: [
      { name: "payment_pkey", columns: ["id"] },
      { name: "payment_once_per_period", columns: ["plan_id", "plan_period"], where: isPresent("plan_id") },
    ],
    ordered: [
      { name: "awaited", by: "due_at", where: isAwaited },
      { name: "may_wait", by: "due_at", where: mayWait },
      { name: "unlisted", by: "version", where: ({ version, listed_in_full }) => version !== listed_in_full },
    ],
    checks: [
      // in the order of their names, in which PostgreSQL looks at them
      ...["aside", "authorized", "captured"].map(isNothingOrMore),
      { name: "payment_amount_check", holds: ({ amount }) => Number(amount) >= 1 && Number(amount) <= 99_999_999 },
      ...["refunded", "refunding", "released", "returned", "settling"].map(isNothingOrMore),
      { name: "payment_status_check", holds: ({ status }) => PAYMENT_STATUSES.includes(String(status)) },
      {
        name: "refunded_within_captured",
        holds: (row) =>
          row.is_corrected === true ||
          cents(row, "amount_refunded") + cents(row, "amount_refunding") <= cents(row, "amount_captured"),
      },
      {
        name: "returned_within_aside",
        holds: (row) => row.is_corrected === true || cents(row, "amount_returned") <= cents(row, "amount_aside"),
      },
      {
        name: "settled_within_authorized",
        holds: (row) =>
          row.is_corrected === true ||
          cents(row, "amount_captured") + cents(row, "amount_released") + cents(row, "amount_settling") <=
            cents(row, "amount_authorized"),
      },
    ],
  },
  mandate: {
    ...columnsOf(`id text!, status text!, type text!, phone text!, customer_id text, reference text, description text!,
      state jsonb!, version integer!, created_at timestamptz!, due_at timestamptz,
      leased_until timestamptz, terminal text, unawaited_at timestamptz, listed_version integer,
      looks jsonb, looked integer!`),
    defaults: { looked: 0 },
    unique: [
      { name: "mandate_pkey", columns: ["id"] },
      {
        name: "mandate_asked_once_by_terminal",
        columns: ["phone", "type", "reference", "description", "terminal"],
        where: ({ status }) => status === "pending",
        orElse: "",
      },
    ],
    indexes: ["customer_id", "phone"],
    ordered: [
      { name: "awaited", by: "due_at", where: isAwaited },
      { name: "may_wait", by: "due_at", where: mayWait },
      { name: "unlisted", by: "version", where: ({ version, listed_version }) => version !== listed_version },
    ],
    checks: [
      { name: "mandate_status_check", holds: ({ status }) => MANDATE_STATUSES.includes(String(status)) },
      { name: "mandate_type_check", holds: ({ type }) => type === "subscription" || type === "oneclick" },
    ],
  },
  fact: {
    ...columnsOf(`subject_id text!, number integer!, at timestamptz!, kind text!, data jsonb!, version integer!`),
    defaults: { version: 1 },
    unique: [{ name: "fact_pkey", columns: ["subject_id", "number"] }],
    ordered: [
      { name: "of_subject", by: "number", of: ({ subject_id }) => String(subject_id) },
      { name: "done", by: "at", where: ({ kind }) => kind === "operation_succeeded", of: kindDone },
      { name: "named", by: "at", where: ({ kind }) => kind === "attempt_named" },
    ],
  },
  found_by: {
    ...columnsOf(`key text!, subject_id text!`),
    unique: [{ name: "found_by_pkey", columns: ["key"] }],
  },
  terminal_before: {
    ...columnsOf(`is_known boolean!, id text!`),
    defaults: { is_known: true },
    unique: [{ name: "terminal_before_pkey", columns: ["is_known"] }],
    checks: [{ name: "terminal_before_is_known_check", holds: ({ is_known }) => is_known === true }],
  },
  clock: {
    ...columnsOf(`only_one boolean!, offset_ms bigint!`),
    defaults: { only_one: true },
    unique: [{ name: "clock_pkey", columns: ["only_one"] }],
    checks: [{ name: "clock_only_one_check", holds: ({ only_one }) => only_one === true }],
  },
  chore: {
    ...columnsOf(`name text!, due_at timestamptz, leased_until timestamptz`),
    unique: [{ name: "chore_pkey", columns: ["name"] }],
    ordered: [{ name: "due", by: "due_at" }],
  },
};

const SHAPES = { ...subjectShapes, ...eventShapes, ...listShapes, ...keptShapes, ...peopleShapes };

/** The server's tables, as its migrations make them. */
export const serverShapes: Readonly<Record<string, TableShape>> = Object.fromEntries(
  Object.entries(SHAPES).map(([name, shape]) => [`caravela.${name}`, shape]),
);
