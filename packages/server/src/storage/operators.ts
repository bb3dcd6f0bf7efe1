import type { Clock } from "@caravela/platform/clock";
import type { Queries } from "@caravela/platform/postgres/pool";
import type { Cents } from "@caravela/sibs/money";
import type { Budget } from "../domain/api-key.ts";
import type { OperatorId, TerminalId } from "../domain/identifiers.ts";
import type { Role } from "../domain/person.ts";

/** A person at work, as they are stored. */
export interface Operator {
  readonly id: OperatorId;
  readonly name: string;
  readonly role: Role;
  /** The one terminal of which they see and make things; null: all. */
  readonly terminal: TerminalId | null;
  /** The most that may be refunded of one payment, and by them within a day, in cents; null: all there is. */
  readonly refundLimit: Cents | null;
  /** Whose day each of their refunds counts in beside their own: of whoever has a limit and gave them theirs. */
  readonly budgets: readonly Budget[];
  readonly createdAt: Date;
  /** To the minute; null: never. */
  readonly seenAt: Date | null;
}

/** The columns of a person, read with whatever else. */
export interface OperatorRow {
  readonly id: OperatorId;
  readonly name: string;
  readonly role: Role;
  readonly terminal: TerminalId | null;
  readonly refund_limit: Cents | null;
  readonly budgets: readonly Budget[];
  readonly created_at: Date;
  readonly seen_at: Date | null;
}

/** Whoever has this machine, when everything plays on it: they sign in by the link that the start prints. */
export const LOCAL_OWNER: OperatorId = "op_0000000000localowner";

/** The people at work. */
export class Operators {
  readonly #clock: Clock;

  constructor({ clock }: { readonly clock: Clock }) {
    this.#clock = clock;
  }

  /** Makes sure that the owner of this machine is there. */
  async welcomeLocalOwner(queries: Queries, name: string): Promise<void> {
    await queries.query(
      `insert into caravela.operator (id, name, role, budgets, created_at) values ($1, $2, 'owner', '[]', $3)
       on conflict (id) do update set role = 'owner', terminal = null, refund_limit = null, removed_at = null`,
      [LOCAL_OWNER, name, this.#clock.now()],
    );
  }
}

/** A person as their row has them. */
export function operatorOf(row: OperatorRow): Operator {
  const { id, name, role, terminal, refund_limit: refundLimit, budgets } = row;
  return { id, name, role, terminal, refundLimit, budgets, createdAt: row.created_at, seenAt: row.seen_at };
}
