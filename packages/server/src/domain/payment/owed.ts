import { type Cents, cents } from "@caravela/sibs/money";
import type { Given } from "../decision.ts";
import type { Failure } from "../failure.ts";
import type { AttemptId } from "../identifiers.ts";
import { growingWait } from "../patience.ts";
import { type Instant, MINUTE } from "../time.ts";
import type { Absence } from "./absence.ts";
import type { Attempt } from "./attempt.ts";
import { attention } from "./attention.ts";
import { after } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { isAskedByShop, isUnderWay, type Operation, PREFIXES } from "./operation.ts";
import type { SaidBy } from "./settlement.ts";
import { capturable, type Payment, returnable } from "./state.ts";

// What must happen by itself is owed until it has happened: money that came late or twice goes back, a hold that is to
// be captured by itself is. Where SIBS did not refuse it and yet did not do it, it is asked for anew: when, is said
// with the failure; whether, and how much of it, by the state as it is then, whatever led there and whoever has acted
// since.

/** How often SIBS may fail to do what must happen by itself before that is left to a person. */
const MOST_FAILURES = 10;

/** How an operation came to fail. */
interface End {
  readonly failure: Failure;
  readonly transactionId: string | null;
  readonly saidBy?: SaidBy;
  readonly absence?: Absence;
}

/**
 * An operation has failed. What must happen by itself is asked for anew where SIBS refused nothing: at once what never
 * arrived; what SIBS failed to do after a minute, then twice as long each time, and in the end a person is to look.
 */
export function failed(payment: Payment, operation: Operation, end: End, { now: at }: Given): readonly Fact[] {
  const { id, attempt } = operation;
  const fact = { kind: "operation_failed", at, operation: id, ...end } as const;
  const { reason } = end.failure;
  if (isAskedByShop(operation) || (reason !== "not_sent" && reason !== "not_taken")) return [fact];
  if (reason === "not_sent") return [{ ...fact, again: at }];
  const failures = failuresBefore(payment, operation) + 1;
  if (failures < MOST_FAILURES) return [{ ...fact, again: at + growingWait(MINUTE, failures) }];
  const isOwed = owedBy(after(payment, [fact]), attempt) > 0;
  return isOwed ? [fact, attention({ attempt, operation: id }, "not_taken", { now: at })] : [fact];
}

function failuresBefore({ operations }: Payment, { id, kind, attempt, reason }: Operation): number {
  return operations.filter(
    (one) =>
      one.id !== id &&
      one.kind === kind &&
      one.attempt === attempt &&
      one.reason === reason &&
      one.failure?.reason === "not_taken",
  ).length;
}

/**
 * When what an attempt owes is to be asked for anew. Null: nothing is owed, or it is under way, or a person leads on.
 */
export function owedAt(payment: Payment, attempt: Attempt): Instant | null {
  const last = lastTry(payment, attempt);
  if (last === undefined || last.againAt === null || isTakenOver(payment, attempt, last)) return null;
  return owedBy(payment, attempt.id) > 0 ? last.againAt : null;
}

/** Asks anew for what an attempt owes, once its time has come: for all that is left of it. */
export function requestOwed(payment: Payment, id: AttemptId, given: Given): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  const last = attempt && lastTry(payment, attempt);
  const at = attempt === undefined ? null : owedAt(payment, attempt);
  if (last === undefined || at === null || given.now < at) return [];
  const { kind: operationKind, reason } = last;
  const wanted = { operationKind, attempt: id, amount: owedBy(payment, id), reason };
  return [{ kind: "operation_requested", at: given.now, operation: given.id(PREFIXES[operationKind]), ...wanted }];
}

/** The last that was made by itself of an attempt's money: its capture where the sums hold it, else its way back. */
function lastTry({ operations, fundedBy }: Payment, { id }: Attempt): Operation | undefined {
  return operations.findLast(
    (one) => one.attempt === id && !isAskedByShop(one) && (one.reason === "automatic") === (id === fundedBy),
  );
}

/** What of an attempt's money is neither where it must go nor on its way there, in cents. */
function owedBy(payment: Payment, id: AttemptId): Cents {
  if (id === payment.fundedBy) return payment.status === "authorized" ? capturable(payment) : cents(0);
  const attempt = payment.attempts.find((one) => one.id === id);
  return attempt === undefined ? cents(0) : returnable(payment, attempt);
}

/**
 * Whether something else is under way with an attempt's money, or a person leads on: they have settled the last try, or
 * asked something of the hold; and a success that SIBS took back is theirs to settle.
 */
function isTakenOver({ operations, fundedBy }: Payment, { id, takenBackAt }: Attempt, last: Operation): boolean {
  const isInTheWay = (one: Operation) => isUnderWay(one) || (id === fundedBy && one.reason === "requested");
  const isTheirs = takenBackAt !== null || last.settled !== null;
  return isTheirs || operations.some((one) => one.attempt === id && isInTheWay(one));
}
