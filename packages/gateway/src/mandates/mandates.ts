import type { Clock } from "@caravela/platform/clock";
import { isMandate, type Mandate, mandateOf } from "../domain/mandate.ts";
import type { Transaction } from "../domain/transaction.ts";
import type { Decided, Transactions } from "../transactions/transactions.ts";

/** The register of mandates: a view of the transactions that made them, as they stand at the moment of asking. */
export class Mandates {
  readonly #transactions: Transactions;
  readonly #clock: Clock;

  constructor({ transactions, clock }: { transactions: Transactions; clock: Clock }) {
    this.#transactions = transactions;
    this.#clock = clock;
  }

  /** The mandate of that creation, however it stands. */
  async find(transactionId: string): Promise<Mandate | null> {
    return this.#viewOf(await this.#transactions.find(transactionId));
  }

  /** The mandate of that id, of 20 digits. */
  async findById(mandateId: string): Promise<Mandate | null> {
    return this.#viewOf(await this.#transactions.findMandate(mandateId));
  }

  /** The mandates that the phone's owner once consented to, newest first: active, suspended, expired or cancelled. */
  async findOnPhone(phone: string): Promise<Mandate[]> {
    return this.#viewsOf(await this.#transactions.findMandatesOnPhone(phone));
  }

  /** The mandates of these terminals that were once consented to, newest first, at most so many. */
  async list(terminalIds: readonly string[], limit: number): Promise<Mandate[]> {
    return this.#viewsOf(await this.#transactions.findMandatesOf(terminalIds, limit));
  }

  /**
   * Decides on a mandate as it stands and writes what changes; null when that transaction made none. `decide` may be
   * called several times.
   */
  async change<T>(transactionId: string, decide: (mandate: Mandate) => Decided<T>): Promise<T | null> {
    const decided = await this.#transactions.change<{ readonly result: T } | null>(transactionId, (creation) => {
      if (!isMandate(creation)) return { result: null, change: null };
      const { result, change } = decide(mandateOf(creation, this.#clock.now()));
      return { result: { result }, change };
    });
    return decided?.result ?? null;
  }

  /**
   * Decides on a payment together with the mandate that its checkout named, if any: what changes of both is written
   * together, or not at all.
   */
  async changePayment<T>(
    transactionId: string,
    decide: (payment: Transaction, mandate: Mandate | null) => Decided<T>,
  ): Promise<T | null> {
    return this.#transactions.change(transactionId, async (payment) => {
      const { mandateId } = payment;
      return decide(payment, mandateId === null ? null : await this.findById(mandateId));
    });
  }

  #viewOf(creation: Transaction | null): Mandate | null {
    return creation !== null && isMandate(creation) ? mandateOf(creation, this.#clock.now()) : null;
  }

  #viewsOf(creations: readonly Transaction[]): Mandate[] {
    const now = this.#clock.now();
    return creations.filter(isMandate).map((creation) => mandateOf(creation, now));
  }
}
