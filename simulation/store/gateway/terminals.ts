import type { Row } from "../columns.ts";
import type { Statement, Tables } from "../database.ts";

/** As its statements name them, in the order of their values. */
const COLUMNS = [
  "terminal_id",
  "merchant_code",
  "merchant_name",
  "client_id",
  "token",
  "entity",
  "methods",
  "disable_mandate_mbway_fallback",
  "requires_customer",
  "status_by_merchant_transaction_id",
  "webhook_url",
  "webhook_secret",
];

const terminals = (tables: Tables) => tables.of("sibs_gateway.terminal");
const given = (values: readonly unknown[]) => Object.fromEntries(COLUMNS.map((column, at) => [column, values[at]]));

/** The statements about terminals, and about the cards that their merchants keep. */
export const terminalStatements: Readonly<Record<string, Statement>> = {
  terminals: (tables, [first]) => {
    const rank = ({ terminal_id }: Row) => (terminal_id === first ? 0 : String(terminal_id).length);
    const inOrder = [...terminals(tables).rows].toSorted(
      (one, other) => rank(one) - rank(other) || (String(one.terminal_id) < String(other.terminal_id) ? -1 : 1),
    );
    return inOrder.map((row) => terminals(tables).read(row, COLUMNS));
  },
  "terminal-hold": (tables, values) => {
    const held = terminals(tables).upsert(given(values), "terminal_pkey", () => ({}));
    return held === null ? [] : [terminals(tables).read(held, COLUMNS)];
  },
  "terminal-change": (tables, values) => {
    const row = terminals(tables).get(String(values[0]));
    if (row !== undefined) terminals(tables).update(row, given(values));
    return [];
  },
  tokens: (tables, [values, merchantCode]) => {
    const table = tables.of("sibs_gateway.token");
    const all = [...new Set(values as string[])].map((value) => table.get(value));
    return all
      .filter((row) => row !== undefined)
      .filter((row) => row.merchant_code === merchantCode)
      .toSorted((one, other) => Number(other.recorded_at) - Number(one.recorded_at))
      .map((row) => table.read(row, TOKEN_COLUMNS));
  },
};

const TOKEN_COLUMNS = ["token", "card_brand", "card_first_six", "card_last_four", "card_expiry", "card_fate"];
