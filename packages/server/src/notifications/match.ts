import type { Clock } from "@caravela/platform/clock";
import type { LetGo } from "@caravela/platform/postgres/due";
import type { Pool } from "@caravela/platform/postgres/pool";
import { momentText } from "@caravela/platform/postgres/text";
import { Together } from "@caravela/platform/postgres/together";
import { SIBS } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { MandateId, SubjectId, TerminalId } from "../domain/identifiers.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import { notifiedOfMandate } from "../domain/mandate/hear.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import type { Fact } from "../domain/payment/facts.ts";
import { notifiedOfAttempt } from "../domain/payment/hear.ts";
import { notifiedOfOperation } from "../domain/payment/operate.ts";
import { moneyOf, type SaidOfSuccess } from "../domain/payment/report.ts";
import type { Payment } from "../domain/payment/state.ts";
import { HOUR, MINUTE } from "../domain/time.ts";
import type { DecidesMandates, DecidesPayments } from "../storage/ports.ts";
import type { Terminals } from "../terminals.ts";
import { eraseNotification } from "./erase.ts";

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
  /** Of which it may be, by what opened it. Null: it came before there were several. */
  readonly terminals: readonly TerminalId[] | null;
}

/** The select list of what `match` needs. */
export const notificationColumns = `id, transaction_id, merchant_transaction_id, tries, terminals,
  coalesce(plaintext ->> 'paymentStatus' = 'Success', false) as success,
  plaintext ->> 'paymentType' as payment_type,
  plaintext #>> '{paymentReference,status}' as reference_status,
  plaintext #>> '{mbwayMandate,mandateIdentification}' as mandate_id,
  plaintext #>> '{mbwayMandate,mandateAction}' as mandate_action,
  plaintext #>> '{mbwayMandate,mandateActionStatus}' as mandate_action_status`;

/** A notification of nothing we know is looked at again: its transaction may become known a moment later. */
const LOOK_AGAIN_AFTER = [MINUTE, 10 * MINUTE, HOUR];

interface Matching extends DecidesPayments, DecidesMandates {
  readonly terminals: Pick<Terminals, "idOf" | "before">;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly countUnmatched: () => void;
}

/** What a notification was found to be about, as the statement takes it. */
interface Matched {
  readonly notification: string;
  readonly subject: SubjectId;
  /** By which the notification was held meanwhile. */
  readonly lease: string;
}

/** Finds what notifications are about and makes their inquiries due now. It never moves money by itself. */
export class Matcher {
  readonly #matching: Matching;
  readonly #found: Together<readonly string[], SubjectId | null>;
  readonly #matched: Together<Matched, undefined>;
  readonly #unmatched: Together<Unmatched, undefined>;

  constructor(matching: Matching) {
    this.#matching = matching;
    this.#found = new Together((all) => findAll(matching.pool, all));
    this.#matched = new Together((all) => keepMatched(matching.pool, all));
    this.#unmatched = new Together((all) => keepUnmatched(matching.pool, all));
  }

  async match(notification: StoredNotification, letGo: LetGo): Promise<void> {
    const { payments, mandates } = this.#matching;
    const subject = await this.#found.do(keysOf(notification));
    // one that tells of what is another terminal's tells of nothing that it may touch
    if (subject === null || !(await this.#isOf(subject, notification))) {
      return this.#keepForLater(notification, await letGo());
    }
    const { erasedAt } = isMandate(subject)
      ? (await mandates.by(SIBS).record(subject, (state, given) => factsOfMandate(state, notification, given))).mandate
      : (await payments.by(SIBS).record(subject, (state, given) => factsOfPayment(state, notification, given))).payment;
    if (erasedAt !== null) await eraseNotification(this.#matching.pool, notification.id);
    await this.#matched.do({ notification: notification.id, subject, lease: await letGo() });
  }

  async #isOf(subject: SubjectId, { terminals: may }: StoredNotification): Promise<boolean> {
    const { payments, mandates, terminals } = this.#matching;
    const state = await (isMandate(subject) ? mandates.lately(subject) : payments.lately(subject));
    return state !== null && (may ?? [terminals.before]).includes(terminals.idOf(state));
  }

  async #keepForLater({ id, tries }: StoredNotification, lease: string): Promise<void> {
    const { clock, countUnmatched } = this.#matching;
    const wait = LOOK_AGAIN_AFTER[tries] ?? null;
    if (tries === 0) countUnmatched();
    const dueAt = wait === null ? null : momentText(new Date(clock.now().getTime() + wait));
    await this.#unmatched.do({ notification: id, dueAt, lease });
  }
}

/** What no notification is about yet, and when it is looked at again. */
interface Unmatched {
  readonly notification: string;
  readonly dueAt: string | null;
  readonly lease: string;
}

async function keepMatched(pool: Pool, all: readonly Matched[]): Promise<undefined[]> {
  await pool.query({
    name: "notification-matched",
    text: `update caravela.notification
              set subject_id = matched.subject, due_at = null, leased_until = nullif(leased_until, matched.lease)
             from unnest($1::text[], $2::text[], $3::timestamptz[]) as matched (id, subject, lease)
            where notification.id = matched.id and notification.id = any($1::text[])`,
    values: [all.map((one) => one.notification), all.map((one) => one.subject), all.map((one) => one.lease)],
  });
  return all.map(() => undefined);
}

/**
 * By SIBS's transaction, else by the id that we gave its checkout, operation or request, else by SIBS's id of the
 * mandate.
 */
function keysOf(notification: StoredNotification): readonly string[] {
  return [notification.transaction_id, ownId(notification), notification.mandate_id].filter((key) => key !== null);
}

/** The subjects that are found by some keys each, by the first of them that leads to one. */
async function findAll(pool: Pool, all: readonly (readonly string[])[]): Promise<(SubjectId | null)[]> {
  const { rows } = await pool.query<{ key: string; subject_id: SubjectId }>({
    name: "notification-find",
    text: "select key, subject_id from caravela.found_by where key = any($1::text[])",
    values: [all.flat()],
  });
  const subjects = new Map(rows.map(({ key, subject_id }) => [key, subject_id]));
  return all.map((keys) => keys.map((key) => subjects.get(key)).find((one) => one !== undefined) ?? null);
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

async function keepUnmatched(pool: Pool, all: readonly Unmatched[]): Promise<undefined[]> {
  await pool.query({
    name: "notification-unmatched",
    text: `update caravela.notification
              set tries = tries + 1, due_at = unmatched.due_at, leased_until = nullif(leased_until, unmatched.lease)
             from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) as unmatched (id, due_at, lease)
            where notification.id = unmatched.id and notification.id = any($1::text[])`,
    values: [all.map((one) => one.notification), all.map((one) => one.dueAt), all.map((one) => one.lease)],
  });
  return all.map(() => undefined);
}
