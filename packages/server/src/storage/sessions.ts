import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import type { Pool, Queries } from "@caravela/platform/postgres/pool";
import { purge } from "@caravela/platform/postgres/purge";
import { Together } from "@caravela/platform/postgres/together";
import type { Secret } from "@caravela/platform/secret";
import type { Cents } from "@caravela/sibs/money";
import type { Caller } from "../domain/api-key.ts";
import type { OperatorId, SessionId, TerminalId } from "../domain/identifiers.ts";
import { withOwnDays } from "../domain/limit.ts";
import { type Person, touchedUntil } from "../domain/person.ts";
import { SCOPES_OF } from "../domain/role.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../domain/time.ts";
import { bearerSecrets, hashOf } from "./bearer-secret.ts";
import { type Condition, is, readList } from "./list-query.ts";
import { Marks } from "./marks.ts";
import { LOCAL_OWNER, OPERATOR_COLUMNS, type Operator, type OperatorRow, operatorOf } from "./operators.ts";
import type { Page, PageRequest } from "./paging.ts";

/** Who does nothing for so long is signed out; and whoever goes on, after so long. */
const IDLE = 15 * MINUTE;
const LONGEST = 12 * HOUR;
/** How long what is over is kept. */
const KEPT = DAY;
const COOKIES = bearerSecrets();

/** Where somebody signs in from, as their browser says it. */
export interface Whence {
  readonly address: string | null;
  readonly agent: string | null;
}

interface Asked {
  readonly hash: Buffer;
  /** Whether it is a person who asks: what a page asks by itself keeps nobody signed in. */
  readonly isAttended: boolean;
}

/** Whose sessions are shown. */
interface Whose {
  readonly operator: OperatorId | null;
  readonly terminal: TerminalId | null;
}

/** Somebody being signed in, in one browser. */
export interface Session extends Whence {
  readonly id: SessionId;
  readonly operator: OperatorId;
  readonly name: string;
  readonly createdAt: Date;
  readonly seenAt: Date;
  /** When it is over, if they do nothing more. */
  readonly endsAt: Date;
}

interface SessionRow extends Whence {
  readonly id: SessionId;
  readonly operator_id: OperatorId;
  readonly name: string;
  readonly created_at: Date;
  readonly seen_at: Date;
  readonly ends_at: Date;
}

interface FoundRow extends OperatorRow {
  readonly hash: Buffer;
  readonly session_id: SessionId;
  readonly last_asked: Date;
  readonly ends_at: Date;
  readonly touched_at: Date | null;
}

// What is asked by itself writes nothing, and waits for nobody who writes.
const findSql = `
with live as materialized (
  select id, hash, operator_id, seen_at, ends_at, touched_at from caravela.session
   where hash = any($1::bytea[]) and seen_at > $4 and ends_at > $3
), attended as (
  update caravela.session set seen_at = greatest(seen_at, $3)
   where hash = any($2::bytea[]) and seen_at > $4 and ends_at > $3
  returning id, seen_at
)
select live.hash, live.id as session_id, live.ends_at, live.touched_at, ${OPERATOR_COLUMNS},
       coalesce((select seen_at from attended where attended.id = live.id), live.seen_at) as last_asked
  from live join caravela.operator on operator.id = live.operator_id
 where operator.removed_at is null`;

/**
 * Who is signed in. Each session is looked up, with what its person may, whenever it is used: one that was ended, or a
 * role that was taken away, is felt at the next request, on every process.
 */
export class Sessions {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #letsLocalOwnerIn: boolean;
  readonly #touchAbove: Cents | null;
  readonly #found: Together<Asked, FoundRow | null>;
  readonly #seen: Marks;

