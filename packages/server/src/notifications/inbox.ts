import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { after } from "@caravela/platform/timer";
import type { OpenedNotification } from "@caravela/sibs/notification";

/** The most notifications that one statement stores, and the longest that the first of them waits for company. */
const MOST_TOGETHER = 64;
const WAIT_MS = 1;

interface Waiting {
  readonly notification: OpenedNotification;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

// A notification that SIBS sends again is known by its id: stored once, acknowledged each time.
const storeSql = `
insert into notification (id, transaction_id, merchant_transaction_id, plaintext, received_at, due_at)
select n.id, n.transaction_id, n.merchant_transaction_id, n.plaintext, $2, $2
  from jsonb_to_recordset($1::jsonb)
    as n (id text, transaction_id text, merchant_transaction_id text, plaintext jsonb)
on conflict (id) do nothing`;

/**
 * Takes notifications in and makes them durable, several at a time: under load one commit serves up to 64 of them. Nothing is decided here.
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
  store(notification: OpenedNotification): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ notification, resolve, reject });
      if (this.#waiting.length === 1) after(WAIT_MS, () => void this.#flush());
      if (this.#waiting.length === MOST_TOGETHER) void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const group = this.#waiting.splice(0);
    if (group.length === 0) return;
    try {
      await this.#pool.query({
        name: "notification-store",
        text: storeSql,
        values: [JSON.stringify(group.map(({ notification }) => rowOf(notification))), this.#clock.now()],
      });
      for (const { resolve } of group) resolve();
      this.#stored();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

function rowOf(notification: OpenedNotification) {
  return {
    id: notification.notificationId,
    transaction_id: notification.transactionId,
    merchant_transaction_id: notification.merchantTransactionId,
    plaintext: notification.body,
  };
}
