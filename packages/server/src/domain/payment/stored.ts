import type { AttemptId } from "../identifiers.ts";
import { rulesOf } from "../methods/index.ts";
import { isLive } from "../methods/types.ts";
import { type Earlier, looksOn, membersOf, NotOfThisShape, type Since, type StoredRow } from "../stored.ts";
import { withLooks } from "./apply-looks.ts";
import { type Attempt, isOwnCharge, type ReferenceWithdrawal } from "./attempt.ts";
import type { Looks } from "./looks.ts";
import type { Operation } from "./operation.ts";
import type { Attention, Payment, Wish } from "./state.ts";

// A payment is stored as it is, and every version's payments go on: whatever a state of an earlier version lacks is
// said here, once. A new member of Payment, Attempt or Operation does not compile until it has a line here.

const FIRST_PAYMENT = [
  "id",
  "payToken",
  "reference",
  "amount",
  "currency",
  "description",
  "methods",
  "capture",
  "latePayments",
  "customer",
  "metadata",
  "returnUrl",
  "expiresAt",
  "status",
  "createdAt",
  "paidAt",
  "amountAuthorized",
  "amountCaptured",
  "amountReleased",
  "amountRefunded",
  "attempts",
  "attention",
  "version",
  "sequence",
] as const satisfies readonly (keyof Payment)[];

const FIRST_ATTEMPT = [
  "id",
  "method",
  "status",
  "inDoubt",
  "doubtSince",
  "notArrivedSince",
  "amount",
  "transactionId",
  "createdAt",
  "submittedAt",
  "expiresAt",
  "checkoutExpiresAt",
  "endedAt",
  "failure",
  "phone",
  "reference",
  "cancellation",
  "noticedAt",
  "askAt",
] as const satisfies readonly (keyof Attempt)[];

const FIRST_OPERATION = [
  "id",
  "attempt",
  "amount",
  "reason",
  "status",
  "failure",
  "transactionId",
  "createdAt",
  "sentAt",
  "doubtSince",
  "personAskedAt",
  "askAt",
] as const satisfies readonly (keyof Operation)[];

/** What the shop may say since of a new payment, of which facts of the same version were written without. */
export const ASKED_SINCE: Pick<Payment, "terminal" | "cancelUrl" | "locale" | "items" | "overlap"> = {
  terminal: null,
  cancelUrl: null,
  locale: null,
  items: [],
  overlap: "refuse",
};

/** What payments have gained since the first version. */
export const PAYMENT_SINCE: Omit<Since<Payment, typeof FIRST_PAYMENT>, "operations" | "fundedBy" | "wish"> = {
  saveCard: false,
  token: null,
  mandates: [],
  mandate: null,
  plan: null,
  initiator: "customer",
  savedCard: null,
  charging: { putOffUntil: null, isStopped: false },
  isCorrected: false,
  attentionNext: [],
  phoneRestsUntil: null,
  ...ASKED_SINCE,
  erasedAt: null,
  looks: null,
  looked: 0,
};

/** What attempts have gained; the rest follows from what they had. */
const ATTEMPT_SINCE: Omit<Since<Attempt, typeof FIRST_ATTEMPT>, "sentAt" | "paidNoticeAt" | "taken"> = {
  card: null,
  authentication: null,
  token: null,
  madeOn: null,
  unread: 0,
  mandate: null,
  initiator: "customer",
  action: null,
  readUnpaidAt: null,
  leftChallenge: false,
  awaitsNotice: false,
  takenBackAt: null,
  settled: null,
  unprovedSince: null,
  absence: null,
  asked: null,
  expiryTold: false,
  wished: false,
};

/** What the withdrawal of a reference has gained. */
const WITHDRAWAL_SINCE: Pick<ReferenceWithdrawal, "doneAt"> = { doneAt: null };

/** What attention has gained. */
const ATTENTION_SINCE: Pick<Attention, "operation"> = { operation: null };

/** What operations have gained: the first ones were refunds. */
const OPERATION_SINCE: Since<Operation, typeof FIRST_OPERATION> = {
  kind: "refund",
  statedReason: null,
  note: null,
  requestedBy: null,
  countsFor: [],
  notBefore: null,
  againAt: null,
  settled: null,
  unprovedSince: null,
  absence: null,
  isHeardOf: false,
  lookedUpAt: null,
  refusal: null,
  asked: null,
};

/**
 * A payment as it was stored, by this version or an earlier one, in today's shape.
 * @throws NotOfThisShape naming the payment and what it lacks, when it is of no shape that this version knows.
 */
export function bringUpPayment(stored: unknown): Payment {
  const first = membersOf<Payment, typeof FIRST_PAYMENT>("payment", stored, FIRST_PAYMENT);
  const { refunds, capturedBy = null, again, ...rest } = first as typeof first & FirstVersion & Again;
  const operations = rest.operations ?? refunds;
  if (!Array.isArray(operations)) throw new NotOfThisShape("payment", rest.id, "operations");
  return {
    ...PAYMENT_SINCE,
    fundedBy: capturedBy,
    ...rest,
    ...attentionsBefore(rest),
    wish: wishOf(rest, again),
    attempts: rest.attempts.map((attempt) => bringUpAttempt(attempt, first)),
    operations: operations.map((operation) => bringUpOperation(operation)),
    // every version wrote with a status what belongs to it
  } as Payment;
}

