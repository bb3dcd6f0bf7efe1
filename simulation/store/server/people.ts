import type { Kept } from "../columns.ts";
import { type Statement, type Tables, touched } from "../database.ts";

const DECISION = ["status", "by", "at", "refund_id", "note"];

/** What people write down and ask for: notes, and refunds that wait for a second person. */
export const peopleStatements: Readonly<Record<string, Statement>> = {
  "payment-note-add": (tables, [id, payment_id, text, by, at]) => {
    tables.of("caravela.payment_note").insert({ id, payment_id, text, by, at });
    return touched(1);
  },

  "approval-add": (tables, values) => {
    const approvals = tables.of("caravela.approval");
    const columns = Object.keys(approvals.shape.columns);
    approvals.insert(Object.fromEntries(columns.map((name, place) => [name, values[place]])));
    return touched(1);
  },

  "approval-find": (tables, [id]) => {
    const approvals = tables.of("caravela.approval");
    const row = approvals.get(String(id));
    if (row === undefined) return [];
    const reference = referenceOf(tables, row.payment_id);
    return [{ ...approvals.read(row), reference, ...decisionOf(tables, String(id)) }];
  },

  "approval-decide": (tables, [approval_id, status, by, at, refund_id, note]) => {
    tables.of("caravela.approval_decision").insert({ approval_id, status, by, at, refund_id, note });
    return touched(1);
  },
};

/** The order that a refund is of: its payment's. */
function referenceOf(tables: Tables, payment: Kept | undefined): unknown {
  const row = tables.of("caravela.payment").get(payment ?? null);
  return row === undefined ? null : JSON.parse(String(row.state)).reference;
}

/** What was decided; each null: nothing was. */
function decisionOf(tables: Tables, approval: string): object {
  const decisions = tables.of("caravela.approval_decision");
  const row = decisions.get(approval);
  const none = Object.fromEntries(DECISION.map((column) => [column, null]));
  const { note: decision_note, ...made } = row === undefined ? none : decisions.read(row, DECISION);
  return { ...made, decision_note };
}
