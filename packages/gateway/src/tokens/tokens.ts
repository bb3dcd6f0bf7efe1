import type { Pool } from "@caravela/platform/postgres/pool";
import type { Token } from "../domain/card.ts";
import { type KeptCardRow, keptCardOf } from "../transactions/card-row.ts";

/** Values: the tokens, the merchant's code. */
const findSql = `
  select token, card_brand, card_first_six, card_last_four, card_expiry, card_fate
    from sibs_gateway.token where token = any($1) and merchant_code = $2
   order by recorded_at desc, token`;

/** The cards that customers let merchants keep. They are made together with the payment that is approved. */
export class Tokens {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Those among these values that are tokens of that merchant, newest first. */
  async findAll(values: readonly string[], merchantCode: number): Promise<Token[]> {
    if (values.length === 0) return [];
    const { rows } = await this.#pool.query<KeptCardRow & { token: string }>({
      name: "tokens",
      text: findSql,
      values: [values, merchantCode],
    });
    return rows.flatMap((row) => {
      const card = keptCardOf(row);
      return card === null ? [] : [{ value: row.token, card }];
    });
  }
}
