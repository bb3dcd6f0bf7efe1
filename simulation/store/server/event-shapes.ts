import type { Row } from "../columns.ts";
import { columnsOf } from "../shape.ts";
import type { TableShape } from "../table.ts";

const ofEndpoint = ({ endpoint_id }: Row) => String(endpoint_id);

/** The deliveries of one endpoint about one payment or mandate. */
export const lineOf = (endpoint: unknown, subject: unknown): string => `${endpoint} ${subject}`;

/** What the shop is told, and what SIBS has told. */
export const eventShapes: Readonly<Record<string, TableShape>> = {
  event: {
    ...columnsOf(`id text!, subject_id text!, sequence integer!, type text!, at timestamptz!, body text!,
      terminal text`),
    unique: [
      { name: "event_pkey", columns: ["id"] },
      { name: "event_payment_id_sequence_key", columns: ["subject_id", "sequence"] },
    ],
    ordered: [{ name: "by_age", by: "at" }],
  },
  event_endpoint: {
    ...columnsOf(`id text!, url text!, types text[]!, secret text!, created_at timestamptz!, share integer!,
      held_until timestamptz, ended_at timestamptz, end_reason text, version integer!,
      may_be_inside boolean!, terminal text`),
    defaults: { share: 8, version: 1, may_be_inside: false },
    unique: [
      { name: "event_endpoint_pkey", columns: ["id"] },
      { name: "event_endpoint_by_terminal", columns: ["url", "terminal"], orElse: "" },
    ],
    checks: [
      {
        name: "event_endpoint_check",
        holds: ({ end_reason, ended_at }) => (end_reason === null) === (ended_at === null),
      },
      { name: "event_endpoint_share_check", holds: ({ share }) => Number(share) >= 1 && Number(share) <= 32 },
    ],
  },
  delivery: {
    ...columnsOf(`id text!, event_id text!, endpoint_id text!, subject_id text!, sequence integer!, tries jsonb!,
      first_due_at timestamptz!, due_at timestamptz, leased_until timestamptz, round integer!,
      try_count integer!, given_up_at timestamptz, recorded_at timestamptz`),
    defaults: { tries: "[]", round: 1, try_count: 0 },
    unique: [{ name: "delivery_pkey", columns: ["id"] }],
    indexes: ["event_id", "endpoint_id"],
    ordered: [
      { name: "due", by: "due_at", of: ofEndpoint },
      { name: "held", by: "leased_until", of: ofEndpoint },
      {
        name: "line",
        by: "sequence",
        where: ({ due_at }) => due_at !== null,
        of: ({ endpoint_id, subject_id }) => lineOf(endpoint_id, subject_id),
      },
    ],
  },
  endpoint_hour: {
    ...columnsOf(`endpoint_id text!, hour timestamptz!, delivered integer!, failed integer!,
      last_delivered_at timestamptz, last_failed_at timestamptz, last_status integer, last_failure text`),
    unique: [{ name: "endpoint_hour_pkey", columns: ["endpoint_id", "hour"] }],
    indexes: ["endpoint_id"],
  },
  notification: {
    ...columnsOf(`id text!, transaction_id text, merchant_transaction_id text, plaintext jsonb!,
      received_at timestamptz!, subject_id text, tries integer!, due_at timestamptz,
      leased_until timestamptz, raw text, terminals text[]`),
    defaults: { tries: 0 },
    unique: [{ name: "notification_pkey", columns: ["id"] }],
    indexes: ["transaction_id"],
    ordered: [{ name: "due", by: "due_at" }],
  },
  notification_refused: {
    ...columnsOf(`only_one boolean!, since timestamptz!, last_at timestamptz!, count integer!`),
    defaults: { only_one: true },
    unique: [{ name: "notification_refused_pkey", columns: ["only_one"] }],
    checks: [{ name: "notification_refused_only_one_check", holds: ({ only_one }) => only_one === true }],
  },
};
