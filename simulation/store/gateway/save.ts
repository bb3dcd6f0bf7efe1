import { changingColumns, columns } from "../../../packages/gateway/src/transactions/row.ts";
import type { PartName } from "../../../packages/gateway/src/transactions/statements.ts";
import type { Row } from "../columns.ts";
import type { Statement, Tables } from "../database.ts";
import { inserted, TRANSACTION } from "./transactions.ts";

const SAVE = /^transaction-save(-notices)?(-tokens)?(-operations)?(-drawing)?$/;

/** What is written of each part that a statement's name says: as JSON has it. */
type Written = Readonly<Record<string, unknown>>;
type Parts = Readonly<Record<PartName, readonly Written[]>>;

/** What brings something beside the changes: for the changed rows, by their ids. */
type Brings = (tables: Tables, parts: Parts, changed: ReadonlyMap<unknown, Row>) => void;

/** The statement that writes changes together with the parts that its name says. */
export function knowsOfSaving(name: string): Statement | undefined {
  const said = SAVE.exec(name);
  if (said === null) return undefined;
  const [, tells, keeps, operates, draws] = said;
  const brings = [...(tells ? [told] : []), ...(keeps ? [kept] : []), ...(operates ? [operated] : [])];
  return (tables, [json]) => {
    const parts: Parts = JSON.parse(String(json));
    if (draws && !drawn(tables, parts)) return [];
    const changed = new Map(parts.changes.flatMap((after) => changedBy(tables, after)));
    for (const bring of brings) bring(tables, parts, changed);
    return [...changed.keys()].map((transaction_id) => ({ transaction_id }));
  };
}

/** The row that is still of the version that was decided on. */
function rowOf(tables: Tables, { transaction_id, version }: Written): Row | undefined {
  const row = tables.of(TRANSACTION).get(String(transaction_id));
  return row?.version === version ? row : undefined;
}

function changedBy(tables: Tables, after: Written): [unknown, Row][] {
  const row = rowOf(tables, after);
  if (row === undefined) return [];
  const journal = [...JSON.parse(String(row.journal)), ...(after.journal as unknown[])];
  const changes = Object.fromEntries(changingColumns.map((column) => [column, after[column] ?? null]));
  tables.of(TRANSACTION).update(row, { ...changes, version: Number(row.version) + 1, journal });
  return [[row.transaction_id, row]];
}

/** Both rows as they were decided on, or none. */
function drawn(tables: Tables, { changes, drawings }: Parts): boolean {
  if (changes.every((after) => rowOf(tables, after) === undefined)) return false;
  const held = drawings.flatMap((drawing) => {
    const creation = rowOf(tables, drawing);
    return creation === undefined ? [] : [{ creation, drawing }];
  });
  for (const { creation, drawing } of held) {
    const { collected_month = null, collected = null } = drawing;
    tables.of(TRANSACTION).update(creation, { collected_month, collected, version: Number(creation.version) + 1 });
  }
  return held.length > 0;
}

const told: Brings = (tables, { notices }, changed) => {
  for (const { changed_id, notification_id, transaction_id, plaintext, at } of notices) {
    const row = changed.get(changed_id);
    if (row === undefined) continue;
    const { terminal_id } = row;
    const isSent = (tables.of("sibs_gateway.terminal").get(terminal_id ?? null)?.webhook_url ?? null) !== null;
    const notification = { notification_id, transaction_id, terminal_id, plaintext, due_at: isSent ? at : null };
    tables.of("sibs_gateway.notification").insert(notification);
  }
};

const CARD_COLUMNS = ["card_brand", "card_first_six", "card_last_four", "card_expiry", "card_fate"];

const kept: Brings = (tables, { tokens }, changed) => {
  for (const card of tokens) {
    const terminal = tables.of("sibs_gateway.terminal").get(changed.get(card.transaction_id)?.terminal_id ?? null);
    if (terminal === undefined) continue;
    const { merchant_code } = terminal;
    const named = ["token", "merchant_code", "transaction_id", ...CARD_COLUMNS];
    inserted(tables.of("sibs_gateway.token"), { ...card, merchant_code }, named);
  }
};

const operated: Brings = (tables, { operations }, changed) => {
  for (const { changed_id, made } of operations) {
    if (changed.has(changed_id)) inserted(tables.of(TRANSACTION), made as Written, columns);
  }
};
