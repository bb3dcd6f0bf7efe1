import type { Kept, Row } from "../columns.ts";
import { columnsOf } from "../shape.ts";
import type { TableShape } from "../table.ts";

const LONGEST_CREDENTIAL = 1_023;
const PURPOSES = ["sign_in", "invitation", "touch", "passkey", "sign_on"];
const ROLES = ["viewer", "support", "refunder", "accountant", "owner"];

/** Whether a limit, where there is one, is an amount that SIBS takes. */
export const isLimit =
  (column: string) =>
  ({ [column]: limit = null }: Row) =>
    limit === null || (Number(limit) >= 1 && Number(limit) <= 99_999_999);

/** A digest of SHA-256. */
export const isDigest = ({ hash }: Row): boolean => lengthOf(hash) === 32;

const lengthOf = (bytes: Kept | undefined): number => Buffer.from(String(bytes), "base64").length;

/** Who works there, and how they come in. */
export const peopleShapes: Readonly<Record<string, TableShape>> = {
  operator: {
    ...columnsOf(`id text!, name text!, role text!, terminal text, refund_limit bigint, budgets jsonb!,
      created_at timestamptz!, seen_at timestamptz, removed_at timestamptz, sign_on_issuer text,
      sign_on_subject text, capture_limit bigint, capture_budgets jsonb!`),
    defaults: { capture_budgets: "[]" },
    unique: [
      { name: "operator_pkey", columns: ["id"] },
      { name: "operator_signed_on", columns: ["sign_on_issuer", "sign_on_subject"] },
    ],
    checks: [
      { name: "operator_capture_limit_check", holds: isLimit("capture_limit") },
      { name: "operator_name_check", holds: ({ name }) => name !== "" },
      { name: "operator_refund_limit_check", holds: isLimit("refund_limit") },
      { name: "operator_role_check", holds: ({ role }) => ROLES.includes(String(role)) },
    ],
  },
  session: {
    ...columnsOf(`id text!, hash bytea!, operator_id text!, created_at timestamptz!, seen_at timestamptz!,
      ends_at timestamptz!, touched_at timestamptz, address text, agent text`),
    unique: [
      { name: "session_pkey", columns: ["id"] },
      { name: "session_hash_key", columns: ["hash"] },
    ],
    checks: [{ name: "session_hash_check", holds: isDigest }],
  },
  invitation: {
    ...columnsOf("operator_id text!, hash bytea!, ends_at timestamptz!"),
    unique: [
      { name: "invitation_pkey", columns: ["operator_id"] },
      { name: "invitation_hash_key", columns: ["hash"] },
    ],
    checks: [{ name: "invitation_hash_check", holds: isDigest }],
  },
  challenge: {
    ...columnsOf("hash bytea!, purpose text!, holder text!, ends_at timestamptz!"),
    unique: [{ name: "challenge_pkey", columns: ["hash"] }],
    checks: [
      { name: "challenge_hash_check", holds: isDigest },
      { name: "challenge_purpose_check", holds: ({ purpose }) => PURPOSES.includes(String(purpose)) },
    ],
  },
  passkey: {
    ...columnsOf(`id text!, operator_id text!, credential bytea!, public_key bytea!, counter bigint!,
      transports text[]!, name text!, created_at timestamptz!, used_at timestamptz`),
    unique: [
      { name: "passkey_pkey", columns: ["id"] },
      { name: "passkey_credential_key", columns: ["credential"] },
    ],
    checks: [
      { name: "passkey_counter_check", holds: ({ counter }) => Number(counter) >= 0 },
      {
        name: "passkey_credential_check",
        holds: ({ credential = null }) => lengthOf(credential) >= 1 && lengthOf(credential) <= LONGEST_CREDENTIAL,
      },
      { name: "passkey_name_check", holds: ({ name }) => name !== "" },
    ],
  },
  saved_view: {
    ...columnsOf("id text!, operator_id text!, name text!, query text!, created_at timestamptz!"),
    unique: [{ name: "saved_view_pkey", columns: ["id"] }],
  },
  customer_mail: {
    ...columnsOf("payment_id text!, what text!, address bytea!, network text, at timestamptz!, sent boolean!"),
    defaults: { sent: false },
    unique: [{ name: "customer_mail_pkey", columns: ["payment_id", "what", "address"] }],
  },
};
