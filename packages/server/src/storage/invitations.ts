import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import { purge } from "@caravela/platform/postgres/purge";
import type { Secret } from "@caravela/platform/secret";
import type { OperatorId } from "../domain/identifiers.ts";
import { MINUTE } from "../domain/time.ts";
import { bearerSecrets, hashOf } from "./bearer-secret.ts";

/** For how long a link is good. */
const GOOD_FOR = 15 * MINUTE;

const LINKS = bearerSecrets();

/** The links by which people come in: each is good once, for a quarter of an hour, and the newest of a person alone. */
export class Invitations {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #chance: Chance;

  constructor({ pool, clock, chance }: { pool: Pool; clock: Clock; chance: Chance }) {
    this.#pool = pool;
    this.#clock = clock;
    this.#chance = chance;
  }

  /** Invites somebody. @returns what stands in the link, which is told once and kept nowhere */
  async make(connection: Queries, operator: OperatorId): Promise<Secret> {
    const token = LINKS.make(this.#chance);
    const endsAt = new Date(this.#clock.now().getTime() + GOOD_FOR);
    await connection.query({
      name: "invitation-make",
      text: `insert into caravela.invitation (operator_id, hash, ends_at) values ($1, $2, $3)
             on conflict (operator_id) do update set hash = excluded.hash, ends_at = excluded.ends_at`,
      values: [operator, hashOf(token.reveal()), endsAt],
    });
    return token;
  }

  /** Who is invited by a link, and until when; null: nobody, or not any more. */
  async invited(
    connection: Queries,
    token: string,
  ): Promise<{ readonly operator: OperatorId; readonly endsAt: Date } | null> {
    if (!LINKS.mayBe(token)) return null;
    const { rows } = await connection.query<{ operator: OperatorId; endsAt: Date }>({
      name: "invitation-find",
      text: 'select operator_id as operator, ends_at as "endsAt" from caravela.invitation where hash = $1 and ends_at > $2',
      values: [hashOf(token), this.#clock.now()],
    });
    return rows[0] ?? null;
  }

  /** Uses a link up; whether it was there: of two who press at once only one is let in. */
  async useUp(connection: Queries, token: string): Promise<boolean> {
    const { rowCount } = await connection.query({
      name: "invitation-use-up",
      text: "delete from caravela.invitation where hash = $1",
      values: [hashOf(token)],
    });
    return rowCount === 1;
  }

  /** The link of somebody is good for nothing any more. */
  async withdraw(connection: Queries, operator: OperatorId): Promise<void> {
    await connection.query({
      name: "invitation-withdraw",
      text: "delete from caravela.invitation where operator_id = $1",
      values: [operator],
    });
  }

  /** Forgets those whose time is over. */
  async purge(): Promise<void> {
    await purge(this.#pool, { table: "caravela.invitation", column: "ends_at", before: this.#clock.now() });
  }
}
