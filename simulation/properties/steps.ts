import { type Attempt, isClaimed } from "../../packages/server/src/domain/payment/attempt.ts";
import type { Operation } from "../../packages/server/src/domain/payment/operation.ts";
import type { Payment, PaymentStatus } from "../../packages/server/src/domain/payment/state.ts";
import type { Property } from "./property.ts";
import { FINAL_WORDS, isUnpaid, LIVE } from "./words.ts";

/** One commit of a payment: what it was, what it has become, and what its journal has between these. */
export interface Step {
  /** Null: it was made. */
  readonly before: Payment | null;
  readonly now: Payment;
  /** The kinds of its new facts. */
  readonly facts: readonly string[];
  /** The types of the events that were written with it. */
  readonly events: readonly string[];
}

/** What a step must not be. */
export interface Misstep {
  readonly property: Property;
  readonly says: string;
}

/** What is wrong with a step, by its own words: none of it asks the rules that decided it. */
export function misstepsOf(step: Step): Misstep[] {
  return [
    ...said("finals", changedFinals(step)),
    ...said("bounds", beyondBounds(step.now)),
    ...said("claims", claimsEnded(step)),
    ...said("inviting", sentBesides(step)),
    ...said("once", keptForNothing(step)),
    ...said("events", untold(step)),
  ];
}

const said = (property: Property, all: readonly string[]): Misstep[] => all.map((says) => ({ property, says }));

const MAY_BECOME: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  open: ["pending", "authorized", "paid", "canceled", "expired"],
  pending: ["open", "authorized", "paid", "canceled", "expired"],
  authorized: ["paid", "canceled"],
  paid: [],
  canceled: [],
  expired: [],
};

/** SIBS, or a person, has said the opposite of what stood. */
const isCorrection = ({ facts }: Step): boolean =>
  facts.includes("attention_raised") || facts.includes("attempt_refuted");

function changedFinals(step: Step): string[] {
  const { before, now } = step;
  if (before === null || isCorrection(step)) return [];
  const isAccepted = now.latePayments === "accept" && (now.status === "paid" || now.status === "authorized");
  const isAllowed = before.status === now.status || MAY_BECOME[before.status].includes(now.status);
  const isLate = isAccepted && (before.status === "canceled" || before.status === "expired");
  return [
    ...(isAllowed || isLate ? [] : [`was ${before.status}, and is ${now.status}`]),
    ...pairs(before.attempts, now.attempts).flatMap(([was, is]) =>
      (isUnpaid(was) && is.status !== "approved" && is.status !== was.status) ||
      (was.status === "approved" && is.status !== "approved")
        ? [`${was.id} was ${was.status}, and is ${is.status}`]
        : [],
    ),
    ...pairs(before.operations, now.operations).flatMap(([was, is]) =>
      (was.status === "succeeded" || was.status === "failed") && is.status !== was.status
        ? [`${was.id} was ${was.status}, and is ${is.status}`]
        : [],
    ),
  ];
}

/** Once SIBS has contradicted what counted as settled, the sums are what SIBS says. */
function beyondBounds(now: Payment): string[] {
  if (now.isCorrected) return [];
  const { amount, amountAuthorized, amountCaptured, amountReleased, amountRefunded } = now;
  const inSums = now.operations.filter(({ reason }) => reason === "requested" || reason === "automatic");
  const underWay = (isOf: (one: Operation) => boolean) =>
    total(inSums.filter((one) => isOf(one) && (one.status === "pending" || one.status === "in_doubt")));
  const settling = amountCaptured + amountReleased + underWay(({ kind }) => kind !== "refund");
  const refunding = amountRefunded + underWay(({ kind }) => kind === "refund");
  return [
    ...(amountAuthorized > amount ? [`${amountAuthorized} is held of ${amount}`] : []),
    ...(settling > amountAuthorized ? [`${settling} is captured or given up of ${amountAuthorized}`] : []),
    ...(refunding > amountCaptured ? [`${refunding} is refunded of ${amountCaptured}`] : []),
    ...now.attempts.filter(({ id }) => id !== now.fundedBy).flatMap((attempt) => beyondTaken(now, attempt)),
  ];
}

