import type { Pool } from "@caravela/platform/postgres/pool";
import type { PaymentId, SavedCardId, TerminalId } from "../domain/identifiers.ts";
import type { SavedCardSummary } from "../domain/payment/state.ts";
import type { Ground } from "./ground.ts";

/** A saved card with what charges it: SIBS's token, and the customer's own charge that later ones stand on. */
export interface SavedCard extends SavedCardSummary {
  /** Whose credentials charge it; null: kept before cards remembered theirs. */
  readonly terminal: TerminalId | null;
  readonly customerId: string;
  /** SIBS's token: charges the card, with the terminal's credentials. */
  readonly value: string;
  readonly paymentId: PaymentId;
  readonly transactionId: string;
  readonly consentedAt: Date;
  readonly createdAt: Date;
}

/** What the columns of a card's row are called here. */
const MEMBERS = {
  id: "id",
  terminal: "terminal",
  customer_id: "customerId",
  value: "value",
  brand: "brand",
  last_four: "lastFour",
  expiry: "expiry",
  payment_id: "paymentId",
  transaction_id: "transactionId",
  consented_at: "consentedAt",
  created_at: "createdAt",
} as const satisfies Readonly<Record<string, keyof SavedCard>>;

/** The columns of a card's row. */
export const CARD_COLUMNS = Object.keys(MEMBERS);

const columns = Object.entries(MEMBERS)
  .map(([column, member]) => `${column} as "${member}"`)
  .join(", ");

/** A card as its row stands. */
export function cardRow(card: SavedCard): object {
  return Object.fromEntries(Object.entries(MEMBERS).map(([column, member]) => [column, card[member]]));
}

/** Customers' saved cards: each is kept by the statement that decides it. */
export class SavedCards {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find(id: SavedCardId): Promise<SavedCard | null> {
    const { rows } = await this.#pool.query<SavedCard>({
      name: "saved-card-find",
      text: `select ${columns} from caravela.saved_card where id = $1`,
      values: [id],
    });
    return rows[0] ?? null;
  }

  /** A card, as what a decision stands on. */
  async standingOn(id: SavedCardId): Promise<{ readonly ground: Ground; readonly as: SavedCard } | null> {
    const card = await this.find(id);
    return card === null ? null : { ground: { table: "saved_card", id, mark: card.transactionId }, as: card };
  }

  /** A customer's cards, newest first. */
  async of(customerId: string): Promise<SavedCard[]> {
    const { rows } = await this.#pool.query<SavedCard>({
      name: "saved-card-of",
      text: `select ${columns} from caravela.saved_card where customer_id = $1 order by created_at desc, id desc`,
      values: [customerId],
    });
    return rows;
  }

  /** Forgets a card; whether there was one. */
  async forget(id: SavedCardId): Promise<boolean> {
    const { rowCount } = await this.#pool.query({
      name: "saved-card-forget",
      text: "delete from caravela.saved_card where id = $1",
      values: [id],
    });
    return rowCount === 1;
  }
}
