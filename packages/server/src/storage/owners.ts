import type { Pool } from "@caravela/platform/postgres/pool";
import type { TerminalId } from "../domain/identifiers.ts";

/**
 * Whose something is, by what its identifier begins with. $1: the identifier; $2: whose everything is that does not say
 * so itself, since it was made before it was kept. What is no part of a payment or a mandate (an endpoint, a key, a
 * person) and says nothing is of all terminals.
 */
const OWNER_OF: ReadonlyMap<string, string> = new Map(
  Object.entries({
    pay: "select coalesce(terminal, $2) as terminal from caravela.payment where id = $1",
    man: "select coalesce(terminal, $2) as terminal from caravela.mandate where id = $1",
    tok: "select coalesce(terminal, $2) as terminal from caravela.saved_card where id = $1",
    evt: "select coalesce(terminal, $2) as terminal from caravela.event where id = $1",
    ep: "select nullif(terminal, '') as terminal, $2 from caravela.event_endpoint where id = $1",
    apr: "select terminal, $2 from caravela.approval where id = $1",
    key: "select nullif(terminal, '') as terminal, $2 from caravela.api_key where id = $1",
    op: "select terminal, $2 from caravela.operator where id = $1",
    ses: `select (select terminal from caravela.operator where operator.id = operator_id) as terminal, $2
            from caravela.session where id = $1`,
  }),
);

/** What is of a payment or of a mandate is found as that is. */
const WITHIN = `
select coalesce(payment.terminal, mandate.terminal, $2) as terminal
  from caravela.found_by
  left join caravela.payment on payment.id = found_by.subject_id
  left join caravela.mandate on mandate.id = found_by.subject_id
 where found_by.key = $1`;

/** What needs a person is known by what it is about, and by a word in front. */
const TASK = "select coalesce(nullif(terminal, ''), $2) as terminal from caravela.task where id = $1";
const OF_ENDPOINT = /^events_undelivered\.(?=ep_)/;

/** Attempts, captures, cancellations, refunds, plans. */
const FOUND_WITHIN = ["att", "cap", "can", "rfd", "plan"];

/** Knows whose everything is that has an identifier. */
export class Owners {
  readonly #pool: Pool;
  readonly #before: TerminalId;

  constructor(pool: Pool, before: TerminalId) {
    this.#pool = pool;
    this.#before = before;
  }

  /** The terminal whose something is; null: it is of all, or there is nothing of this identifier. */
  async ownerOf(id: string): Promise<TerminalId | null> {
    const named = id.replace(OF_ENDPOINT, "");
    const statement = statementFor(named);
    if (statement === null) return null;
    const { rows } = await this.#pool.query<{ terminal: TerminalId | null }>({
      ...statement,
      values: [named, this.#before],
    });
    return rows[0]?.terminal ?? null;
  }
}

function statementFor(id: string): { readonly name: string; readonly text: string } | null {
  if (id.includes(".")) return { name: "owner-of-task", text: TASK };
  const [prefix = ""] = id.split("_", 1);
  if (FOUND_WITHIN.includes(prefix)) return { name: "owner-of-part", text: WITHIN };
  const text = OWNER_OF.get(prefix);
  return text === undefined ? null : { name: `owner-of-${prefix}`, text };
}
