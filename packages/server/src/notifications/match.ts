import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import type { Given } from "../domain/decision.ts";
import type { Fact } from "../domain/facts.ts";
import { noticeOperation } from "../domain/operations.ts";
import type { Payment } from "../domain/payment.ts";
import { noticeAttempt } from "../domain/reports.ts";
import { HOUR, MINUTE } from "../domain/time.ts";
import type { PaymentStore } from "../payments/store.ts";

/** A stored notification, as far as it is needed to find what it is about. */
export interface StoredNotification {
  readonly id: string;
  readonly transaction_id: string | null;
  readonly merchant_transaction_id: string | null;
  readonly success: boolean;
  readonly tries: number;
}

/** The select list of what `match` needs. */
export const notificationColumns = `id, transaction_id, merchant_transaction_id, tries,
  plaintext ->> 'paymentStatus' = 'Success' as success`;

/** A notification of nothing we know is looked at again: its transaction may become known a moment later. */
const LOOK_AGAIN_AFTER = [MINUTE, 10 * MINUTE, HOUR];

interface Matching {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly store: PaymentStore;
  readonly countUnmatched: () => void;
}

/** Finds what a notification is about and makes its inquiry due now. It never moves money by itself. */
export async function match(matching: Matching, notification: StoredNotification): Promise<void> {
  const payment = await find(matching.store, notification);
  if (payment === null) return keepUnmatched(matching, notification);
  await matching.store.record(payment.id, (state, given) => notice(state, notification, given));
  await matching.pool.query({
    name: "notification-matched",
    text: "update notification set subject_id = $2, due_at = null, leased_until = null where id = $1",
    values: [notification.id, payment.id],
  });
}

/** By SIBS's transaction, else by the id that we gave its checkout or operation. */
async function find(store: PaymentStore, notification: StoredNotification): Promise<Payment | null> {
  const byTransaction = await findBy(store, notification.transaction_id);
  return byTransaction ?? findBy(store, ownId(notification));
}

async function findBy(store: PaymentStore, key: string | null): Promise<Payment | null> {
  return key === null ? null : store.findBy(key);
}

/** A replaced checkout carries the attempt's id followed by `.2`, `.3`… */
function ownId({ merchant_transaction_id: id }: StoredNotification): string | null {
  return id?.replace(/\.\d+$/, "") ?? null;
}

function notice(payment: Payment, notification: StoredNotification, given: Given): readonly Fact[] {
  const own = ownId(notification);
  const isOf = (id: string | null) => id !== null && id === notification.transaction_id;
  const operation = payment.operations.find((one) => one.id === own || isOf(one.transactionId));
  if (operation !== undefined) return noticeOperation(payment, operation.id, notification.id, given);
  const attempt = payment.attempts.find(
    (one) => isOf(one.transactionId) || one.id === own || one.cancellation?.operation === own,
  );
  if (attempt === undefined) return [];
  const { id, success } = notification;
  return noticeAttempt(payment, attempt.id, { notification: id, success }, given);
}

async function keepUnmatched({ pool, clock, countUnmatched }: Matching, notification: StoredNotification) {
  const wait = LOOK_AGAIN_AFTER[notification.tries] ?? null;
  const dueAt = wait === null ? null : new Date(clock.now().getTime() + wait);
  if (notification.tries === 0) countUnmatched();
  await pool.query({
    name: "notification-unmatched",
    text: "update notification set tries = tries + 1, due_at = $2, leased_until = null where id = $1",
    values: [notification.id, dueAt],
  });
}
