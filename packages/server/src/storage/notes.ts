import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import type { By } from "../domain/by.ts";
import type { NoteId, PaymentId } from "../domain/identifiers.ts";
import { is, readList } from "./list-query.ts";
import type { Page, PageRequest } from "./paging.ts";

/** What somebody of the shop wrote about a payment. */
export interface PaymentNote {
  readonly id: NoteId;
  /** Null: the customer was erased. */
  readonly text: string | null;
  readonly by: By;
  readonly at: Date;
}

/** Notes about payments. */
export class PaymentNotes {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Those of a payment, newest first. */
  list(payment: PaymentId, page: PageRequest): Promise<Page<PaymentNote>> {
    const shown = {
      columns: "note.id, note.text, note.by, note.at",
      table: "caravela.payment_note as note",
      on: "note.id = page.id",
    };
    const ways = [{ where: is("payment_id", payment) }];
    return readList<PaymentNote, PaymentNote>(
      this.#pool,
      { table: "payment_note", by: "at", ways, shown },
      page,
      (row) => row,
    );
  }

  /** One more. On a connection in whose transaction it is, which holds the payment. */
  async add(connection: Queries, payment: PaymentId, { id, text, by, at }: PaymentNote): Promise<void> {
    await connection.query({
      name: "payment-note-add",
      text: "insert into caravela.payment_note (id, payment_id, text, by, at) values ($1, $2, $3, $4, $5)",
      values: [id, payment, text, JSON.stringify(by), at],
    });
  }
}

/**
 * Whether a payment's customer is erased; until the transaction ends they are not: what is written about them in it is
 * erased with them.
 */
export async function isErasedOf(connection: Queries, payment: PaymentId): Promise<boolean> {
  const { rows } = await connection.query<{ erased: boolean }>({
    name: "payment-is-erased",
    text: "select (state ->> 'erasedAt') is not null as erased from caravela.payment where id = $1 for share",
    values: [payment],
  });
  return rows[0]?.erased === true;
}