/** A payment as its row holds it, with what inquiries have come to since its last fact. */
export function bringUpPaymentRow(row: StoredRow<Looks>): Payment {
  const payment = bringUpPayment(row.state);
  return { ...withLooks(payment, looksOn(row, payment.version)), looked: row.looked };
}

/** One that resolved the first, running beside this version, did not know of the others. */
function attentionsBefore({
  attention,
  attentionNext = [],
}: Partial<Payment>): Pick<Payment, "attention" | "attentionNext"> {
  const all = [...(attention == null ? [] : [attention]), ...attentionNext].map((one) => ({
    ...ATTENTION_SINCE,
    ...one,
  }));
  return { attention: all[0] ?? null, attentionNext: all.slice(1) };
}

/** What versions before had of a wish: the phone to be asked anew. One runs beside this version for a while. */
interface Again {
  readonly again?: Pick<Wish, "phone" | "at"> | null;
}

/**
 * A payment's state as it is stored: with its wish as a server of the version before knows it, and may carry it out.
 */
export function asStored<State extends Pick<Payment, "wish">>(state: State): State & Again {
  const { wish } = state;
  return { ...state, again: wish === null || wish.phone === null ? null : { phone: wish.phone, at: wish.at } };
}

/**
 * The wish that still stands. One of a phone stands as `again` says, which the version before takes away with all that
 * ends it; of another it takes nothing away, but begins attempts and ends payments.
 */
function wishOf({ wish = null, status, attempts }: StoredPayment, again: Again["again"]): Wish | null {
  if (again != null) {
    // one that this version has written, and the version before has not put another in the place of
    const isOwn = wish !== null && wish.phone === again.phone && wish.at === again.at;
    return isOwn ? { ...wish, seen: attempts.length } : { ...again, method: "mbway", seen: attempts.length };
  }
  const isOver = status !== "open" && status !== "pending";
  const isGone = again === null && wish?.phone != null;
  return wish === null || isOver || isGone || wish.seen < attempts.length ? null : wish;
}

/**
 * What the first version called otherwise: its only operations were refunds, and what funded a payment had captured it.
 */
interface FirstVersion {
  readonly refunds?: unknown;
  readonly capturedBy?: AttemptId | null;
}

type StoredPayment = Earlier<Payment, typeof FIRST_PAYMENT>;
type StoredAttempt = Earlier<Attempt, typeof FIRST_ATTEMPT>;

function bringUpAttempt(stored: unknown, payment: StoredPayment): Attempt {
  const attempt = membersOf<Attempt, typeof FIRST_ATTEMPT>("attempt", stored, FIRST_ATTEMPT);
  const cancellation = attempt.cancellation === null ? null : { ...WITHDRAWAL_SINCE, ...attempt.cancellation };
  const before = {
    sentAt: attempt.submittedAt,
    paidNoticeAt: paidNoticeBefore(attempt),
    taken: takenBefore(payment, attempt),
  };
  // one that erases beside this version, and does not know of these, writes null
  const flags = { expiryTold: attempt.expiryTold === true, wished: attempt.wished === true };
  return { ...ATTEMPT_SINCE, ...before, ...attempt, ...flags, cancellation } as Attempt;
}

/**
 * Earlier versions did not keep whether a notification of success said that money moved: as long as nobody knows how
 * the attempt ends, it may.
 */
function paidNoticeBefore({ noticedAt, ...attempt }: StoredAttempt): Attempt["paidNoticeAt"] {
  return noticedAt !== null && mayBeOfMoney(attempt) ? noticedAt : null;
}

/**
 * Whether a notification of success of which no more is known may say that money moved: of what is not over, and whose
 * withdrawal is not notified as a success as well (reference §14).
 */
export function mayBeOfMoney(attempt: Pick<Attempt, "status" | "method">): boolean {
  return isLive(attempt) && !rulesOf(attempt.method).canBeCalledOff;
}

/**
 * Earlier versions kept what an approval took in the journal alone, and so does one that still runs beside this one: it
 * was what was asked for, but where a person was told that it was another amount. Then nobody knows how much before
 * somebody says so.
 */
function takenBefore({ attention, capture }: StoredPayment, attempt: StoredAttempt): Attempt["taken"] {
  const { id, status, amount, token = null, initiator = "customer" } = attempt;
  if (status !== "approved") return null;
  const differs = attention?.reason === "amount_differs" && attention.attempt === id;
  return { amount: differs ? null : amount, hold: capture === "manual" || isOwnCharge({ token, initiator }) };
}

function bringUpOperation(stored: unknown): Operation {
  return {
    ...OPERATION_SINCE,
    ...membersOf<Operation, typeof FIRST_OPERATION>("operation", stored, FIRST_OPERATION),
  };
}
