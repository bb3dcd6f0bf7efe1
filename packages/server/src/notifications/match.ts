import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { SIBS } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { MandateId, SubjectId } from "../domain/identifiers.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import { notifiedOfMandate } from "../domain/mandate/hear.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import type { Fact } from "../domain/payment/facts.ts";
import { notifiedOfAttempt } from "../domain/payment/hear.ts";
import { notifiedOfOperation } from "../domain/payment/operations.ts";
import { moneyOf, type SaidOfSuccess } from "../domain/payment/report.ts";
import type { Payment } from "../domain/payment/state.ts";
import { HOUR, MINUTE } from "../domain/time.ts";
import type { DecidesMandates, DecidesPayments } from "../storage/ports.ts";

/** A stored notification, as far as it is needed to find what it is about. */
export interface StoredNotification {
  readonly id: string;
  readonly transaction_id: string | null;
  readonly merchant_transaction_id: string | null;
  readonly success: boolean;
  /** Of what kind its success is, and how the reference stands that it tells of. */
  readonly payment_type: string | null;
  readonly reference_status: string | null;
  /** SIBS's id of the mandate that it tells of, what happened to it, and whether that was done (reference 10.5). */
  readonly mandate_id: string | null;
  readonly mandate_action: string | null;
  readonly mandate_action_status: string | null;
  readonly tries: number;
}

/** The select list of what `match` needs. */
export const notificationColumns = `id, transaction_id, merchant_transaction_id, tries,
  coalesce(plaintext ->> 'paymentStatus' = 'Success', false) as success,
  plaintext ->> 'paymentType' as payment_type,
  plaintext #>> '{paymentReference,status}' as reference_status,
  plaintext #>> '{mbwayMandate,mandateIdentification}' as mandate_id,
  plaintext #>> '{mbwayMandate,mandateAction}' as mandate_action,
  plaintext #>> '{mbwayMandate,mandateActionStatus}' as mandate_action_status`;

/** A notification of nothing we know is looked at again: its transaction may become known a moment later. */
const LOOK_AGAIN_AFTER = [MINUTE, 10 * MINUTE, HOUR];

interface Matching extends DecidesPayments, DecidesMandates {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly countUnmatched: () => void;
}

/** Finds what a notification is about and makes its inquiry due now. It never moves money by itself. */
export async function match(matching: Matching, notification: StoredNotification): Promise<void> {
  const { pool, payments, mandates } = matching;
  const subject = await find(pool, notification);
  if (subject === null) return keepUnmatched(matching, notification);
  if (isMandate(subject))
    await mandates.by(SIBS).record(subject, (state, given) => factsOfMandate(state, notification, given));
  else await payments.by(SIBS).record(subject, (state, given) => factsOfPayment(state, notification, given));
  await pool.query({
    name: "notification-matched",
    text: "update caravela.notification set subject_id = $2, due_at = null where id = $1",
    values: [notification.id, subject],
  });
}

const findSql = `
select subject_id from caravela.found_by join unnest($1::text[]) with ordinality as wanted (key, place) using (key)
 order by place limit 1`;

/**
 * By SIBS's transaction, else by the id that we gave its checkout, operation or request, else by SIBS's id of the
 * mandate.
 */
async function find(pool: Pool, notification: StoredNotification): Promise<SubjectId | null> {
  const keys = [notification.transaction_id, ownId(notification), notification.mandate_id];
  const { rows } = await pool.query<{ subject_id: SubjectId }>({
    name: "notification-find",
    text: findSql,
    values: [keys.filter((key) => key !== null)],
  });
  return rows[0]?.subject_id ?? null;
}

const isMandate = (subject: SubjectId): subject is MandateId => subject.startsWith("man_");

function factsOfMandate(mandate: Mandate, notification: StoredNotification, given: Given): readonly MandateFact[] {
  const { id, transaction_id: transactionId, mandate_id: mandateId } = notification;
  const [action, actionStatus] = [notification.mandate_action ?? "", notification.mandate_action_status ?? ""];
  return notifiedOfMandate(mandate, { notification: id, transactionId, mandateId, action, actionStatus }, given);
}

/** A replaced checkout carries the attempt's id followed by `.2`, `.3`… */
function ownId({ merchant_transaction_id: id }: StoredNotification): string | null {
  return id?.replace(/\.\d+$/, "") ?? null;
}

function factsOfPayment(payment: Payment, notification: StoredNotification, given: Given): readonly Fact[] {
  const own = ownId(notification);
  const isOf = (id: string | null) => id !== null && id === notification.transaction_id;
  const operation = payment.operations.find((one) => one.id === own || isOf(one.transactionId));
  if (operation !== undefined) {
    const transactionId = operation.id === own ? ownTransaction(payment, notification) : null;
    return notifiedOfOperation(payment, operation.id, { notification: notification.id, transactionId }, given);
  }
  const attempt = payment.attempts.find(
    (one) => isOf(one.transactionId) || one.id === own || one.cancellation?.operation === own,
  );
  if (attempt === undefined) return [];
  // What became of a withdrawal is told under its own id: its success is nobody's payment.
  const isOfWithdrawal = own !== null && own === attempt.cancellation?.operation;
  const { id, success } = notification;
  const paid = success && !isOfWithdrawal && moneyOf(saidOf(notification), attempt) !== null;
  const transactionId = attempt.id === own ? ownTransaction(payment, notification) : null;
  return notifiedOfAttempt(payment, attempt.id, { notification: id, success, paid, transactionId }, given);
}

/** SIBS's transaction of what has its own: never the one that it was made on. */
function ownTransaction({ attempts }: Payment, { transaction_id: id }: StoredNotification): string | null {
  return attempts.some((one) => one.transactionId === id) ? null : id;
}

function saidOf({ payment_type: paymentType, reference_status: referenceStatus }: StoredNotification): SaidOfSuccess {
  return { paymentType, referenceStatus };
}

async function keepUnmatched({ pool, clock, countUnmatched }: Matching, notification: StoredNotification) {
  const wait = LOOK_AGAIN_AFTER[notification.tries] ?? null;
  const dueAt = wait === null ? null : new Date(clock.now().getTime() + wait);
  if (notification.tries === 0) countUnmatched();
  await pool.query({
    name: "notification-unmatched",
    text: "update caravela.notification set tries = tries + 1, due_at = $2 where id = $1",
    values: [notification.id, dueAt],
  });
}
