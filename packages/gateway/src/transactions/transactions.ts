import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { holdableJson, momentText } from "@caravela/platform/postgres/text";
import { Together } from "@caravela/platform/postgres/together";
import { Recent } from "@caravela/platform/recent";
import type { Token } from "../domain/card.ts";
import { noticeContent } from "../domain/notice.ts";
import type { Change, JournalEntry, Notice, Transaction } from "../domain/transaction.ts";
import type { Terminals } from "../terminals/terminals.ts";
import { changingColumns, columns, fromRow, jsonRow, type TransactionRow } from "./row.ts";
import {
  findByActionSql,
  findByIdsSql,
  findByMerchantIdSql,
  findByReferenceSql,
  findChallengedSql,
  findMandateSql,
  findMandatesOfSql,
  findMandatesOnPhoneSql,
  findWaitingSql,
  firstPageSql,
  insertSql,
  journalSql,
  nextPageSql,
  type PartName,
  saveStatement,
} from "./statements.ts";

/** A change as the statement takes it. */
interface WrittenChange extends Record<PartName, readonly object[]> {
  readonly id: string;
}

/** A call comes soon after the one before: what is older is read again. */
const MOST_KNOWN = 2_000;

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
  readonly #known = new Recent<Transaction>(MOST_KNOWN);
  readonly #adding = new Together((rows: readonly object[]) => this.#addAll(rows));
  readonly #finding = new Together((ids: readonly string[]) => this.#findAll(ids));
  readonly #saving = new Together(
    (changes: readonly WrittenChange[]) => this.#saveAll(changes),
    ({ id }) => id,
  );

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
    await this.#adding.do({ ...jsonRow(payment, columns), journal: [entry] });
    this.#known.keep(payment);
  }

  /** The transaction of that id. */
  find(id: string): Promise<Transaction | null> {
    return this.#finding.do(id);
  }

  /** The newest transaction of that terminal and merchantTransactionId, operations included. */
  async findByMerchantId(terminalIds: readonly string[], merchantTransactionId: string): Promise<Transaction | null> {
    return this.#one("transaction-by-merchant-id", findByMerchantIdSql, [terminalIds, merchantTransactionId]);
  }

  /** The payment that has that reference. */
  async findByReference(entity: string, reference: string): Promise<Transaction | null> {
    return this.#one("transaction-by-reference", findByReferenceSql, [entity, reference]);
  }

  /** The payments and the creations of mandates that wait on that phone now, oldest first. */
  async findWaiting(phone: string): Promise<Transaction[]> {
    return this.#all("transaction-waiting", findWaitingSql, [phone, this.#clock.now()]);
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
    if (after === null) return this.#all("transaction-list", firstPageSql, [limit]);
    return this.#all("transaction-list-after", nextPageSql, [limit, after]);
  }

  /** One transaction with its history. */
  async findWithJournal(id: string): Promise<{ transaction: Transaction; journal: JournalEntry[] } | null> {
    const transaction = await this.find(id);
    const journal = { name: "transaction-journal", text: journalSql, values: [id] };
    const { rows } = await this.#pool.query<{ journal: JournalEntry[] }>(journal);
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
    const soon = await this.#changeKnown(id, decide);
    if (soon !== null) return soon.result;
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const found = await this.find(id);
      if (found === null) return null;
      const { result, change } = await decide(found);
      if (change === null || (await this.#save(change))) return result;
    }
    throw new Error(`transaction ${id} was changed by others at each of ${MOST_ATTEMPTS} attempts`);
  }

  /**
   * Decides on the transaction as it was last written here, without reading it; null where that changes nothing, for
   * whatever reason: then what is stored decides.
   */
  async #changeKnown<T>(
    id: string,
    decide: (transaction: Transaction) => Decided<T> | Promise<Decided<T>>,
  ): Promise<Decided<T> | null> {
    const known = this.#known.get(id);
    if (known === null) return null;
    const decided = await Promise.resolve(known)
      .then(decide)
      .catch(() => null);
    return decided !== null && decided.change !== null && (await this.#save(decided.change)) ? decided : null;
  }

  async #save(change: Change): Promise<boolean> {
    const { transaction, notices, drawnOn = null } = change;
    this.#known.forget(transaction.id);
    if (drawnOn !== null) this.#known.forget(drawnOn.id);
    const written = await this.#written(change);
    // a mandate that is drawn on is held together with its payment: that is a statement of its own
    const [isSaved] = drawnOn === null ? [await this.#saving.do(written)] : await this.#saveAll([written]);
    if (isSaved !== true) return false;
    this.#known.keep({ ...transaction, version: transaction.version + 1 });
    if (notices.length > 0) this.#onNotices();
    return true;
  }

  async #written({ transaction, operation, journal, notices, token = null, drawnOn = null }: Change) {
    const merchantName = (await this.#terminals.find(transaction.terminalId))?.merchantName ?? "";
    const { id, version } = transaction;
    return {
      id,
      changes: [{ transaction_id: id, version, ...jsonRow(transaction, changingColumns), journal }],
      notices: notices.map((notice) => ({ changed_id: id, ...this.#notificationOf(notice, merchantName) })),
      tokens: token === null ? [] : [{ transaction_id: id, ...tokenRow(token) }],
      operations: operation === null ? [] : [{ changed_id: id, made: jsonRow(operation, columns) }],
      drawings: drawnOn === null ? [] : [drawingRow(drawnOn)],
    };
  }

  async #addAll(rows: readonly object[]): Promise<undefined[]> {
    await this.#pool.query({ name: "transaction-insert", text: insertSql, values: [holdableJson(rows)] });
    return rows.map(() => undefined);
  }

  async #findAll(ids: readonly string[]): Promise<(Transaction | null)[]> {
    const found = await this.#all("transaction-by-id", findByIdsSql, [ids]);
    const byId = new Map(found.map((transaction) => [transaction.id, transaction]));
    return ids.map((id) => byId.get(id) ?? null);
  }

  async #saveAll(all: readonly WrittenChange[]): Promise<boolean[]> {
    const parts = {
      changes: all.flatMap(({ changes }) => changes),
      notices: all.flatMap(({ notices }) => notices),
      tokens: all.flatMap(({ tokens }) => tokens),
      operations: all.flatMap(({ operations }) => operations),
      drawings: all.flatMap(({ drawings }) => drawings),
    };
    const values = [holdableJson(parts)];
    try {
      const { rows } = await this.#pool.query<{ transaction_id: string }>({ ...saveStatement(parts), values });
      const saved = new Set(rows.map(({ transaction_id }) => transaction_id));
      return all.map(({ id }) => saved.has(id));
    } catch (error) {
      if (all.length === 1 && isTakenReference(error)) return [false];
      throw error;
    }
  }

  #notificationOf(notice: Notice, merchantName: string) {
    const [notification_id, at] = [this.#chance.uuid(), this.#clock.now()];
    const plaintext = noticeContent(notice, merchantName, notification_id, at);
    return { notification_id, transaction_id: notice.about.id, plaintext, at: momentText(at) };
  }

  async #one(name: string, text: string, values: unknown[]): Promise<Transaction | null> {
    return (await this.#all(name, text, values))[0] ?? null;
  }

  async #all(name: string, text: string, values: unknown[]): Promise<Transaction[]> {
    const { rows } = await this.#pool.query<TransactionRow & { version: number }>({ name, text, values });
    return rows.map(fromRow);
  }
}

function drawingRow(mandate: Transaction) {
  const { id, version } = mandate;
  return { transaction_id: id, version, ...jsonRow(mandate, ["collected_month", "collected"]) };
}

function tokenRow({ value, card }: Token) {
  const { brand, firstSix, lastFour, expiry, scenario } = card;
  return {
    token: value,
    card_brand: brand,
    card_first_six: firstSix,
    card_last_four: lastFour,
    card_expiry: expiry,
    card_fate: scenario,
  };
}

/** Nine random digits can meet a reference that exists (one in a thousand million for each): then others are drawn. */
function isTakenReference(error: unknown): boolean {
  const { code, constraint } = error as { code?: string; constraint?: string };
  return code === "23505" && constraint === "transaction_by_reference";
}
