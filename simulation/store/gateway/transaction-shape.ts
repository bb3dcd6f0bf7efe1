import type { Row } from "../columns.ts";
import type { TableShape } from "../table.ts";

const moment = "timestamp with time zone";

/** Whether a text, where there is one, is of that form. */
const matches = (row: Row, column: string, pattern: RegExp) =>
  row[column] === null || pattern.test(String(row[column]));
/** Whether a text, where there is one, is one of these. */
const isOneOf = (row: Row, column: string, ...words: string[]) =>
  row[column] === null || words.includes(String(row[column]));
/** What PostgreSQL makes of a comparison with null is no breach. */
const isAtLeast = (row: Row, column: string, least: number) => row[column] === null || Number(row[column]) >= least;
const isChallenged = ({ outcome, action_type }: Row) =>
  outcome === "action_wanted" && action_type === "THREEDS_CHALLENGE";
const isMandate = ({ kind }: Row) => kind === "mandate";

/** Payments, mandates and operations on them. */
export const transactionShape: TableShape = {
  columns: {
    transaction_id: "text",
    kind: "text",
    original_id: "text",
    terminal_id: "text",
    merchant_transaction_id: "text",
    merchant_timestamp: "text",
    description: "text",
    recipient_id: "text",
    amount: "bigint",
    payment_type: "text",
    methods: "text[]",
    payment_method: "text",
    outcome: "text",
    received_at: moment,
    deadline: moment,
    fate: "text",
    phone: "text",
    asked_at: moment,
    answerable_until: moment,
    entity: "text",
    valid_from: moment,
    valid_to: moment,
    min_amount: "bigint",
    max_amount: "bigint",
    reference: "text",
    reference_status: "text",
    paid_at: moment,
    authorized: "bigint",
    captured: "bigint",
    released: "bigint",
    refunded: "bigint",
    version: "integer",
    journal: "jsonb",
    due_outcome: "text",
    due_at: moment,
    leased_until: moment,
    recorded_at: moment,
    moto: "boolean",
    has_email: "boolean",
    has_billing_address: "boolean",
    keeps_card: "boolean",
    charges: "jsonb",
    card_brand: "text",
    card_first_six: "text",
    card_last_four: "text",
    card_expiry: "text",
    card_fate: "text",
    token: "text",
    action_id: "uuid",
    action_type: "text",
    action_asked_at: moment,
    action_ending: "text",
    action_tries: "integer",
    proof: "jsonb",
    mandate_id: "text",
    mandate_type: "text",
    mandate_status: "text",
    customer_name: "text",
    mandate_limit: "bigint",
    mandate_valid_until: "text",
    collected_month: "text",
    collected: "bigint",
  },
  defaults: {
    authorized: 0,
    captured: 0,
    released: 0,
    refunded: 0,
    version: 0,
    journal: "[]",
    recorded_at: (moments) => moments.tick(),
    moto: false,
    has_email: false,
    has_billing_address: false,
    keeps_card: false,
  },
  notNull: [
    "transaction_id",
    "kind",
    "terminal_id",
    "merchant_transaction_id",
    "merchant_timestamp",
    "description",
    "recipient_id",
    "amount",
    "payment_type",
    "methods",
    "outcome",
    "received_at",
    "deadline",
    "authorized",
    "captured",
    "released",
    "refunded",
    "version",
    "journal",
    "recorded_at",
    "moto",
    "has_email",
    "has_billing_address",
    "keeps_card",
  ],
  unique: [
    { name: "transaction_pkey", columns: ["transaction_id"] },
    { name: "transaction_by_reference", columns: ["entity", "reference"], where: (row) => row.reference !== null },
    { name: "transaction_by_action", columns: ["action_id"], where: (row) => row.action_id !== null },
    { name: "transaction_by_mandate", columns: ["mandate_id"], where: isMandate },
  ],
  indexes: ["merchant_transaction_id"],
  ordered: [
    { name: "due", by: "due_at" },
    {
      name: "waiting",
      by: "asked_at",
      where: ({ answerable_until }) => answerable_until !== null,
      of: ({ phone }) => String(phone),
    },
    { name: "mandates_on_phone", by: "recorded_at", where: isMandate, of: ({ phone }) => String(phone) },
    { name: "mandates_of_terminal", by: "recorded_at", where: isMandate, of: ({ terminal_id }) => String(terminal_id) },
    { name: "challenged", by: "action_asked_at", where: isChallenged },
  ],
  checks: [
    {
      name: "transaction_action_type_check",
      holds: (row) => isOneOf(row, "action_type", "THREEDS_METHOD", "THREEDS_CHALLENGE"),
    },
    { name: "transaction_amount_check", holds: (row) => isAtLeast(row, "amount", 0) },
    { name: "transaction_card_expiry_check", holds: (row) => matches(row, "card_expiry", /^[0-9]{4}-[0-9]{2}$/) },
    { name: "transaction_card_first_six_check", holds: (row) => matches(row, "card_first_six", /^[0-9]{6}$/) },
    { name: "transaction_card_last_four_check", holds: (row) => matches(row, "card_last_four", /^[0-9]{4}$/) },
    {
      name: "transaction_check",
      holds: ({ authorized, amount, max_amount }) =>
        Number(authorized) <= Math.max(Number(amount), Number(max_amount ?? 0)),
    },
    {
      name: "transaction_check1",
      holds: ({ captured, released, authorized }) =>
        Number(captured) >= 0 && Number(released) >= 0 && Number(captured) + Number(released) <= Number(authorized),
    },
    {
      name: "transaction_check2",
      holds: ({ refunded, captured }) => Number(refunded) >= 0 && Number(refunded) <= Number(captured),
    },
    { name: "transaction_check3", holds: ({ due_at, due_outcome }) => (due_at === null) === (due_outcome === null) },
    { name: "transaction_check4", holds: (row) => isMandate(row) === (row.mandate_type !== null) },
    {
      name: "transaction_check5",
      holds: ({ mandate_type, mandate_id, mandate_status, customer_name }) =>
        mandate_type === null || ![mandate_id, mandate_status, customer_name].includes(null),
    },
    {
      name: "transaction_check6",
      holds: ({ collected_month, collected }) => (collected_month === null) === (collected === null),
    },
    { name: "transaction_collected_check", holds: (row) => isAtLeast(row, "collected", 0) },
    {
      name: "transaction_collected_month_check",
      holds: (row) => matches(row, "collected_month", /^[0-9]{4}-[0-9]{2}$/),
    },
    {
      name: "transaction_kind_check",
      holds: (row) => isOneOf(row, "kind", "payment", "mandate", "charge", "refund", "cancellation", "capture"),
    },
    { name: "transaction_mandate_id_check", holds: (row) => matches(row, "mandate_id", /^[0-9]{20}$/) },
    { name: "transaction_mandate_limit_check", holds: (row) => isAtLeast(row, "mandate_limit", 1) },
    {
      name: "transaction_mandate_status_check",
      holds: (row) => isOneOf(row, "mandate_status", "PEND", "ACTV", "SSPN", "CNCL"),
    },
    {
      name: "transaction_mandate_type_check",
      holds: (row) => isOneOf(row, "mandate_type", "SUBSCRIPTION", "ONECLICK"),
    },
    {
      name: "transaction_mandate_valid_until_check",
      holds: (row) => matches(row, "mandate_valid_until", /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/),
    },
    { name: "transaction_token_check", holds: (row) => matches(row, "token", /^[0-9a-f]{40}$/) },
  ],
};
