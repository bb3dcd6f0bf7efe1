import type { Attempt } from "../../packages/server/src/domain/payment/attempt.ts";
import type { Operation } from "../../packages/server/src/domain/payment/operation.ts";
import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import type { MoneyBooks, SibsEntry, Violation } from "./books.ts";

const ENDED = ["approved", "declined", "timed_out", "expired", "canceled", "failed"];

/** Whether each payment has come to its end, and every cent of it is where SIBS says that it is. */
export function moneyOf(books: MoneyBooks): Violation[] {
  return [
    ...books.payments.flatMap((payment) => [
      ...unrest(books, payment),
      ...payment.attempts.flatMap((attempt) => ofAttempt(books, payment, attempt)),
      ...payment.operations.flatMap((operation) => ofOperation(books, payment, operation)),
      ...sums(books, payment),
    ]),
    ...strays(books),
  ];
}

/** Nothing payable at SIBS of what is over: it could be paid at any ATM, for nothing. */
export function payableOf({ payments, entries }: MoneyBooks): Violation[] {
  return payments
    .filter(({ status }) => status !== "open" && status !== "pending")
    .flatMap(({ id, status, attempts }) =>
      attempts
        .filter(({ transactionId }) => transactionId !== null && entries.get(transactionId)?.isPayable === true)
        .map((one) => violation("double", id, `is ${status}, and the reference of ${one.id} can still be paid`)),
    );
}

/** Nothing open, pending, held or in doubt, and nothing that waits for a person. */
function unrest({ now }: MoneyBooks, payment: Payment): Violation[] {
  const { id, status, attempts, operations, attention } = payment;
  const isOver = ["paid", "canceled", "expired"].includes(status) || waitsForItsCustomer(payment, now);
  return [
    ...(isOver ? [] : [violation("other", id, `is ${status} at the end`)]),
    ...attempts
      .filter((one) => one.inDoubt || !ENDED.includes(one.status))
      .map((one) => violation("other", id, `${one.id} is ${one.status}${one.inDoubt ? ", in doubt" : ""} at the end`)),
    ...operations
      .filter((one) => one.status !== "succeeded" && one.status !== "failed")
      .map((one) => violation("other", id, `${one.id} is ${one.status} at the end`)),
    ...(attention === null ? [] : [violation("other", id, `asks for a person: ${attention.reason}`)]),
  ];
}

/** What a plan charges no more by itself may yet be paid by another way, until it expires. */
function waitsForItsCustomer({ plan, status, charging, expiresAt }: Payment, now: number): boolean {
  return plan !== null && status === "open" && charging.isStopped && now < expiresAt;
}

/** What SIBS took by an attempt is in the sums once, or went back in full. */
function ofAttempt(books: MoneyBooks, payment: Payment, attempt: Attempt): Violation[] {
  const entry = entryOf(books, attempt);
  const taken = entry?.authorized ?? 0;
  const faults: Violation[] = [];
  if (taken > 0 && attempt.status !== "approved")
    faults.push(violation("loss", payment.id, `${attempt.id} is ${attempt.status}, and SIBS took ${taken}`));
  if (taken === 0 && attempt.status === "approved")
    faults.push(violation("loss", payment.id, `${attempt.id} is approved, and SIBS took nothing`));
  const byItsId = books.byOurId.get(attempt.id)?.filter(({ authorized }) => authorized > 0) ?? [];
  if (byItsId.length > 1)
    faults.push(violation("double", payment.id, `${attempt.id} was taken ${byItsId.length} times`));
  if (entry !== undefined && taken > 0 && attempt.id !== payment.fundedBy && !wentBack(payment, attempt, entry))
    faults.push(violation("double", payment.id, `${attempt.id} took ${taken} late or twice, and it did not go back`));
  return faults;
}

/** SIBS does not give it back, and says so. */
const REFUSALS: readonly string[] = ["refund_refused", "card_no_longer_valid"];

