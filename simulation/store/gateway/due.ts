import { DELIVERING } from "../../../packages/gateway/src/notifications/deliveries.ts";
import { PASSING } from "../../../packages/gateway/src/transactions/passing.ts";
import { type DueTable, knowsOfDue } from "../due.ts";
import { NOTIFICATION } from "./notifications.ts";

const due: Readonly<Record<string, DueTable>> = {
  [PASSING.name]: {
    table: PASSING.table,
    key: PASSING.key,
    index: "due",
    columns: (_tables, { transaction_id }) => ({ transaction_id }),
  },
  [DELIVERING.name]: {
    table: DELIVERING.table,
    key: DELIVERING.key,
    index: "due",
    columns: (tables, row) => ({
      ...tables.of(NOTIFICATION).read(row, ["notification_id", "terminal_id", "tries", "first_try_at", "round"]),
      // as it was written, to the letter
      plaintext: row.plaintext,
    }),
  },
};

/** The statements by which transactions that time changes, and notifications on their way, are found and held. */
export const knowsOfDueAtGateway = knowsOfDue(due);
