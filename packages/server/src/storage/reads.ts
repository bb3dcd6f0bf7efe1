import type { Queries } from "@caravela/platform/postgres/pool";
import { Together } from "@caravela/platform/postgres/together";
import type { StoredRow } from "../domain/stored.ts";
import { type Shape, STORED } from "./statements.ts";

/** The rows of subjects, as they are stored, by their ids; undefined: there is none. */
export type Reads = Together<string, StoredRow | undefined>;

/** Reads states of one table, many together where many are asked for at once; each as it is when it is asked for. */
export function readsOf(pool: Queries, table: Shape["table"]): Reads {
  return new Together<string, StoredRow | undefined>(async (ids) => {
    const { rows } = await pool.query<StoredRow & { readonly id: string }>({
      name: `${table}-load`,
      text: `select id, ${STORED} from caravela.${table} where id = any($1::text[])`,
      values: [ids],
    });
    const found = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => found.get(id));
  });
}