function beyondTaken({ operations }: Payment, { id, taken }: Attempt): string[] {
  const aside = operations.filter(
    ({ attempt, reason }) => attempt === id && !["requested", "automatic"].includes(reason),
  );
  const back = total(aside.filter(({ status }) => status !== "failed"));
  const most = taken?.amount ?? 0;
  return taken !== null && back > most ? [`${back} goes back of ${most} that ${id} took`] : [];
}

/** What SIBS notified as paid is refuted by SIBS's own final word alone. */
function claimsEnded({ before, now, facts }: Step): string[] {
  if (before === null || facts.includes("attempt_settled")) return [];
  return pairs(before.attempts, now.attempts).flatMap(([was, is]) => {
    const isEnded = isClaimed(was) && !isClaimed(is) && isUnpaid(is);
    const word = is.asked?.said ?? "nothing";
    return isEnded && !FINAL_WORDS.includes(word)
      ? [`${is.id} is ${is.status}: SIBS notified money, and has said ${word} since`]
      : [];
  });
}

/** A customer is asked for money only where none may be on its way already. */
function sentBesides({ before, now }: Step): string[] {
  const statusBefore = (id: string) => before?.attempts.find((one) => one.id === id)?.status ?? "prepared";
  const sent = now.attempts.filter(({ id, status }) => status === "submitted" && statusBefore(id) === "prepared");
  return sent.flatMap(({ id }) => [
    ...(now.status === "open" || now.status === "pending" ? [] : [`${id} is sent, and the payment is ${now.status}`]),
    ...now.attempts
      .filter((one) => one.id !== id && mayTakeMoney(now, one))
      .map((one) => `${id} is sent beside ${one.id}, which is ${one.status}${one.inDoubt ? ", in doubt" : ""}`),
  ]);
}

function mayTakeMoney({ overlap }: Payment, attempt: Attempt): boolean {
  if (attempt.status === "approved") return false;
  return attempt.inDoubt || isClaimed(attempt) || (overlap === "refuse" && LIVE.includes(attempt.status));
}

/** What is taken late or twice is on its way back with the decision that says so. */
function keptForNothing({ before, now }: Step): string[] {
  const isNew = ({ id }: Attempt) => before?.attempts.find((one) => one.id === id)?.status !== "approved";
  return now.attempts
    .filter((one) => one.status === "approved" && one.taken.amount === now.amount && isNew(one))
    .filter(({ id }) => id !== now.fundedBy && !now.operations.some(({ attempt }) => attempt === id))
    .map(({ id }) => `${id} took money that is for nothing, and nothing gives it back`);
}

/** Each change that a shop is told of has its event in the same commit. */
function untold({ before, now, events }: Step): string[] {
  const wasOperation = (id: string) => before?.operations.find((one) => one.id === id) ?? null;
  const isStatusTold = before === null || before.status === now.status || now.status === "open";
  const expected = [
    ...(before === null ? ["payment.created"] : []),
    ...(isStatusTold ? [] : [`payment.${now.status}`]),
    ...now.operations.filter(({ id }) => wasOperation(id) === null).map(({ kind }) => `${kind}.created`),
    ...now.operations
      .filter(({ id, status }) => ["succeeded", "failed"].includes(status) && wasOperation(id)?.status !== status)
      .map(({ kind, status }) => `${kind}.${status}`),
  ];
  return expected.filter((type) => !events.includes(type)).map((type) => `${type} is not told of`);
}

/** Those that were there before, each with what it is now. */
function pairs<One extends Attempt | Operation>(before: readonly One[], now: readonly One[]): (readonly [One, One])[] {
  return before.flatMap((was) => {
    const is = now.find(({ id }) => id === was.id);
    return is === undefined ? [] : [[was, is] as const];
  });
}

function total(operations: readonly Operation[]): number {
  return operations.reduce((sum, { amount }) => sum + amount, 0);
}
