import type { PartName } from "../../../../packages/gateway/src/transactions/statements.ts";

/** A moment of the gateway's clock. */
export const AT = "2026-11-29T10:00:00.000Z";
/** What is written, as JSON has it. */
export type WrittenRow = Readonly<Record<string, unknown>>;

/** A payment's row, as JSON has it. */
export function paymentRow(transaction_id: string, differing: WrittenRow = {}): WrittenRow {
  return {
    transaction_id,
    kind: "payment",
    terminal_id: "52221",
    merchant_transaction_id: "order-1",
    merchant_timestamp: AT,
    description: "An order",
    recipient_id: "S1S",
    amount: 550,
    payment_type: "PURS",
    methods: ["MBWAY"],
    outcome: "waiting",
    received_at: AT,
    deadline: AT,
    moto: false,
    has_email: false,
    has_billing_address: false,
    keeps_card: false,
    authorized: 0,
    captured: 0,
    released: 0,
    refunded: 0,
    journal: [{ at: AT, what: "checkout", data: {} }],
    ...differing,
  };
}

/** The row of a mandate's creation, as JSON has it. */
export function mandateRow(transaction_id: string, mandate_id: string, differing: WrittenRow = {}): WrittenRow {
  const consent = { mandate_type: "ONECLICK", mandate_status: "ACTV", customer_name: "Jane Doe" };
  return paymentRow(transaction_id, { kind: "mandate", amount: 0, mandate_id, ...consent, ...differing });
}

/** A change of a row of that version, as JSON has it: it is approved, unless something else is said. */
export function changeOf(transaction_id: string, version: number, differing: WrittenRow = {}): WrittenRow {
  const sums = { authorized: 550, captured: 550, released: 0, refunded: 0 };
  const journal = [{ at: AT, what: "approved", data: { version } }];
  return { transaction_id, version, outcome: "approved", keeps_card: false, ...sums, journal, ...differing };
}

/** What a save writes, part by part. */
export function partsOf(
  parts: Partial<Record<PartName, readonly WrittenRow[]>>,
): Record<PartName, readonly WrittenRow[]> {
  return { changes: [], notices: [], tokens: [], operations: [], drawings: [], ...parts };
}

/** Somebody to be told of a change. */
export function noticeOf(changed_id: string, notification_id: string): WrittenRow {
  return { changed_id, notification_id, transaction_id: changed_id, plaintext: { b: 1, a: [changed_id] }, at: AT };
}

/** A card that comes to be kept by a change. */
export function tokenOf(transaction_id: string, token = "0a".repeat(20)): WrittenRow {
  const card = { card_first_six: "411111", card_last_four: "1111", card_expiry: "2030-12", card_fate: "approved" };
  return { transaction_id, token, card_brand: "VISA", ...card };
}