/** Money that no sum holds is given up, or given back, in full; SIBS may have refused, and then the shop was told. */
function wentBack(
  payment: Payment,
  attempt: Attempt,
  { authorized, captured, released, refunded }: SibsEntry,
): boolean {
  if (authorized - captured === released && captured === refunded) return true;
  return payment.operations.some(
    (one) => one.attempt === attempt.id && one.status === "failed" && REFUSALS.includes(one.failure.reason),
  );
}

/** What was done is one transaction at SIBS, of the same amount; what failed is none. */
function ofOperation(books: MoneyBooks, payment: Payment, { id, status, amount }: Operation): Violation[] {
  const sent = books.byOurId.get(id) ?? [];
  const done = sent.filter(({ outcome }) => outcome === "approved").map((one) => one.amount);
  if (sent.length > 1) return [violation("double", payment.id, `${id} is ${sent.length} times at SIBS`)];
  const expected = status === "succeeded" ? [amount] : [];
  if (done.length === expected.length && done[0] === expected[0]) return [];
  return [violation(done.length > 0 ? "double" : "loss", payment.id, `${id} is ${status}, and SIBS did ${done}`)];
}

/** The sums of a payment, and of each attempt what its operations come to, are SIBS's to the cent. */
function sums(books: MoneyBooks, payment: Payment): Violation[] {
  const funding = payment.attempts.find(({ id }) => id === payment.fundedBy);
  const entry = funding === undefined ? undefined : entryOf(books, funding);
  const faults: Violation[] = [];
  const compare = (what: string, ours: number, theirs: number): void => {
    if (ours !== theirs) faults.push(violation("loss", payment.id, `${what}: ${ours} here, ${theirs} at SIBS`));
  };
  compare("captured", payment.amountCaptured, entry?.captured ?? 0);
  compare("released", payment.amountReleased, entry?.released ?? 0);
  const requested = done(payment, "refund").filter(({ reason }) => reason === "requested");
  compare("refunded as asked", payment.amountRefunded, total(requested));
  if ((payment.status === "paid") !== payment.amountCaptured > 0)
    faults.push(violation("loss", payment.id, `is ${payment.status} with ${payment.amountCaptured} captured`));
  for (const attempt of payment.attempts) {
    const refunds = done(payment, "refund").filter((one) => one.attempt === attempt.id);
    compare(`refunded of ${attempt.id}`, total(refunds), entryOf(books, attempt)?.refunded ?? 0);
  }
  return faults;
}

/** SIBS took nothing, and did nothing afterwards, that is of nobody here. */
function strays({ payments, entries }: MoneyBooks): Violation[] {
  const known = new Set(
    payments.flatMap(({ attempts, operations }) => [
      ...attempts.map(({ transactionId }) => transactionId),
      ...operations.map(({ id }) => id),
    ]),
  );
  return [...entries.values()]
    .filter(({ id, kind, merchantTransactionId, outcome, authorized }) =>
      kind === "refund" || kind === "capture"
        ? outcome === "approved" && !known.has(merchantTransactionId as never)
        : authorized > 0 && !known.has(id),
    )
    .map((one) => {
      const says = `SIBS has a ${one.kind} of ${one.amount} by ${one.merchantTransactionId}, which is nobody's`;
      return violation("loss", null, says);
    });
}

function entryOf({ entries }: MoneyBooks, { transactionId }: Attempt): SibsEntry | undefined {
  return transactionId === null ? undefined : entries.get(transactionId);
}

function done(payment: Payment, kind: Operation["kind"]): Operation[] {
  return payment.operations.filter((one) => one.kind === kind && one.status === "succeeded");
}

function total(operations: readonly Operation[]): number {
  return operations.reduce((sum, { amount }) => sum + amount, 0);
}

function violation(kind: Violation["kind"], subject: string | null, says: string): Violation {
  return { kind, subject, says };
}
