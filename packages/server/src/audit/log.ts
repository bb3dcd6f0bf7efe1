import type { Clock } from "@caravela/platform/clock";
import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import { Together } from "@caravela/platform/postgres/together";
import { inTransaction } from "@caravela/platform/postgres/transaction";
import type { AskedAction, AuditEntry, EndedAction } from "../domain/audit.ts";
import type { TerminalId } from "../domain/identifiers.ts";
import type { Span } from "../domain/span.ts";
import type { AuditedAction, KeepsAudit } from "../http/audited.ts";
import { BEGINNING, following, type Link, type Row, type Unplaced } from "./chain.ts";

/** Held while entries are added, so that each follows the last: a fixed number, any other would do. */
const CHAIN_LOCK = 5_118_340_297;

const addSql = `
insert into caravela.audit (number, at, entry, hash)
select number, at, entry, hash from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::bytea[]) as added (number, at, entry, hash)`;

/** The last entry there is; null: none. */
async function lastLink(queries: Queries): Promise<Link | null> {
  const { rows } = await queries.query<{ number: number; at: Date; hash: Buffer }>({
    name: "audit-last",
    text: "select number, at, hash from caravela.audit order by number desc limit 1",
  });
  const [last] = rows;
  return last === undefined ? null : { ...last, at: last.at.getTime() };
}

/** What the audit may be filtered by. */
export interface AuditFilter {
  readonly at: Span;
  readonly operator: string | null;
  readonly subject: string | null;
  readonly terminal: TerminalId | null;
}

/** An entry with its place and its hash. */
export interface ShownEntry {
  readonly entry: AuditEntry;
  readonly hash: string;
  /** What whoever asked is called now; null: nothing is known of them any more, or they have no name. */
  readonly name: string | null;
}

/**
 * The audit: entries are added one after the other, by however many processes, those of one moment by one transaction.
 */
export class AuditLog implements KeepsAudit {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #added: Together<Unplaced, number>;

  constructor(pool: Pool, clock: Clock) {
    this.#pool = pool;
    this.#clock = clock;
    this.#added = new Together((entries) => this.#addAll(entries));
  }

  /** Writes down what is asked for; it is durable then. Whoever cannot write it down does not do it. */
  async asked(action: AskedAction): Promise<AuditedAction> {
    const number = await this.#added.do({ ...action, kind: "asked", of: null, before: null, status: null });
    return { number, action };
  }

  /** Writes down how it ended. */
  async answered({ number, action }: AuditedAction, ended: EndedAction): Promise<void> {
    await this.#added.do({ ...action, ...ended, kind: "answered", of: number });
  }

  /** Entries, the last first: those before a number, as many as are wanted and one more. */
  async list(filter: AuditFilter, before: number | null, limit: number): Promise<ShownEntry[]> {
    const { text, values } = listStatement(filter, before, limit);
    const { rows } = await this.#pool.query<{ entry: string; hash: string; name: string | null }>(text, values);
    return rows.map(({ entry, hash, name }) => ({ entry: JSON.parse(entry) as AuditEntry, hash, name }));
  }

  #addAll(entries: readonly Unplaced[]): Promise<number[]> {
    return inTransaction(this.#pool, async (connection) => {
      await connection.query("select pg_advisory_xact_lock($1)", [CHAIN_LOCK]);
      const last = (await lastLink(connection)) ?? BEGINNING;
      const now = this.#clock.now().getTime();
      const rows: Row[] = [];
      for (const entry of entries) rows.push(following(rows.at(-1) ?? last, entry, now));
      await connection.query({
        name: "audit-add",
        text: addSql,
        values: [
          rows.map(({ number }) => number),
          rows.map(({ at }) => new Date(at)),
          rows.map(({ entry }) => entry),
          rows.map(({ hash }) => hash),
        ],
      });
      return rows.map(({ number }) => number);
    });
  }
}

/**
 * Planned for what is wanted, so that each filter finds its index. Moments go by numbers: no entry is from before an
 * earlier one.
 */
export function listStatement(
  { at, operator, subject, terminal }: AuditFilter,
  before: number | null,
  limit: number,
): { readonly text: string; readonly values: unknown[] } {
  const values: unknown[] = [];
  const $ = (value: unknown) => `$${values.push(value)}`;
  const firstSince = (moment: number) =>
    `(select number from caravela.audit where at >= ${$(new Date(moment))} order by at, number limit 1)`;
  const conditions = [
    ...(before === null ? [] : [`audit.number < ${$(before)}`]),
    ...(at.from === null ? [] : [`audit.number >= ${firstSince(at.from)}`]),
    ...(at.before === null ? [] : [`audit.number < coalesce(${firstSince(at.before)}, 9223372036854775807)`]),
    ...(operator === null ? [] : [`audit.entry::jsonb #>> '{by,id}' = ${$(operator)}`]),
    ...(subject === null ? [] : [`audit.entry::jsonb ->> 'subject' = ${$(subject)}`]),
    ...(terminal === null ? [] : [`audit.entry::jsonb ->> 'terminal' = ${$(terminal)}`]),
  ];
  const text = `
select page.entry, encode(page.hash, 'hex') as hash, coalesce(operator.name, api_key.name) as name
  from (select number, entry, hash from caravela.audit
         ${conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`}
         order by number desc limit ${$(limit)}) as page
  left join caravela.operator on operator.id = page.entry::jsonb #>> '{by,id}'
  left join caravela.api_key on api_key.id = page.entry::jsonb #>> '{by,id}'
 order by page.number desc`;
  return { text, values };
}
