import type { Attempt } from "../../packages/server/src/domain/payment/attempt.ts";
import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import type { Row } from "../store/columns.ts";
import type { MemoryDatabase } from "../store/database.ts";
import { FINAL_WORDS, isUnpaid, LIVE } from "./words.ts";

/** For so long SIBS must say that a call has not arrived before that counts, in milliseconds. */
const NOT_ARRIVED_FOR = 60_000;
/** SIBS has a call, and may take money by it, or has. */
const AT_WORK: readonly unknown[] = ["waiting", "action_wanted", "in_processing", "approved"];
/** SIBS's words for what nobody has paid yet. */
const NOT_YET: readonly string[] = ["Pending", "Partial"];

/**
 * What does not bear out that an attempt has just ended unpaid: SIBS's own books, its notifications, its words.
 * `byClock`: the attempts that our own clock ended.
 */
export function falseEnds(
  database: MemoryDatabase,
  before: Payment | null,
  now: Payment,
  byClock: ReadonlySet<unknown>,
): string[] {
  return now.attempts.flatMap((is) => {
    const was = before?.attempts.find(({ id }) => id === is.id);
    if (was === undefined || !LIVE.includes(was.status) || !isUnpaid(is) || is.settled !== null) return [];
    const doubts = [
      refusedInVain(database, is),
      withdrawnInVain(database, is),
      againstNotification(database, is),
      neverSentTooSoon(was, is),
      byClock.has(is.id) ? unasked(is) : null,
    ];
    return doubts.filter((one) => one !== null).map((why) => `${is.id} is ${is.status}: ${why}`);
  });
}

/**
 * What SIBS has answered to be approved is approved here from then on, or it would be left to a person, who can say
 * what SIBS has said already.
 */
export function unheard(database: MemoryDatabase, payment: Payment): string[] {
  return payment.attempts
    .filter((one) => one.asked?.said === "Success" && one.status !== "approved")
    .filter((one) => Number(entryOf(database, one)?.authorized ?? 0) > 0)
    .map((one) => `${one.id} is ${one.status}: SIBS was asked, and answered that it is approved`);
}

/** What SIBS can only be asked about by our own id, and counts as never sent: SIBS has not done it. */
export function absentInVain(database: MemoryDatabase, before: Payment | null, now: Payment): string[] {
  const wasOver = new Set<string>(
    [...(before?.attempts ?? []), ...(before?.operations ?? [])]
      .filter(({ status }) => status === "failed")
      .map(({ id }) => id),
  );
  const isDone = ({ outcome }: Row) => outcome === "approved";
  return [...now.attempts.filter(({ transactionId }) => transactionId === null), ...now.operations]
    .filter(({ id, status, failure }) => status === "failed" && failure.reason === "not_sent" && !wasOver.has(id))
    .filter(({ id }) => database.of("sibs_gateway.transaction").having("merchant_transaction_id", id).some(isDone))
    .map(({ id }) => `${id} counts as never sent, and SIBS has done it`);
}

/**
 * A plan's charge is tried again when SIBS was asked how the last try ended, and not while that is still to come: two
 * that are approved are paid twice. What counts as never sent waits for nothing.
 */
export function triedTooSoon(before: Payment | null, now: Payment): string[] {
  if (before === null || now.plan === null) return [];
  const known = new Set(before.attempts.map(({ id }) => id));
  const earlier = before.attempts.filter(isTryUnasked);
  return now.attempts
    .filter((one) => isTry(one) && !known.has(one.id))
    .flatMap((one) =>
      earlier
        .filter(({ askAt }) => (askAt ?? 0) > one.createdAt)
        .map(({ id, askAt }) => `${one.id} is tried while SIBS is to be asked about ${id} at ${askAt}`),
    );
}

const isTry = ({ mandate, initiator }: Attempt) => mandate !== null && initiator === "merchant";

function isTryUnasked(attempt: Attempt): boolean {
  const { endedAt, askAt, settled, failure } = attempt;
  return isTry(attempt) && endedAt !== null && askAt !== null && settled === null && failure?.reason !== "not_sent";
}

const entryOf = (database: MemoryDatabase, { transactionId }: Attempt): Row | undefined =>
  transactionId === null ? undefined : database.of("sibs_gateway.transaction").get(transactionId);

function refusedInVain(database: MemoryDatabase, attempt: Attempt): string | null {
  if (attempt.status !== "failed" || attempt.failure.reason === "not_sent") return null;
  const entry = entryOf(database, attempt);
  const isAtWork = entry !== undefined && entry.payment_method !== null && AT_WORK.includes(entry.outcome);
  return isAtWork ? `SIBS has it, and it is ${entry.outcome}` : null;
}

function withdrawnInVain(database: MemoryDatabase, attempt: Attempt): string | null {
  const entry = attempt.status === "canceled" ? entryOf(database, attempt) : undefined;
  if (entry?.reference_status === "PAID") return "its reference is paid";
  return entry?.reference_status === "UNPAID" && entry.outcome === "waiting" ? "its reference can be paid" : null;
}

/** A success that SIBS notified, and that was matched, is refuted by SIBS's final word alone. */
function againstNotification(database: MemoryDatabase, attempt: Attempt): string | null {
  if (attempt.transactionId === null || FINAL_WORDS.includes(attempt.asked?.said ?? "")) return null;
  const notified = database
    .of("caravela.notification")
    .having("transaction_id", attempt.transactionId)
    .filter(({ subject_id }) => subject_id !== null)
    .some(({ plaintext }) => saysPaid(JSON.parse(String(plaintext))));
  return notified ? `SIBS notified that it was paid, and has said ${attempt.asked?.said ?? "nothing"} since` : null;
}

interface Said {
  readonly paymentStatus?: string;
  readonly paymentType?: string;
  readonly paymentReference?: { readonly status?: string };
}

function saysPaid({ paymentStatus, paymentType, paymentReference }: Said): boolean {
  if (paymentStatus !== "Success") return false;
  return (
    paymentReference?.status === "PAID" || (paymentReference == null && ["PURS", "AUTH"].includes(paymentType ?? ""))
  );
}

function neverSentTooSoon(was: Attempt, is: Attempt): string | null {
  if (is.failure?.reason !== "not_sent" || was.transactionId === null) return null;
  const since = was.notArrivedSince;
  const isLong = since !== null && (is.endedAt ?? 0) - since >= NOT_ARRIVED_FOR;
  return isLong ? null : "it counts as never sent, before a minute has passed";
}

/** Our own clock ends nothing before SIBS, asked after the time was over, held it to be unpaid. */
function unasked({ asked, expiresAt, readUnpaidAt }: Attempt): string | null {
  const isAskedAfter = asked !== null && NOT_YET.includes(asked.said) && asked.at >= (expiresAt ?? 0);
  const isReadAfter = readUnpaidAt !== null && readUnpaidAt >= (expiresAt ?? 0);
  return isAskedAfter || isReadAfter ? null : `SIBS was not asked after its time, and said ${asked?.said ?? "nothing"}`;
}
