import { type CivilDate, lisbonDate } from "@caravela/platform/lisbon";
import type { Method } from "../methods/index.ts";
import { emailTerm, lastFourTerm, multibancoTerm } from "../search.ts";
import type { Instant } from "../time.ts";
import type { Attempt } from "./attempt.ts";
import { attentionsOf } from "./attention.ts";
import type { Operation, OperationKind, OperationReason, OperationStatus } from "./operation.ts";
import { fundedAttempt, mandateOf, type Payment, type PaymentStatus } from "./state.ts";

// What lists, searches and sums know of a payment: all of it follows from its state.

/** A payment, as lists filter and sort it. */
export interface ListedPayment {
  readonly id: string;
  readonly createdAt: Instant;
  /** When its money moved; null: it is not paid. */
  readonly paidAt: Instant | null;
  readonly status: PaymentStatus;
  /** Of the attempt whose money it has, else of the last one; null: there is none yet. */
  readonly method: Method | null;
  readonly amount: number;
  readonly reference: string;
  readonly customerId: string | null;
  readonly mandateId: string | null;
  readonly planId: string | null;
  readonly attention: boolean;
  readonly inDoubt: boolean;
}

/** A capture, a cancellation or a refund, as lists filter and sort it. */
export interface ListedOperation {
  readonly id: string;
  readonly kind: OperationKind;
  readonly createdAt: Instant;
  /** When its money moved; null: it has not, or that stands in the journal alone. */
  readonly doneAt: Instant | null;
  readonly status: OperationStatus;
  readonly reason: OperationReason;
  readonly method: Method;
  readonly amount: number;
  readonly reference: string;
  readonly customerId: string | null;
  readonly attention: boolean;
}

/**
 * Money that moved: by an attempt that was approved, or by what was done afterwards. In cents; `held`: by how much what
 * is held grew.
 */
export interface Movement {
  /** Of the attempt or the operation that moved it. */
  readonly id: string;
  readonly at: Instant;
  /** The day in Lisbon. */
  readonly day: CivilDate;
  readonly method: Method;
  readonly taken: number;
  readonly refunded: number;
  readonly held: number;
}

/** All that is listed of a payment. */
export interface Listing {
  readonly payment: ListedPayment;
  readonly operations: readonly ListedOperation[];
  readonly movements: readonly Movement[];
  /** By which it is searched for, beside its identifiers, its reference and its amount. */
  readonly terms: readonly string[];
}

/** When operations succeeded: it stands in their journal alone. */
export type Moments = ReadonlyMap<string, Instant>;

/** The moments that some lines of a journal tell. */
export function momentsIn(lines: readonly { readonly kind: string; readonly at: Instant }[]): Moments {
  return new Map(
    lines.flatMap((line) =>
      line.kind === "operation_succeeded" && "operation" in line ? [[String(line.operation), line.at] as const] : [],
    ),
  );
}

const NO_MOMENTS: Moments = new Map();

/** What is listed of a payment. `moments`: when its operations succeeded, as far as that is known. */
export function listingOf(payment: Payment, moments: Moments = NO_MOMENTS): Listing {
  const methods = new Map(payment.attempts.map(({ id, method }) => [id, method]));
  const operations = payment.operations.flatMap((operation) => {
    const method = methods.get(operation.attempt);
    return method === undefined ? [] : [{ operation, method, doneAt: doneAt(operation, moments) }];
  });
  return {
    payment: listedPayment(payment),
    operations: operations.map((one) => listedOperation(payment, one)),
    movements: [...payment.attempts.flatMap(takenBy), ...operations.flatMap(movedBy)],
    terms: termsOf(payment),
  };
}

/** A payment, as lists filter and sort it. */
export function listedPayment(payment: Payment): ListedPayment {
  const { id, createdAt, paidAt, status, amount, reference, customer, plan, attention } = payment;
  const inDoubt =
    payment.attempts.some((one) => one.inDoubt) || payment.operations.some((one) => one.status === "in_doubt");
  return {
    id,
    createdAt,
    paidAt,
    status,
    method: tellingAttempt(payment)?.method ?? null,
    amount,
    reference,
    customerId: customer?.id ?? null,
    mandateId: mandateOf(payment),
    planId: plan?.id ?? null,
    attention: attention !== null,
    inDoubt,
  };
}

/** The attempt whose money a payment has, else the last one; null: there is none yet. */
export function tellingAttempt(payment: Payment): Attempt | null {
  return fundedAttempt(payment) ?? payment.attempts.at(-1) ?? null;
}

interface Done {
  readonly operation: Operation;
  readonly method: Method;
  readonly doneAt: Instant | null;
}

function doneAt({ id, status }: Operation, moments: Moments): Instant | null {
  return status === "succeeded" ? (moments.get(id) ?? null) : null;
}

function listedOperation(payment: Payment, { operation, method, doneAt }: Done): ListedOperation {
  const { id, kind, createdAt, status, reason, amount } = operation;
  const { reference, customer } = payment;
  const attention = attentionsOf(payment).some((one) => one.operation === id);
  return {
    id,
    kind,
    createdAt,
    doneAt,
    status,
    reason,
    method,
    amount,
    reference,
    customerId: customer?.id ?? null,
    attention,
  };
}

/** All that was approved moved money, whatever it was for: late and double money, too, which goes back by a refund. */
function takenBy({ id, status, taken, endedAt, method }: Attempt): Movement[] {
  if (status !== "approved" || taken.amount === null) return [];
  const { amount, hold } = taken;
  return [moved({ id, method, at: endedAt }, hold ? { held: amount } : { taken: amount })];
}

function movedBy({ operation, method, doneAt }: Done): Movement[] {
  const { id, kind, status, amount, sentAt, createdAt } = operation;
  if (status !== "succeeded") return [];
  return [moved({ id, method, at: doneAt ?? sentAt ?? createdAt }, MOVED[kind](amount))];
}

type Sums = Partial<Pick<Movement, "taken" | "refunded" | "held">>;

const MOVED: Readonly<Record<OperationKind, (amount: number) => Sums>> = {
  capture: (amount) => ({ taken: amount, held: -amount }),
  cancellation: (amount) => ({ held: -amount }),
  refund: (amount) => ({ refunded: amount }),
};

function moved(by: Pick<Movement, "id" | "method" | "at">, { taken = 0, refunded = 0, held = 0 }: Sums): Movement {
  return { ...by, day: lisbonDate(by.at), taken, refunded, held };
}

function termsOf({ customer, attempts, savedCard }: Payment): readonly string[] {
  const terms = [
    emailTerm(customer?.email),
    lastFourTerm(customer?.phone),
    lastFourTerm(savedCard?.lastFour),
    ...attempts.flatMap(({ phone, card, mandate, reference }) => [
      lastFourTerm(phone),
      lastFourTerm(card?.lastFour),
      lastFourTerm(mandate?.phone),
      multibancoTerm(reference?.reference),
    ]),
  ];
  return [...new Set(terms.filter((term) => term !== null))];
}
