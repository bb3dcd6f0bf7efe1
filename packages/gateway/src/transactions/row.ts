import { momentText } from "@caravela/platform/postgres/text";
import { cents } from "@caravela/sibs/money";
import type { Outcome } from "../domain/outcomes.ts";
import type { ScenarioName } from "../domain/scenarios.ts";
import type { Asked, Method, Reference, ReferenceTerms, Transaction } from "../domain/transaction.ts";
import { type CardColumns, cardColumns, cardOf, cardTermsOf } from "./card-row.ts";
import { consentOf, type MandateColumns, mandateColumns } from "./mandate-row.ts";

/**
 * A row of table `transaction`, without what the database keeps for itself (version, journal, leases, when it was
 * recorded).
 */
export interface TransactionRow extends CardColumns, MandateColumns {
  transaction_id: string;
  kind: Transaction["kind"];
  original_id: string | null;
  terminal_id: string;
  merchant_transaction_id: string;
  merchant_timestamp: string;
  description: string;
  recipient_id: string;
  amount: number;
  payment_type: string;
  methods: Method[];
  payment_method: Method | null;
  outcome: Outcome;
  received_at: Date;
  deadline: Date;
  fate: ScenarioName | null;
  phone: string | null;
  asked_at: Date | null;
  answerable_until: Date | null;
  entity: string | null;
  valid_from: Date | null;
  valid_to: Date | null;
  min_amount: number | null;
  max_amount: number | null;
  reference: string | null;
  reference_status: Reference["status"] | null;
  paid_at: Date | null;
  authorized: number;
  captured: number;
  released: number;
  refunded: number;
  due_outcome: Outcome | null;
  due_at: Date | null;
}

/** The columns that can change after a transaction was recorded. */
export const changingColumns = [
  "payment_method",
  "outcome",
  "fate",
  "phone",
  "asked_at",
  "answerable_until",
  "reference",
  "reference_status",
  "paid_at",
  "keeps_card",
  "charges",
  "card_brand",
  "card_first_six",
  "card_last_four",
  "card_expiry",
  "card_fate",
  "token",
  "action_id",
  "action_type",
  "action_asked_at",
  "action_ending",
  "action_tries",
  "proof",
  "mandate_status",
  "mandate_limit",
  "mandate_valid_until",
  "collected_month",
  "collected",
  "authorized",
  "captured",
  "released",
  "refunded",
  "due_outcome",
  "due_at",
] as const satisfies (keyof TransactionRow)[];

/** Every column of {@link TransactionRow}, as {@link jsonRow} writes them. */
export const columns = [
  "transaction_id",
  "kind",
  "original_id",
  "terminal_id",
  "merchant_transaction_id",
  "merchant_timestamp",
  "description",
  "recipient_id",
  "amount",
  "payment_type",
  "methods",
  "received_at",
  "deadline",
  "entity",
  "valid_from",
  "valid_to",
  "min_amount",
  "max_amount",
  "moto",
  "has_email",
  "has_billing_address",
  "mandate_id",
  "mandate_type",
  "customer_name",
  ...changingColumns,
] as const satisfies (keyof TransactionRow)[];

/** Some columns of a transaction's row as JSON has them; what is not there is null. */
export function jsonRow(transaction: Transaction, of: readonly (keyof TransactionRow)[]): object {
  const row = toRow(transaction);
  const written: Record<string, unknown> = {};
  for (const column of of) {
    const value = row[column];
    if (value !== null) written[column] = value instanceof Date ? momentText(value) : value;
  }
  return written;
}

/** The row that holds a transaction. */
function toRow(transaction: Transaction): TransactionRow {
  const { asked, terms, reference, sums, due } = transaction;
  return {
    transaction_id: transaction.id,
    kind: transaction.kind,
    original_id: transaction.originalId,
    terminal_id: transaction.terminalId,
    merchant_transaction_id: transaction.merchantTransactionId,
    merchant_timestamp: transaction.merchantTimestamp,
    description: transaction.description,
    recipient_id: transaction.recipientId,
    amount: transaction.amount,
    payment_type: transaction.paymentType,
    methods: [...transaction.methods],
    payment_method: transaction.method,
    outcome: transaction.outcome,
    received_at: transaction.receivedAt,
    deadline: transaction.deadline,
    fate: transaction.scenario,
    phone: asked?.phone ?? null,
    asked_at: asked?.at ?? null,
    answerable_until: asked?.answerableUntil ?? null,
    entity: terms?.entity ?? null,
    valid_from: terms?.validFrom ?? null,
    valid_to: terms?.validTo ?? null,
    min_amount: terms?.minAmount ?? null,
    max_amount: terms?.maxAmount ?? null,
    reference: reference?.number ?? null,
    reference_status: reference?.status ?? null,
    paid_at: reference?.paidAt ?? null,
    ...cardColumns(transaction),
    ...mandateColumns(transaction),
    ...sums,
    due_outcome: due?.outcome ?? null,
    due_at: due?.at ?? null,
  };
}

/** The transaction that a row holds. */
export function fromRow(row: TransactionRow & { version: number }): Transaction {
  return {
    id: row.transaction_id,
    kind: row.kind,
    originalId: row.original_id,
    terminalId: row.terminal_id,
    merchantTransactionId: row.merchant_transaction_id,
    merchantTimestamp: row.merchant_timestamp,
    description: row.description,
    recipientId: row.recipient_id,
    amount: cents(row.amount),
    paymentType: row.payment_type,
    methods: row.methods,
    method: row.payment_method,
    outcome: row.outcome,
    receivedAt: row.received_at,
    deadline: row.deadline,
    scenario: row.fate,
    asked: askedOf(row),
    terms: termsOf(row),
    reference: referenceOf(row),
    cardTerms: cardTermsOf(row),
    card: cardOf(row),
    mandateId: row.mandate_id,
    consent: consentOf(row),
    sums: {
      authorized: cents(row.authorized),
      captured: cents(row.captured),
      released: cents(row.released),
      refunded: cents(row.refunded),
    },
    due: row.due_at === null || row.due_outcome === null ? null : { at: row.due_at, outcome: row.due_outcome },
    version: row.version,
  };
}

function askedOf({ phone, asked_at, answerable_until }: TransactionRow): Asked | null {
  return phone === null || asked_at === null ? null : { phone, at: asked_at, answerableUntil: answerable_until };
}

function termsOf({ entity, valid_from, valid_to, min_amount, max_amount }: TransactionRow): ReferenceTerms | null {
  if (entity === null || valid_from === null || valid_to === null || min_amount === null || max_amount === null) {
    return null;
  }
  return {
    entity,
    validFrom: valid_from,
    validTo: valid_to,
    minAmount: cents(min_amount),
    maxAmount: cents(max_amount),
  };
}

function referenceOf({ reference, reference_status, paid_at }: TransactionRow): Reference | null {
  return reference === null || reference_status === null
    ? null
    : { number: reference, status: reference_status, paidAt: paid_at };
}
