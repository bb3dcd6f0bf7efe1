import type { Queries } from "@caravela/platform/postgres/pool";
import { Together } from "@caravela/platform/postgres/together";
import type { Shape } from "./statements.ts";

/** States of subjects, as they are stored, by their ids; undefined: there is none. */
export type Reads = Together<string, unknown>;

/** Reads states of one table, many together where many are asked for at once; each as it is when it is asked for. */
export function readsOf(pool: Queries, table: Shape["table"]): Reads {
  return new Together(async (ids) => {
    const { rows } = await pool.query<{ id: string; state: unknown }>({
      name: `${table}-load`,
      text: `select id, state from caravela.${table} where id = any($1::text[])`,
      values: [ids],
    });
    const states = new Map(rows.map(({ id, state }) => [id, state]));
    return ids.map((id) => states.get(id));
  });
}
