import type { Pool } from "@caravela/platform/postgres/pool";

/** A notification with its tries, as `/sandbox/notifications` shows it. */
export interface ListedNotification {
  readonly id: string;
  readonly transactionID: string;
  /** `Requested` until it is acknowledged, then `Processed` (reference 10.7). */
  readonly state: "Requested" | "Processed";
  readonly nextTryAt: string | null;
  readonly plaintext: unknown;
  readonly tries: readonly { readonly at: string; readonly status: number | null; readonly answer: string | null }[];
}

interface ListedRow {
  id: string;
  transaction_id: string;
  state: ListedNotification["state"];
  due_at: Date | null;
  plaintext: unknown;
  tries: { at: string; status: number | null; answer: string | null }[];
}

const listedColumns = `
  notification_id as id, transaction_id, state, due_at, plaintext, recorded_at,
  (select coalesce(json_agg(json_build_object('at', at, 'status', status, 'answer', answer) order by number), '[]')
     from sibs_gateway.notification_try where notification_try.notification_id = notification.notification_id) as tries`;

const listOf = (where: string) => `
  select ${listedColumns} from sibs_gateway.notification ${where}
   order by recorded_at desc, notification_id desc limit $1`;

/** Newest first. Values: how many. */
export const firstPageSql = listOf("");

/** Values: how many, the last one seen. */
export const nextPageSql = listOf(
  `where (recorded_at, notification_id) < (select recorded_at, notification_id from sibs_gateway.notification where notification_id = $2)`,
);

/** A try that is under way keeps its lease: this one comes after it. Values: the id, the moment. */
export const resendSql = `
  update sibs_gateway.notification set due_at = $2, state = 'Requested', round = round + 1 where notification_id = $1
  returning ${listedColumns}`;

/** A page of the notifications, newest first. */
export async function listNotifications(
  pool: Pool,
  limit: number,
  after: string | null,
): Promise<ListedNotification[]> {
  const { rows } = await pool.query<ListedRow>(
    after === null
      ? { name: "notification-list", text: firstPageSql, values: [limit] }
      : { name: "notification-list-after", text: nextPageSql, values: [limit, after] },
  );
  return rows.map(listed);
}

/**
 * Has a notification sent again, whatever became of it and becomes of a try that is under way; null when there is none
 * of that id.
 */
export async function resendNotification(pool: Pool, id: string, now: Date): Promise<ListedNotification | null> {
  const { rows } = await pool.query<ListedRow>({ name: "notification-resend", text: resendSql, values: [id, now] });
  return rows[0] === undefined ? null : listed(rows[0]);
}

function listed({ id, transaction_id, state, due_at, plaintext, tries }: ListedRow): ListedNotification {
  return {
    id,
    transactionID: transaction_id,
    state,
    nextTryAt: due_at?.toISOString() ?? null,
    plaintext,
    tries: tries.map(({ at, status, answer }) => ({ at: new Date(at).toISOString(), status, answer })),
  };
}
