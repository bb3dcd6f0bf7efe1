import { microseconds, type Row, rowsIn } from "../columns.ts";
import { type Statement, type Tables, touched } from "../database.ts";
import type { DueTable } from "../due.ts";

type Block = Readonly<Record<string, unknown>> | null | undefined;

/** Notifications as what is due. */
export const dueNotifications: DueTable = {
  table: "caravela.notification",
  key: "id",
  index: "due",
  columns: (tables, row) => {
    const columns = ["id", "transaction_id", "merchant_transaction_id", "tries", "terminals"];
    const plaintext: Block = JSON.parse(String(row.plaintext));
    const mandate = plaintext?.mbwayMandate as Block;
    return {
      ...tables.of("caravela.notification").read(row, columns),
      success: plaintext?.paymentStatus === "Success",
      payment_type: asText(plaintext?.paymentType),
      reference_status: asText((plaintext?.paymentReference as Block)?.status),
      mandate_id: asText(mandate?.mandateIdentification),
      mandate_action: asText(mandate?.mandateAction),
      mandate_action_status: asText(mandate?.mandateActionStatus),
    };
  },
};

/** As PostgreSQL takes a text out of JSON. */
function asText(value: unknown): string | null {
  if (value == null) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What SIBS has told, and what it is about. */
export const notificationStatements: Readonly<Record<string, Statement>> = {
  "notification-store": (tables, [notifications, now]) => {
    const table = tables.of("caravela.notification");
    const news = rowsIn(notifications)
      .map((one) => ({ ...one, received_at: now, due_at: now }))
      .filter((one) => table.insertNew(one) !== null);
    return touched(news.length);
  },

  "notification-refused": (tables, [count, now]) => {
    tables
      .of("caravela.notification_refused")
      .upsert({ since: now, last_at: now, count }, "notification_refused_pkey", (known, excluded) => ({
        last_at: excluded.last_at,
        count: Number(known.count) + Number(excluded.count),
      }));
    return touched(1);
  },

  "notification-find": (tables, [keys]) =>
    [...new Set(keys as readonly string[])]
      .map((key) => tables.of("caravela.found_by").get(key))
      .filter((found) => found !== undefined)
      .map(({ key, subject_id }) => ({ key, subject_id })),

  "notification-matched": (tables, [ids, subjects, leases]) =>
    ofEach(tables, ids, (row, place) => ({
      subject_id: (subjects as readonly string[])[place],
      due_at: null,
      ...withoutLease(row, (leases as readonly string[])[place]),
    })),

  "notification-unmatched": (tables, [ids, due, leases]) =>
    ofEach(tables, ids, (row, place) => ({
      tries: Number(row.tries) + 1,
      due_at: (due as readonly (string | null)[])[place],
      ...withoutLease(row, (leases as readonly string[])[place]),
    })),

  "notification-to-erase": (tables, [id]) => {
    const row = tables.of("caravela.notification").get(String(id));
    return row === undefined ? [] : [tables.of("caravela.notification").read(row, ["plaintext"])];
  },

  "notification-erase": (tables, [id, plaintext]) => ofEach(tables, [id], () => ({ plaintext, raw: null })),
};

function ofEach(
  tables: Tables,
  ids: unknown,
  changes: (row: Row, place: number) => Readonly<Record<string, unknown>>,
): readonly object[] {
  const table = tables.of("caravela.notification");
  let count = 0;
  for (const [place, id] of (ids as readonly string[]).entries()) {
    const row = table.get(id);
    if (row === undefined) continue;
    table.update(row, changes(row, place));
    count += 1;
  }
  return touched(count);
}

/** A lease that is another's by now stays. */
function withoutLease({ leased_until: until }: Row, lease: string | undefined): Readonly<Record<string, unknown>> {
  return until != null && until === microseconds(lease) ? { leased_until: null } : {};
}
