import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import type { Token } from "../domain/card.ts";
import { noticeContent } from "../domain/notice.ts";
import type { Change, JournalEntry, Notice, Transaction } from "../domain/transaction.ts";
import type { Terminals } from "../terminals/terminals.ts";
import { changingColumns, columns, fromRow, type TransactionRow, valuesOf } from "./row.ts";
import {
  findByActionSql,
  findByIdSql,
  findByMerchantIdSql,
  findByReferenceSql,
  findChallengedSql,
  findMandateSql,
  findMandatesOfSql,
  findMandatesOnPhoneSql,
  findWaitingSql,
  insertSql,
  journalSql,
  listSql,
  saveDrawingSql,
  saveSql,
  saveWithOperationSql,
} from "./statements.ts";

/** Somebody else changed the transaction between reading and writing it that often: a fault of ours, not contention. */
const MOST_ATTEMPTS = 1_000;

/** A decision, and the change it makes, if any. */
export interface Decided<T> {
  readonly result: T;
  readonly change: Change | null;
}

/**
 * The register of transactions. Every change is decided by a pure function on what is stored and written by one
 * statement, which takes effect only when nobody else has written meanwhile; otherwise it is decided anew. No two
 * changes can both take the same money.
 */
export class Transactions {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #terminals: Terminals;
  readonly #onNotices: () => void;

  constructor(options: {
    pool: Pool;
    clock: Clock;
    chance: Chance;
    terminals: Terminals;
    /** Called when there is something to tell a merchant. */
    onNotices: () => void;
  }) {
    this.#pool = options.pool;
    this.#clock = options.clock;
    this.#chance = options.chance;
    this.#terminals = options.terminals;
    this.#onNotices = options.onNotices;
  }

