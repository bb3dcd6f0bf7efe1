import { columnsOf } from "../shape.ts";
import type { TableShape } from "../table.ts";
import { isDigest, isLimit } from "./people-shapes.ts";

/** For so long a request counts as being carried out, in microseconds, unless whoever does it says so again. */
export const HOLD = 3_000_000;

/** What is kept beside payments and mandates. */
export const keptShapes: Readonly<Record<string, TableShape>> = {
  idempotency: {
    ...columnsOf(`scope text!, key text!, fingerprint text!, resource text, status integer, body text,
      created_at timestamptz!, held_until timestamptz!, operation text`),
    unique: [
      { name: "idempotency_pkey", columns: ["scope", "key"] },
      { name: "idempotency_operation", columns: ["key", "operation"] },
    ],
    defaults: { held_until: ({ now }) => now + HOLD },
    indexes: ["key"],
  },
  refund_day: {
    ...columnsOf(`key_id text!, day date!, amount bigint!, most bigint!`),
    unique: [{ name: "refund_day_pkey", columns: ["key_id", "day"] }],
    checks: [
      { name: "refund_day_amount_check", holds: ({ amount }) => Number(amount) >= 0 },
      { name: "refund_day_within_most", holds: ({ amount, most }) => Number(amount) <= Number(most) },
    ],
  },
  card_try: {
    ...columnsOf(`at timestamptz!, payment_id text!, address text, terminal text`),
    unique: [],
    ordered: [{ name: "newest", by: "at" }],
  },
  continuation: {
    ...columnsOf(`attempt_id text!, transaction_id text!, signature text!, created_at timestamptz!`),
    unique: [{ name: "continuation_pkey", columns: ["attempt_id"] }],
  },
  phone_request: {
    ...columnsOf(`phone text!, asked jsonb!, last_at timestamptz!`),
    unique: [{ name: "phone_request_pkey", columns: ["phone"] }],
  },
  saved_card: {
    ...columnsOf(`id text!, customer_id text!, value text!, brand text, last_four text, expiry text, payment_id text!,
      transaction_id text!, consented_at timestamptz!, created_at timestamptz!, terminal text`),
    unique: [
      { name: "saved_card_pkey", columns: ["id"] },
      { name: "saved_card_transaction_id_key", columns: ["transaction_id"] },
    ],
    indexes: ["customer_id"],
  },
  api_key: {
    ...columnsOf(`id text!, name text!, scopes text[]!, refund_limit bigint, budgets jsonb!, expires_at timestamptz,
      created_at timestamptz!, used_at timestamptz, terminal text, capture_limit bigint,
      capture_budgets jsonb!`),
    defaults: { capture_budgets: "[]" },
    unique: [{ name: "api_key_pkey", columns: ["id"] }],
    checks: [
      { name: "api_key_capture_limit_check", holds: isLimit("capture_limit") },
      { name: "api_key_refund_limit_check", holds: isLimit("refund_limit") },
      { name: "api_key_scopes_check", holds: ({ scopes }) => JSON.parse(String(scopes)).length > 0 },
    ],
  },
  api_key_secret: {
    ...columnsOf(`hash bytea!, key_id text!, ends_at timestamptz`),
    unique: [
      { name: "api_key_secret_pkey", columns: ["hash"] },
      { name: "api_key_newest_secret", columns: ["key_id"], where: ({ ends_at }) => ends_at === null },
    ],
    indexes: ["key_id"],
    checks: [{ name: "api_key_secret_hash_check", holds: isDigest }],
  },
  approval: {
    ...columnsOf(`id text!, payment_id text!, terminal text!, attempt_id text, amount bigint!, stated_reason text,
      note text, requested_by jsonb!, created_at timestamptz!, expires_at timestamptz!`),
    unique: [{ name: "approval_pkey", columns: ["id"] }],
    checks: [{ name: "approval_amount_check", holds: ({ amount }) => Number(amount) > 0 }],
  },
  approval_decision: {
    ...columnsOf(`approval_id text!, status text!, by jsonb!, at timestamptz!, refund_id text, note text`),
    unique: [{ name: "approval_decision_pkey", columns: ["approval_id"] }],
    checks: [
      {
        name: "approval_decision_status_check",
        holds: ({ status }) => status === "approved" || status === "refused",
      },
    ],
  },
  payment_note: {
    ...columnsOf(`id text!, payment_id text!, text text, by jsonb!, at timestamptz!`),
    unique: [{ name: "payment_note_pkey", columns: ["id"] }],
  },
  task_done: {
    ...columnsOf(`id text!, at timestamptz!, note text!, by jsonb!`),
    unique: [{ name: "task_done_pkey", columns: ["id"] }],
  },
  request_log: {
    ...columnsOf(`id text!, at timestamptz!, method text!, path text!, status integer!, ms integer!, by_type text,
      by_id text!, terminal text!, problem text`),
    unique: [{ name: "request_log_pkey", columns: ["id"] }],
  },
  audit: {
    ...columnsOf(`number bigint!, at timestamptz!, entry text!, hash bytea!`),
    unique: [{ name: "audit_pkey", columns: ["number"] }],
    ordered: [{ name: "newest", by: "number" }],
    checks: [{ name: "audit_number_check", holds: ({ number }) => Number(number) > 0 }],
  },
};
