import type { Row } from "../columns.ts";
import type { TableShape } from "../table.ts";
import { transactionShape } from "./transaction-shape.ts";

const moment = "timestamp with time zone";
const matches = (row: Row, column: string, pattern: RegExp) =>
  row[column] === null || pattern.test(String(row[column]));

/** A table of at most one row. */
function single(name: string, column: string, type: "bigint" | "jsonb" | "bytea"): TableShape {
  return {
    columns: { only_one: "boolean", [column]: type },
    defaults: { only_one: true },
    notNull: ["only_one", column],
    unique: [{ name: `${name}_pkey`, columns: ["only_one"] }],
    checks: [{ name: `${name}_only_one_check`, holds: (row) => row.only_one === true }],
  };
}

const terminalShape: TableShape = {
  columns: {
    terminal_id: "text",
    merchant_code: "bigint",
    merchant_name: "text",
    client_id: "text",
    token: "text",
    entity: "text",
    methods: "text[]",
    webhook_url: "text",
    webhook_secret: "text",
    disable_mandate_mbway_fallback: "boolean",
    status_by_merchant_transaction_id: "boolean",
    requires_customer: "boolean",
  },
  defaults: {
    disable_mandate_mbway_fallback: false,
    status_by_merchant_transaction_id: true,
    requires_customer: true,
  },
  notNull: [
    "terminal_id",
    "merchant_code",
    "merchant_name",
    "client_id",
    "token",
    "entity",
    "methods",
    "disable_mandate_mbway_fallback",
    "status_by_merchant_transaction_id",
    "requires_customer",
  ],
  unique: [{ name: "terminal_pkey", columns: ["terminal_id"] }],
  checks: [
    { name: "terminal_check", holds: (row) => (row.webhook_url === null) === (row.webhook_secret === null) },
    { name: "terminal_terminal_id_check", holds: (row) => matches(row, "terminal_id", /^[0-9]{1,10}$/) },
  ],
};

const tokenShape: TableShape = {
  columns: {
    token: "text",
    merchant_code: "bigint",
    transaction_id: "text",
    card_brand: "text",
    card_first_six: "text",
    card_last_four: "text",
    card_expiry: "text",
    card_fate: "text",
    recorded_at: moment,
  },
  defaults: { recorded_at: (moments) => moments.tick() },
  notNull: [
    "token",
    "merchant_code",
    "transaction_id",
    "card_first_six",
    "card_last_four",
    "card_expiry",
    "card_fate",
    "recorded_at",
  ],
  unique: [{ name: "token_pkey", columns: ["token"] }],
  checks: [
    { name: "token_card_expiry_check", holds: (row) => matches(row, "card_expiry", /^[0-9]{4}-[0-9]{2}$/) },
    { name: "token_card_first_six_check", holds: (row) => matches(row, "card_first_six", /^[0-9]{6}$/) },
    { name: "token_card_last_four_check", holds: (row) => matches(row, "card_last_four", /^[0-9]{4}$/) },
    { name: "token_token_check", holds: (row) => matches(row, "token", /^[0-9a-f]{40}$/) },
  ],
};

const notificationShape: TableShape = {
  columns: {
    notification_id: "uuid",
    transaction_id: "text",
    terminal_id: "text",
    state: "text",
    plaintext: "json",
    tries: "integer",
    first_try_at: moment,
    due_at: moment,
    leased_until: moment,
    recorded_at: moment,
    round: "integer",
  },
  defaults: { state: "Requested", tries: 0, recorded_at: (moments) => moments.tick(), round: 1 },
  notNull: ["notification_id", "transaction_id", "terminal_id", "state", "plaintext", "tries", "recorded_at", "round"],
  unique: [{ name: "notification_pkey", columns: ["notification_id"] }],
  ordered: [{ name: "due", by: "due_at" }],
  checks: [{ name: "notification_state_check", holds: ({ state }) => state === "Requested" || state === "Processed" }],
};

const tryShape: TableShape = {
  columns: { notification_id: "uuid", number: "integer", at: moment, status: "integer", answer: "text" },
  notNull: ["notification_id", "number", "at"],
  unique: [{ name: "notification_try_pkey", columns: ["notification_id", "number"] }],
  indexes: ["notification_id"],
};

/** The gateway's tables, but what its migrations keep of themselves. */
export const gatewayShapes = {
  "sibs_gateway.clock": single("clock", "offset_ms", "bigint"),
  "sibs_gateway.fault_settings": single("fault_settings", "settings", "jsonb"),
  "sibs_gateway.notification": notificationShape,
  "sibs_gateway.notification_try": tryShape,
  "sibs_gateway.signing_key": single("signing_key", "secret", "bytea"),
  "sibs_gateway.terminal": terminalShape,
  "sibs_gateway.token": tokenShape,
  "sibs_gateway.transaction": transactionShape,
} as const satisfies Record<string, TableShape>;
