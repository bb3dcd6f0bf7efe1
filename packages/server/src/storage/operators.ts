import type { Clock } from "@caravela/platform/clock";
import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import type { OperatorId, TerminalId } from "../domain/identifiers.ts";
import type { Limits } from "../domain/limit.ts";
import type { Role } from "../domain/person.ts";
import { LIMIT_COLUMNS, type LimitColumns, limitsIn, limitValues } from "./limits.ts";
import { is, readList } from "./list-query.ts";
import type { Page, PageRequest } from "./paging.ts";

/** What a person is called, and what they may. */
export interface Position {
  readonly name: string;
  readonly role: Role;
  /** The one terminal of which they see and make things; null: all. */
  readonly terminal: TerminalId | null;
  /** With the days of whoever has a limit and gave them theirs; their own are beside these. */
  readonly limits: Limits;
}

/** A person at work, as they are stored. */
export interface Operator extends Position {
  readonly id: OperatorId;
  readonly createdAt: Date;
  /** To the minute; null: never. */
  readonly seenAt: Date | null;
  /** Whether the company's own provider says who it is: then there is no passkey and no link of theirs here. */
  readonly signsOn: boolean;
}

/** An owner, and whether they can sign in: one who was invited and never came cannot. */
export interface Owner extends Operator {
  readonly canSignIn: boolean;
}

/** The columns of a person, read with whatever else. */
export interface OperatorRow extends LimitColumns {
  readonly id: OperatorId;
  readonly name: string;
  readonly role: Role;
  readonly terminal: TerminalId | null;
  readonly created_at: Date;
  readonly seen_at: Date | null;
  readonly sign_on_subject: string | null;
}

/** Whoever has this machine, when everything plays on it: they sign in by the link that the start prints. */
export const LOCAL_OWNER: OperatorId = "op_0000000000localowner";

/** The columns of `OperatorRow`, whatever stands beside them. */
export const OPERATOR_COLUMNS = `operator.id, name, role, operator.terminal, ${LIMIT_COLUMNS}, operator.created_at, operator.seen_at, sign_on_subject`;

interface OperatorParts {
  readonly pool: Pool;
  readonly clock: Clock;
  /** Whether the owner of this machine, who has no passkey, is let in. */
  readonly localOwner: boolean;
}

/** The people at work. */
export class Operators {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #letsLocalOwnerIn: boolean;

  constructor({ pool, clock, localOwner }: OperatorParts) {
    this.#pool = pool;
    this.#clock = clock;
    this.#letsLocalOwnerIn = localOwner;
  }

  /** A page of people, newest first: of one terminal; null: of all. */
  list(page: PageRequest, terminal: TerminalId | null): Promise<Page<Operator>> {
    const shown = { columns: OPERATOR_COLUMNS, table: "caravela.operator", on: "operator.id = page.id" };
    const ways = [{ where: [...is("terminal", terminal), () => "listed.removed_at is null"] }];
    return readList(this.#pool, { table: "operator", by: "created_at", ways, shown }, page, operatorOf);
  }

  /** Everybody of this name. */
  async called(name: string): Promise<Operator[]> {
    const { rows } = await this.#pool.query<OperatorRow>(
      `select ${OPERATOR_COLUMNS} from caravela.operator where name = $1 and removed_at is null order by operator.created_at`,
      [name],
    );
    return rows.map(operatorOf);
  }

  /**
   * All owners but the one of this machine where nobody may be that, kept as they are until the transaction ends.
   * Whoever changes who may what holds them first: of two that would remove each other the second finds itself gone,
   * and nobody is the last without knowing.
   */
  async holdOwners(connection: Queries): Promise<Owner[]> {
    const { rows } = await connection.query<OperatorRow & { readonly has_passkey: boolean }>({
      name: "operator-hold-owners",
      text: `select ${OPERATOR_COLUMNS}, exists (select from caravela.passkey where operator_id = operator.id) as has_passkey
               from caravela.operator where role = 'owner' and removed_at is null order by id for update`,
    });
    const owners = rows.filter(({ id }) => this.#letsLocalOwnerIn || id !== LOCAL_OWNER);
    return owners.map((row) => {
      const owner = operatorOf(row);
      return { ...owner, canSignIn: row.has_passkey || owner.signsOn || owner.id === LOCAL_OWNER };
    });
  }

  /** The person, kept as they are until the transaction ends; null: there is nobody, or not any more. */
  async hold(connection: Queries, id: OperatorId): Promise<Operator | null> {
    const { rows } = await connection.query<OperatorRow>({
      name: "operator-hold",
      text: `select ${OPERATOR_COLUMNS} from caravela.operator where id = $1 and removed_at is null for update`,
      values: [id],
    });
    return rows[0] === undefined ? null : operatorOf(rows[0]);
  }

  /** Somebody new. */
  async add(connection: Queries, id: OperatorId, position: Position): Promise<Operator> {
    const createdAt = this.#clock.now();
    await connection.query({
      name: "operator-add",
      text: `insert into caravela.operator (id, name, role, terminal, ${LIMIT_COLUMNS}, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      values: [id, ...valuesOf(position), createdAt],
    });
    return { id, ...position, createdAt, seenAt: null, signsOn: false };
  }

  /** Somebody who is held has another position from now on. */
  async change(connection: Queries, id: OperatorId, position: Position): Promise<void> {
    await connection.query({
      name: "operator-change",
      text: `update caravela.operator set name = $2, role = $3, terminal = $4, (${LIMIT_COLUMNS}) = row ($5, $6, $7, $8)
              where id = $1`,
      values: [id, ...valuesOf(position)],
    });
  }

  /**
   * Somebody who is held is at work no more. Their name stays with what they did; what they kept for themselves goes.
   */
  async remove(connection: Queries, id: OperatorId): Promise<void> {
    await connection.query({
      name: "operator-remove",
      text: `with kept as (delete from caravela.saved_view where operator_id = $1)
             update caravela.operator set removed_at = $2 where id = $1`,
      values: [id, this.#clock.now()],
    });
  }

  /** Makes sure that the owner of this machine is there, and called by this name. */
  async welcomeLocalOwner(connection: Queries, name: string): Promise<void> {
    await connection.query(
      `insert into caravela.operator (id, name, role, budgets, created_at) values ($1, $2, 'owner', '[]', $3)
       on conflict (id) do update set name = excluded.name, role = 'owner', terminal = null, refund_limit = null,
         capture_limit = null, removed_at = null`,
      [LOCAL_OWNER, name, this.#clock.now()],
    );
  }
}

function valuesOf({ name, role, terminal, limits }: Position): unknown[] {
  return [name, role, terminal, ...limitValues(limits)];
}

/** A person as their row has them. */
export function operatorOf(row: OperatorRow): Operator {
  const { id, name, role, terminal, created_at: createdAt, seen_at: seenAt } = row;
  const signsOn = row.sign_on_subject !== null;
  return { id, name, role, terminal, limits: limitsIn(row), createdAt, seenAt, signsOn };
}
