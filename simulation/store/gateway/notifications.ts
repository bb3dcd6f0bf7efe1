import type { Row } from "../columns.ts";
import { microseconds, momentAsText } from "../columns.ts";
import type { Statement, Tables } from "../database.ts";
import { page } from "./newest.ts";

/** Where they are. */
export const NOTIFICATION = "sibs_gateway.notification";
const TRY = "sibs_gateway.notification_try";

const notifications = (tables: Tables) => tables.of(NOTIFICATION);

/** A try and what comes next, as JSON has it. */
interface Try {
  readonly notification_id: string;
  readonly lease: string;
  readonly at: string;
  readonly status: number | null;
  readonly answer: string;
  readonly state: string;
  readonly next: string | null;
  readonly round: number;
}

/** The statements that keep what became of notifications, and list them. */
export const notificationStatements: Readonly<Record<string, Statement>> = {
  "notification-tried": (tables, [json]) => {
    for (const tried of JSON.parse(String(json)) as Try[]) keep(tables, tried);
    return [];
  },
  "notification-forget": (tables, [id, round]) => {
    const row = notifications(tables).get(String(id));
    if (row !== undefined && row.round === round) notifications(tables).update(row, { due_at: null });
    return [];
  },
  "notification-list": (tables, [limit]) =>
    page(notifications(tables), Number(limit)).map((row) => listed(tables, row)),
  "notification-list-after": (tables, [limit, after]) =>
    page(notifications(tables), Number(limit), String(after)).map((row) => listed(tables, row)),
  "notification-resend": (tables, [id, due_at]) => {
    const row = notifications(tables).get(String(id));
    if (row === undefined) return [];
    notifications(tables).update(row, { due_at, state: "Requested", round: Number(row.round) + 1 });
    return [listed(tables, row)];
  },
};

/** Asked for again meanwhile, or acknowledged elsewhere, it stays as that left it: the try alone is added. */
function keep(tables: Tables, { notification_id, lease, at, status, answer, state, next, round }: Try): void {
  const row = notifications(tables).get(notification_id);
  if (row === undefined) return;
  const number = Number(row.tries) + 1;
  const isOurs = row.round === round && row.state !== "Processed";
  notifications(tables).update(row, {
    tries: number,
    first_try_at: row.first_try_at ?? at,
    leased_until: row.leased_until === microseconds(lease) ? null : row.leased_until,
    ...(isOurs ? { state, due_at: next } : {}),
  });
  tables.of(TRY).insert({ notification_id, number, at, status, answer });
}

function listed(tables: Tables, row: Row): object {
  const { notification_id: id, ...read } = notifications(tables).read(row, [
    "notification_id",
    "transaction_id",
    "state",
    "due_at",
    "plaintext",
    "recorded_at",
  ]);
  const tries = tables.of(TRY).having("notification_id", row.notification_id ?? null);
  return {
    id,
    ...read,
    tries: tries
      .toSorted((one, other) => Number(one.number) - Number(other.number))
      .map(({ at, status, answer }) => ({ at: momentAsText(Number(at)), status, answer })),
  };
}
