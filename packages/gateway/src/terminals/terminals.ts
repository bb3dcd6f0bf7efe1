import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { Method } from "../domain/transaction.ts";
import { HeldCopy } from "../held-copy.ts";

/** A merchant's terminal: who may call, by which methods it is paid, and where it is told. */
export interface Terminal {
  readonly terminalId: string;
  readonly merchantCode: number;
  readonly merchantName: string;
  readonly clientId: string;
  readonly token: string;
  /** The Multibanco entity of its references. */
  readonly entity: string;
  readonly methods: readonly Method[];
  /**
   * Whether a collection above a mandate's limit is declined, instead of becoming a purchase to approve (reference
   * 6.4).
   */
  readonly disableMandateMBWAYFallback: boolean;
  /**
   * Whether a card is refused where its checkout named no customer (the seed's word, which its own example does not
   * keep).
   */
  readonly requiresCustomer: boolean;
  /**
   * Whether a status can be asked for by merchantTransactionId; else SIBS finds nothing by it, as for an id that nobody
   * gave.
   */
  readonly statusByMerchantTransactionId: boolean;
  readonly webhook: Webhook | null;
}

/** Where notifications go, and the key they are encrypted with. */
export interface Webhook {
  readonly url: string;
  /** Base64 of 32 bytes. */
  readonly secret: string;
}

interface TerminalRow {
  terminal_id: string;
  merchant_code: number;
  merchant_name: string;
  client_id: string;
  token: string;
  entity: string;
  methods: Method[];
  disable_mandate_mbway_fallback: boolean;
  requires_customer: boolean;
  status_by_merchant_transaction_id: boolean;
  webhook_url: string | null;
  webhook_secret: string | null;
}

/**
 * The seed's terminal, which the gateway begins with. It leads every list: whoever takes the first terminal wants this
 * one.
 */
export const DEMONSTRATION_ID = "52221";

const columns = `terminal_id, merchant_code, merchant_name, client_id, token, entity, methods, disable_mandate_mbway_fallback,
  requires_customer, status_by_merchant_transaction_id, webhook_url, webhook_secret`;

/** Gives the terminal as it is, created if need be; its row stays ours until the transaction ends. */
const holdSql = `
  insert into sibs_gateway.terminal (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (terminal_id) do update set terminal_id = excluded.terminal_id
  returning ${columns}`;

const updateSql = `
  update sibs_gateway.terminal set (${columns}) = ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) where terminal_id = $1`;

/** The terminals, held in memory as they were at most a second ago: each call asks for one. */
export class Terminals {
  readonly #pool: Pool;
  readonly #held: HeldCopy<ReadonlyMap<string, Terminal>>;

  constructor(pool: Pool, systemClock: Clock) {
    this.#pool = pool;
    this.#held = new HeldCopy(systemClock, () => this.#read());
  }

  /** Every terminal, by its id. */
  async all(): Promise<Terminal[]> {
    return [...(await this.#held.get()).values()];
  }

  /** One terminal. */
  async find(terminalId: string): Promise<Terminal | null> {
    return (await this.#held.get()).get(terminalId) ?? null;
  }

  /**
   * Changes a terminal, which begins as `made` where there is none.
   * Changes that are made at once take turns, so that none undoes another. What `decide` throws leaves all as it was.
   */
  async change(made: Terminal, decide: (terminal: Terminal) => Terminal): Promise<Terminal> {
    const changed = await inTransaction(this.#pool, async (connection) => {
      const { rows } = await connection.query<TerminalRow>({
        name: "terminal-hold",
        text: holdSql,
        values: valuesOf(made),
      });
      const after = decide(rows.map(fromRow)[0] ?? made);
      await connection.query({ name: "terminal-change", text: updateSql, values: valuesOf(after) });
      return after;
    });
    this.#held.forget();
    return changed;
  }

  async #read(): Promise<ReadonlyMap<string, Terminal>> {
    const { rows } = await this.#pool.query<TerminalRow>({
      name: "terminals",
      text: `select ${columns} from sibs_gateway.terminal order by terminal_id <> $1, length(terminal_id), terminal_id`,
      values: [DEMONSTRATION_ID],
    });
    return new Map(rows.map((row) => [row.terminal_id, fromRow(row)]));
  }
}

function valuesOf(terminal: Terminal): unknown[] {
  const { terminalId, merchantCode, merchantName, clientId, token, entity, methods, webhook } = terminal;
  const { url = null, secret = null } = webhook ?? {};
  const { disableMandateMBWAYFallback, requiresCustomer, statusByMerchantTransactionId } = terminal;
  const rules = [disableMandateMBWAYFallback, requiresCustomer, statusByMerchantTransactionId];
  return [terminalId, merchantCode, merchantName, clientId, token, entity, methods, ...rules, url, secret];
}

function fromRow(row: TerminalRow): Terminal {
  const { webhook_url: url, webhook_secret: secret } = row;
  return {
    terminalId: row.terminal_id,
    merchantCode: row.merchant_code,
    merchantName: row.merchant_name,
    clientId: row.client_id,
    token: row.token,
    entity: row.entity,
    methods: row.methods,
    disableMandateMBWAYFallback: row.disable_mandate_mbway_fallback,
    requiresCustomer: row.requires_customer,
    statusByMerchantTransactionId: row.status_by_merchant_transaction_id,
    webhook: url === null || secret === null ? null : { url, secret },
  };
}
