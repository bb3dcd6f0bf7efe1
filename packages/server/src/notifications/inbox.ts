import { createHash } from "node:crypto";
import type { Clock } from "@caravela/platform/clock";
import { DatabaseAway } from "@caravela/platform/postgres/away";
import type { Pool } from "@caravela/platform/postgres/pool";
import { holdable, isHoldable } from "@caravela/platform/postgres/text";
import { after } from "@caravela/platform/timer";
import type { OpenedNotification } from "@caravela/sibs/notification";

/** The most notifications that one statement stores, and the longest that the first of them waits for company. */
const MOST_TOGETHER = 64;
const WAIT_MS = 1;
/** SIBS's own have 36 characters at most; an index of PostgreSQL's holds some 2,700 bytes. */
const LONGEST_ID = 200;

interface Waiting {
  /** Its row, as JSON. */
  readonly row: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

// A notification that SIBS sends again is known by its id: stored once, acknowledged each time.
const storeSql = `
insert into caravela.notification (id, transaction_id, merchant_transaction_id, plaintext, raw, received_at, due_at)
select n.id, n.transaction_id, n.merchant_transaction_id, n.plaintext, n.raw, $2, $2
  from jsonb_to_recordset($1::jsonb)
    as n (id text, transaction_id text, merchant_transaction_id text, plaintext jsonb, raw text)
on conflict (id) do nothing`;

/**
 * Takes notifications in and makes them durable, several at a time: under load one commit serves up to 64 of them. What
 * stands in the way of one is no other's business: a group that cannot be stored is stored one by one. Nothing is
 * decided here.
 */
export class Inbox {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #stored: () => void;
  #waiting: Waiting[] = [];

  constructor(parts: { pool: Pool; clock: Clock; stored: () => void }) {
    this.#pool = parts.pool;
    this.#clock = parts.clock;
    this.#stored = parts.stored;
  }

  /** Resolves when the notification is durable: only then may it be acknowledged. */
  async store(notification: OpenedNotification): Promise<void> {
    const row = JSON.stringify(rowOf(notification));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ row, resolve, reject });
      if (this.#waiting.length === 1) after(WAIT_MS, () => void this.#flush());
      if (this.#waiting.length === MOST_TOGETHER) void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const group = this.#waiting.splice(0);
    if (group.length > 0) await this.#write(group);
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    try {
      const rows = group.map(({ row }) => row).join(",");
      await this.#pool.query({ name: "notification-store", text: storeSql, values: [`[${rows}]`, this.#clock.now()] });
      for (const { resolve } of group) resolve();
      this.#stored();
    } catch (error) {
      // a database that is away is so for each of them
      if (group.length === 1 || error instanceof DatabaseAway) for (const { reject } of group) reject(error);
      else for (const one of group) await this.#write([one]);
    }
  }
}

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
