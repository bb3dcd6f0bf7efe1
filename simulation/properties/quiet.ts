import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import type { MoneyBooks } from "../../tests/books/books.ts";
import { payableOf } from "../../tests/books/money.ts";
import type { WrongBy } from "./property.ts";

/** Once SIBS could be reached for hours: nothing that is over can be paid, and what it knows of is in no doubt. */
export function sibsWasThere(books: MoneyBooks, wrong: WrongBy): void {
  for (const { subject, says } of payableOf(books)) wrong("payable")(subject ?? "SIBS", says);
  for (const payment of books.payments) {
    for (const { id, inDoubt, transactionId } of payment.attempts)
      if (inDoubt && transactionId !== null) wrong("doubt")(payment.id, `${id} is in doubt, and SIBS could be asked`);
  }
}

/** Days later: a person is left with what SIBS does not know of, was told of each, and of nothing else. */
export function leftToPersons(books: MoneyBooks, wrong: WrongBy): void {
  for (const payment of books.payments) {
    for (const says of wronglyLeft(books, payment)) wrong("doubt")(payment.id, says);
  }
}

function wronglyLeft({ byOurId }: MoneyBooks, { operations }: Payment): string[] {
  return operations
    .filter(({ status }) => status === "in_doubt")
    .flatMap(({ id, personAskedAt }) => [
      ...(byOurId.has(id) ? [`${id} is in doubt, and SIBS knows of it`] : []),
      ...(personAskedAt === null ? [`${id} is in doubt, and nobody was told`] : []),
    ]);
}

/**
 * So long after a payment is over its reference must be withdrawn, whatever the weather: it is tried again all along.
 */
const WITHDRAWN_WITHIN_MS = 3 * 3_600_000;

/** What is over, and since when: after some hours nothing of it may be payable any more. */
export class WhatIsOver {
  readonly #wrong: WrongBy;
  readonly #since = new Map<string, number>();

  constructor(wrong: WrongBy) {
    this.#wrong = wrong;
  }

  /** Looks at all payments. @param now in milliseconds since 1970 */
  look(books: MoneyBooks, now: number): void {
    for (const { id, status } of books.payments) {
      if (status === "open" || status === "pending") this.#since.delete(id);
      else if (!this.#since.has(id)) this.#since.set(id, now);
    }
    for (const { subject, says } of payableOf(books)) {
      const since = this.#since.get(subject ?? "") ?? now;
      if (now - since >= WITHDRAWN_WITHIN_MS) this.#wrong("payable")(subject ?? "SIBS", `${says}, for hours`);
    }
  }
}
