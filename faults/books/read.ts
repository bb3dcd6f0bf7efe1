import type { Pool } from "@caravela/platform/postgres/pool";
import type { Mandate, MandateLook } from "../../packages/server/src/domain/mandate/state.ts";
import { bringUpMandateRow } from "../../packages/server/src/domain/mandate/stored.ts";
import type { StoredRow } from "../../packages/server/src/domain/stored.ts";
import type { MoneyBooks } from "../../tests/books/books.ts";
import { readMoneyBooks } from "../../tests/books/read.ts";
import type { Told } from "../town/shops.ts";

/** All that is compared: ours, SIBS's, and each shop's. */
export interface Books extends MoneyBooks {
  readonly mandates: readonly Mandate[];
  readonly shops: readonly (readonly Told[])[];
}

/** Reads our books and SIBS's, by nobody's API. @param now what the clock of both shows, in milliseconds */
export async function readBooks(pool: Pool, shops: readonly (readonly Told[])[], now: number): Promise<Books> {
  const mandates = await pool.query<StoredRow<MandateLook>>(
    "select state, looks, looked from caravela.mandate order by id",
  );
  return {
    ...(await readMoneyBooks(pool, now)),
    mandates: mandates.rows.map((row) => bringUpMandateRow(row)),
    shops,
  };
}
