import { createHash } from "node:crypto";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { holdable, isHoldable } from "@caravela/platform/postgres/text";
import { Together } from "@caravela/platform/postgres/together";
import type { OpenedNotification } from "@caravela/sibs/notification";
import type { TerminalId } from "../domain/identifiers.ts";

/** SIBS's own have 36 characters at most; an index of PostgreSQL's holds some 2,700 bytes. */
const LONGEST_ID = 200;

// A notification that SIBS sends again is known by its id: stored once, acknowledged each time.
const storeSql = `
insert into caravela.notification (id, transaction_id, merchant_transaction_id, plaintext, raw, terminals, received_at, due_at)
select n.id, n.transaction_id, n.merchant_transaction_id, n.plaintext, n.raw, n.terminals, $2, $2
  from jsonb_to_recordset($1::jsonb)
    as n (id text, transaction_id text, merchant_transaction_id text, plaintext jsonb, raw text, terminals text[])
on conflict (id) do nothing`;

const refusedSql = `
insert into caravela.notification_refused as known (since, last_at, count) values ($2, $2, $1)
on conflict (only_one) do update set last_at = excluded.last_at, count = known.count + excluded.count`;

/**
 * Takes notifications in and makes them durable, several at a time: under load one commit serves many of them. Nothing
 * is decided here.
 */
export class Inbox {
  readonly #rows: Together<Row, undefined>;
  readonly #refused: Together<"refused", undefined>;

  constructor({ pool, clock, stored }: { pool: Pool; clock: Clock; stored: () => void }) {
    this.#rows = new Together(async (rows) => {
      await pool.query({ name: "notification-store", text: storeSql, values: [JSON.stringify(rows), clock.now()] });
      stored();
      return rows.map(() => undefined);
    });
    this.#refused = new Together(async (all) => {
      await pool.query({ name: "notification-refused", text: refusedSql, values: [all.length, clock.now()] });
      return all.map(() => undefined);
    });
  }

  /** Counts one that could not be opened: nothing of it is kept. */
  async refuse(): Promise<void> {
    await this.#refused.do("refused");
  }

  /**
   * Keeps a notification, with the terminals of which it may be. Resolves when it is durable: only then may it be
   * acknowledged.
   */
  async store(notification: OpenedNotification, terminals: readonly TerminalId[]): Promise<void> {
    await this.#rows.do({ ...rowOf(notification), terminals });
  }
}

type Row = ReturnType<typeof rowOf> & { readonly terminals: readonly TerminalId[] };

function rowOf({ notificationId, transactionId, merchantTransactionId, body, text }: OpenedNotification) {
  const plaintext = holdable(body);
  return {
    id: keyOf(notificationId),
    transaction_id: keyOf(transactionId),
    merchant_transaction_id: merchantTransactionId === null ? null : keyOf(merchantTransactionId),
    plaintext,
    raw: plaintext === body ? null : text,
  };
}

/** An id as an index can hold it: one that is too long, or holds what no text can, is known by its digest. */
function keyOf(id: string): string {
  if (id.length <= LONGEST_ID && isHoldable(id)) return id;
  return `sha256 ${createHash("sha256").update(JSON.stringify(id)).digest("base64url")}`;
}
