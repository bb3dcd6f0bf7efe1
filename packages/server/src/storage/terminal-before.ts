import type { Pool } from "@caravela/platform/postgres/pool";
import type { TerminalId } from "../domain/identifiers.ts";

/**
 * Whose everything is that was made before payments and mandates remembered their terminal: the first terminal of the
 * first start that kept it, whatever the settings say later.
 */
export async function terminalBefore(pool: Pool, first: TerminalId): Promise<TerminalId> {
  await pool.query({
    name: "terminal-before-keep",
    text: "insert into caravela.terminal_before (id) values ($1) on conflict do nothing",
    values: [first],
  });
  const { rows } = await pool.query<{ id: TerminalId }>({
    name: "terminal-before",
    text: "select id from caravela.terminal_before",
  });
  return rows[0]?.id ?? first;
}