  constructor({ pool, clock, chance, log, localOwner, touchAbove = null }: SessionParts) {
    this.#touchAbove = touchAbove;
    this.#pool = pool;
    this.#clock = clock;
    this.#chance = chance;
    this.#letsLocalOwnerIn = localOwner;
    this.#seen = new Marks(
      { pool, clock, log },
      {
        name: "operator-seen",
        text: "update caravela.operator set seen_at = $2 where id = $1 and (seen_at is null or seen_at < $2)",
      },
    );
    this.#found = new Together((all) => this.#findAll(all));
  }

  /** Whoever is signed in by this cookie; null: nobody, or not any more. */
  async callerBy(token: string, isAttended: boolean): Promise<Caller | null> {
    if (!COOKIES.mayBe(token)) return null;
    const row = await this.#found.do({ hash: hashOf(token), isAttended });
    if (row === null) return null;
    const operator = operatorOf(row);
    if (operator.id === LOCAL_OWNER && !this.#letsLocalOwnerIn) return null;
    this.#seen.mark(operator.id, operator.seenAt);
    return callerOf(operator, row, { now: this.#clock.now().getTime(), touchAbove: this.#touchAbove });
  }

  /**
   * Signs somebody in. @param isTouched whether they did it by their passkey, just now
   * @returns what their browser's cookie shall hold, which is kept nowhere
   */
  async open(
    connection: Queries,
    operator: OperatorId,
    { address, agent }: Whence,
    isTouched: boolean,
  ): Promise<Secret> {
    const id = this.#chance.id("ses");
    const token = COOKIES.make(this.#chance);
    const now = this.#clock.now();
    const endsAt = new Date(now.getTime() + LONGEST);
    await connection.query({
      name: "session-open",
      text: `insert into caravela.session (id, hash, operator_id, created_at, seen_at, ends_at, touched_at, address, agent)
             values ($1, $2, $3, $4, $4, $5, $6, $7, $8)`,
      values: [id, hashOf(token.reveal()), operator, now, endsAt, isTouched ? now : null, address, agent],
    });
    return token;
  }

  /** That somebody has just shown by their passkey that it is they. */
  async touch(connection: Queries, id: SessionId): Promise<Instant> {
    const now = this.#clock.now();
    await connection.query({
      name: "session-touch",
      text: "update caravela.session set touched_at = $2 where id = $1",
      values: [id, now],
    });
    return now.getTime();
  }

  /** A page of who is signed in, newest first: one person, null: anybody; of one terminal, null: of all. */
  list(page: PageRequest, { operator, terminal }: Whose): Promise<Page<Session>> {
    const now = this.#clock.now();
    // no older one is live, which is where the index ends
    const begun = new Date(now.getTime() - LONGEST);
    const isLive: Condition = (value) =>
      `listed.created_at > ${value(begun)} and listed.seen_at > ${value(idleSince(now))} and listed.ends_at > ${value(now)}`;
    const isOf: Condition = (value) =>
      `exists (select from caravela.operator where operator.id = listed.operator_id and terminal = ${value(terminal)})`;
    const where = [isLive, ...is("operator_id", operator), ...(terminal === null ? [] : [isOf])];
    const shown = {
      columns: "session.*, operator.name",
      table: "caravela.session",
      on: "session.id = page.id join caravela.operator on operator.id = session.operator_id",
    };
    return readList(this.#pool, { table: "session", by: "created_at", ways: [{ where }], shown }, page, sessionOf);
  }

  /**
   * Signs somebody out, in one browser; whether they were signed in there. @param operator whose session it must be;
   * null: anybody's
   */
  async end(id: SessionId, operator: OperatorId | null): Promise<boolean> {
    const { rowCount } = await this.#pool.query({
      name: "session-end",
      text: "delete from caravela.session where id = $1 and operator_id = coalesce($2, operator_id)",
      values: [id, operator],
    });
    return rowCount === 1;
  }

  /** Ends the session of this cookie, whoever's it is. */
  async endOf(connection: Queries, token: string): Promise<void> {
    await connection.query({
      name: "session-end-of",
      text: "delete from caravela.session where hash = $1",
      values: [hashOf(token)],
    });
  }

  /** Signs somebody out everywhere. */
  async endAllOf(connection: Queries, operator: OperatorId): Promise<void> {
    await connection.query({
      name: "session-end-all",
      text: "delete from caravela.session where operator_id = $1",
      values: [operator],
    });
  }

  /** Forgets what has been over for a day. */
  async purge(): Promise<void> {
    const before = new Date(this.#clock.now().getTime() - KEPT);
    await purge(this.#pool, { table: "caravela.session", column: "ends_at", before });
  }

  async #findAll(all: readonly Asked[]): Promise<(FoundRow | null)[]> {
    const now = this.#clock.now();
    const attended = all.filter(({ isAttended }) => isAttended);
    const values = [all.map(({ hash }) => hash), attended.map(({ hash }) => hash), now, idleSince(now)];
    const { rows } = await this.#pool.query<FoundRow>({ name: "session-find", text: findSql, values });
    return all.map(({ hash }) => rows.find((row) => row.hash.equals(hash)) ?? null);
  }
}

interface SessionParts {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  /** Whether the owner of this machine, who has no passkey, is let in. */
  readonly localOwner: boolean;
  /** So much of one payment may be given back without a fresh touch of the passkey; null, or absent: all of it. */
  readonly touchAbove?: Cents | null;
}

function idleSince(now: Date): Date {
  return new Date(now.getTime() - IDLE);
}

function sessionOf(row: SessionRow): Session {
  const { id, operator_id: operator, name, created_at: createdAt, seen_at: seenAt, address, agent } = row;
  return { id, operator, name, createdAt, seenAt, endsAt: endOf(seenAt, row.ends_at), address, agent };
}

/** When a session is over: a quarter of an hour after it was last used, and at its own end. */
function endOf(seenAt: Date, endsAt: Date): Date {
  return new Date(Math.min(endsAt.getTime(), seenAt.getTime() + IDLE));
}

function callerOf(
  operator: Operator,
  row: FoundRow,
  { now, touchAbove }: { now: Instant; touchAbove: Cents | null },
): Caller {
  const { id, name, role, terminal, limits } = operator;
  const person: Person = {
    id,
    role,
    session: row.session_id,
    // whoever has this machine has no passkey to touch
    touchedAt: id === LOCAL_OWNER ? now : (row.touched_at?.getTime() ?? null),
    endsAt: endOf(row.last_asked, row.ends_at).getTime(),
  };
  return {
    by: { type: "operator", id, name },
    terminal,
    scopes: SCOPES_OF[role],
    limits: withOwnDays(id, limits),
    expiresAt: null,
    touchAbove: touchedUntil(person, now) === null ? touchAbove : null,
    person,
  };
}
