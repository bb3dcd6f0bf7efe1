import type { Transaction } from "../domain/transaction.ts";

/** A call comes soon after the one before: what is older is read again. */
const MOST_KNOWN = 2_000;

/**
 * The transactions that were last written here, as they were written. One may have been changed elsewhere since: what
 * is decided on it counts only where it is written, which its version guards.
 */
export class Known {
  /** In the order in which they were written. */
  readonly #transactions = new Map<string, Transaction>();

  get(id: string): Transaction | null {
    return this.#transactions.get(id) ?? null;
  }

  keep(transaction: Transaction): void {
    this.forget(transaction.id);
    this.#transactions.set(transaction.id, transaction);
    const [oldest = ""] = this.#transactions.size > MOST_KNOWN ? this.#transactions.keys() : [];
    this.forget(oldest);
  }

  forget(id: string): void {
    this.#transactions.delete(id);
  }
}