  /** Records a checkout. */
  async add(payment: Transaction, entry: JournalEntry): Promise<void> {
    await this.#pool.query({
      name: "transaction-insert",
      text: insertSql,
      values: [...valuesOf(payment, columns), JSON.stringify([entry])],
    });
  }

  /** The transaction of that id. */
  async find(id: string): Promise<Transaction | null> {
    return this.#one("transaction-by-id", findByIdSql, [id]);
  }

  /** The newest transaction of that terminal and merchantTransactionId, operations included. */
  async findByMerchantId(terminalIds: readonly string[], merchantTransactionId: string): Promise<Transaction | null> {
    return this.#one("transaction-by-merchant-id", findByMerchantIdSql, [terminalIds, merchantTransactionId]);
  }

  /** The payment that has that reference. */
  async findByReference(entity: string, reference: string): Promise<Transaction | null> {
    return this.#one("transaction-by-reference", findByReferenceSql, [entity, reference]);
  }

  /** The payments that wait on that phone now, oldest first. */
  async findWaiting(phone: string): Promise<Transaction[]> {
    return this.#all("transaction-waiting", findWaitingSql, [phone, this.#clock.now(), "payment"]);
  }

  /** The creations of mandates that wait on that phone now, oldest first. */
  async findWaitingMandates(phone: string): Promise<Transaction[]> {
    return this.#all("transaction-waiting", findWaitingSql, [phone, this.#clock.now(), "mandate"]);
  }

  /** The creation of the mandate of that id. */
  async findMandate(mandateId: string): Promise<Transaction | null> {
    return this.#one("transaction-by-mandate", findMandateSql, [mandateId]);
  }

  /** The creations of the mandates that the phone's owner once consented to, newest first. */
  async findMandatesOnPhone(phone: string): Promise<Transaction[]> {
    return this.#all("transaction-mandates-on-phone", findMandatesOnPhoneSql, [phone]);
  }

  /** The creations of these terminals' mandates that were once consented to, newest first. */
  async findMandatesOf(terminalIds: readonly string[], limit: number): Promise<Transaction[]> {
    return this.#all("transaction-mandates-of", findMandatesOfSql, [terminalIds, limit]);
  }

  /** The payment that wants, or wanted last, this action of the browser. */
  async findByAction(id: string): Promise<Transaction | null> {
    return this.#one("transaction-by-action", findByActionSql, [id]);
  }

  /** The payments whose challenge somebody can still answer, oldest first; at most a hundred. */
  async findChallenged(): Promise<Transaction[]> {
    return this.#all("transaction-challenged", findChallengedSql, [this.#clock.now()]);
  }

  /** A page of all transactions, newest first, after the one named. */
  async list(limit: number, after: string | null): Promise<Transaction[]> {
    return this.#all("transaction-list", listSql, [limit, after]);
  }

  /** One transaction with its history. */
  async findWithJournal(id: string): Promise<{ transaction: Transaction; journal: JournalEntry[] } | null> {
    const transaction = await this.find(id);
    const { rows } = await this.#pool.query<{ journal: JournalEntry[] }>(journalSql, [id]);
    const [found] = rows;
    return transaction === null || found === undefined ? null : { transaction, journal: found.journal };
  }

  /**
   * Decides on a transaction as it stands and writes what changes; null when there is no such transaction. `decide` may
   * be called several times, each time with what is stored then, and only its last answer counts. It may wait for what
   * else it needs to know.
   */
  async change<T>(
    id: string,
    decide: (transaction: Transaction) => Decided<T> | Promise<Decided<T>>,
  ): Promise<T | null> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const found = await this.find(id);
      if (found === null) return null;
      const { result, change } = await decide(found);
      if (change === null || (await this.#save(change))) return result;
    }
    throw new Error(`transaction ${id} was changed by others at each of ${MOST_ATTEMPTS} attempts`);
  }

  async #save(change: Change): Promise<boolean> {
    const { transaction, journal, notices, token = null } = change;
    const merchantName = await this.#merchantNameOf(transaction.terminalId);
    const told = notices.map((notice) => this.#notificationOf(notice, merchantName));
    const values = [
      transaction.id,
      transaction.version,
      ...valuesOf(transaction, changingColumns),
      JSON.stringify(journal),
      JSON.stringify(told),
      this.#clock.now(),
      JSON.stringify(token === null ? [] : [tokenRow(token)]),
    ];
    const saved = await this.#pool.query<{ saved: boolean }>(statementOf(change, values)).catch(ifReferenceWasTaken);
    if (saved?.rows[0]?.saved !== true) return false;
    if (told.length > 0) this.#onNotices();
    return true;
  }

  #notificationOf(notice: Notice, merchantName: string) {
    const notification_id = this.#chance.uuid();
    const plaintext = noticeContent(notice, merchantName, notification_id, this.#clock.now());
    return { notification_id, transaction_id: notice.about.id, plaintext };
  }

  async #merchantNameOf(terminalId: string): Promise<string> {
    return (await this.#terminals.find(terminalId))?.merchantName ?? "";
  }

  async #one(name: string, text: string, values: unknown[]): Promise<Transaction | null> {
    return (await this.#all(name, text, values))[0] ?? null;
  }

  async #all(name: string, text: string, values: unknown[]): Promise<Transaction[]> {
    const { rows } = await this.#pool.query<TransactionRow & { version: number }>({ name, text, values });
    return rows.map(fromRow);
  }
}

function statementOf({ operation, drawnOn = null }: Change, values: unknown[]) {
  if (operation !== null) {
    const all = [...values, ...valuesOf(operation, columns)];
    return { name: "transaction-save-operation", text: saveWithOperationSql, values: all };
  }
  if (drawnOn === null) return { name: "transaction-save", text: saveSql, values };
  const drawn = [drawnOn.id, drawnOn.version, ...valuesOf(drawnOn, ["collected_month", "collected"])];
  return { name: "transaction-save-drawing", text: saveDrawingSql, values: [...values, ...drawn] };
}

function tokenRow({ value, card }: Token) {
  const { brand, firstSix, lastFour, expiry, fate } = card;
  return {
    token: value,
    card_brand: brand,
    card_first_six: firstSix,
    card_last_four: lastFour,
    card_expiry: expiry,
    card_fate: fate,
  };
}

/** Nine random digits can meet a reference that exists (one in a thousand million for each): then others are drawn. */
function ifReferenceWasTaken(error: Error & { code?: string; constraint?: string }): null {
  if (error.code === "23505" && error.constraint === "transaction_by_reference") return null;
  throw error;
}
