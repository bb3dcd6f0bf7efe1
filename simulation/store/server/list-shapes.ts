import { columnsOf } from "../shape.ts";
import type { TableShape } from "../table.ts";

/** What lists, searches and sums read. */
export const listShapes: Readonly<Record<string, TableShape>> = {
  listed_payment: {
    ...columnsOf(`id text!, subject_id text!, terminal text!, created_at timestamptz!, paid_at timestamptz,
      status text!, method text!, amount bigint!, reference text!, customer_id text, mandate_id text,
      plan_id text, attention boolean!, in_doubt boolean!`),
    unique: [{ name: "listed_payment_pkey", columns: ["id"] }],
    ordered: [{ name: "by_terminal", by: "terminal" }],
  },
  listed_operation: {
    ...columnsOf(`id text!, subject_id text!, terminal text!, kind text!, created_at timestamptz!, done_at timestamptz,
      status text!, reason text!, method text!, amount bigint!, reference text!, customer_id text,
      attention boolean!`),
    unique: [{ name: "listed_operation_pkey", columns: ["id"] }],
  },
  search_term: {
    ...columnsOf(`list text!, term text!, terminal text!, created_at timestamptz!, id text!, subject_id text!`),
    unique: [{ name: "search_term_pkey", columns: ["list", "term", "terminal", "created_at", "id"] }],
  },
  movement: {
    ...columnsOf(`id text!, subject_id text!, terminal text!, at timestamptz!, day date!, method text!, taken bigint!,
      refunded bigint!, held bigint!`),
    unique: [{ name: "movement_pkey", columns: ["id"] }],
  },
  listed_plan: {
    ...columnsOf(`id text!, subject_id text!, terminal text!, created_at timestamptz!, status text!, amount bigint!,
      reference text!, customer_id text`),
    unique: [{ name: "listed_plan_pkey", columns: ["id"] }],
  },
  task: {
    ...columnsOf(`id text!, subject_id text!, terminal text!, since timestamptz!, about jsonb!, done_at timestamptz,
      done_note text, done_by jsonb`),
    unique: [{ name: "task_pkey", columns: ["id"] }],
    indexes: ["subject_id"],
  },
  listed_attempt: {
    ...columnsOf(`id text!, subject_id text!, terminal text!, standing text!, day date!, method text!, reason text,
      amount bigint!`),
    unique: [{ name: "listed_attempt_pkey", columns: ["id"] }],
  },
};
