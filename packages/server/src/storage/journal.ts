import { Contended } from "@caravela/platform/postgres/away";
import { Pool, type Queries } from "@caravela/platform/postgres/pool";
import { holdable } from "@caravela/platform/postgres/text";
import { Recent } from "@caravela/platform/recent";
import { shorten } from "@caravela/sibs/text";
import { type Decision, type Given, isRefusal } from "../domain/decision.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { StoredFact, StoredRow } from "../domain/stored.ts";
import { earliest, type Instant, SECOND } from "../domain/time.ts";
import type { Step } from "./events.ts";
import type { Ground } from "./ground.ts";
import { InTurn } from "./in-turn.ts";
import type { IdempotencyRow } from "./keys.ts";
import type { Beside, Changed, Decided, Entry, Kind, Line, ReadGround, StoreParts, Subject } from "./kinds.ts";
import { type Reads, readsOf } from "./reads.ts";
import { STORED } from "./statements.ts";
import { linesOf, listChangesOf, momentsOf, NOTHING_ELSE, requestOf, rowOf, timestamp } from "./subject-rows.ts";
import type { Lists } from "./unlisted.ts";
import { type Known, Writes } from "./writes.ts";

/** What follows from a subject, and from what the decision stands on. */
type ChooseOn<S, F, G> = (state: S, ground: G | null, given: Given) => Decision<F>;

/** What a decision is written with: the key of its request, what it stands on, and what is written beside it. */
interface Along<S, F> extends Beside<S, F> {
  readonly answer?: ((state: S) => IdempotencyRow) | undefined;
  readonly ground?: Ground | undefined;
}

/** When what was left undone is looked at again, and as what it was found due. */
export interface Rest {
  readonly now: Instant;
  readonly until: Instant;
  readonly found: Known | null;
}

/** So many subjects are kept as they were last known. */
const MOST_RECENT = 1_000;

/** A decision is made again on the newest state this often; then whoever wants it is asked to come again. */
const MOST_CONFLICTS = 25;

/**
 * What has a journal, in PostgreSQL. State, journal, outgoing events and what is due next of one decision are one
 * statement: together or not at all. A decision is written only on the version it was made on; when somebody was
 * quicker it is made again. So it is made on the state as this process last knew it: one that is written was made on
 * the newest, and whatever would write nothing is decided anew on what is stored.
 */
export class JournaledStore<Name extends "payment" | "mandate", S extends Subject, F extends Line, R extends F> {
  protected readonly pool: Queries;
  protected readonly parts: StoreParts<S, F>;
  readonly #kind: Kind<Name, S, F, R>;
  readonly #recent: Recent<S>;
  readonly #reads: Reads;
  readonly #writes: Writes;
  readonly #turns: InTurn;
  constructor(kind: Kind<Name, S, F, R>, parts: StoreParts<S, F>) {
    this.pool = parts.pool;
    this.#kind = kind;
    this.#recent = parts.recent ?? new Recent<S>(MOST_RECENT, isNewer);
    this.#reads = parts.reads ?? readsOf(parts.pool, kind.name);
    this.#writes = parts.writes ?? new Writes(parts.pool, kind.name);
    this.#turns = parts.turns ?? new InTurn();
    const shared = { recent: this.#recent, reads: this.#reads, writes: this.#writes, turns: this.#turns };
    this.parts = { ...parts, ...shared };
  }

  /** The subject, or null. */
  async load(id: S["id"]): Promise<S | null> {
    return this.#known(await this.#reads.do(id));
  }

  /**
   * The subject as this process last knew it, or else as it is. Good for whoever decides afterwards, looks again
   * anyway, or answers with what it has just done.
   */
  async lately(id: S["id"]): Promise<S | null> {
    return this.#recent.get(id) ?? this.load(id);
  }

  /** The subject that is known by another key: a page's token, SIBS's transaction, an id of ours that SIBS was sent. */
  async findBy(key: string): Promise<S | null> {
    const { name } = this.#kind;
    const { rows } = await this.pool.query<StoredRow>({
      name: `${name}-find-by`,
      text: `select ${STORED} from caravela.${name} join caravela.found_by on ${name}.id = found_by.subject_id where found_by.key = $1`,
      values: [key],
    });
    return this.#known(rows[0]);
  }

  /**
   * Forgets what this process last knew: a database that took the place of another may lack what was written there, and
   * have something else under the same version.
   */
  forgetAll(): void {
    this.#recent.forgetAll();
  }

  /** All that happened to it, in order; none: there is no such subject. */
  async journal(id: S["id"]): Promise<readonly Entry<R>[]> {
    const { rows } = await this.pool.query<StoredFact & { readonly number: number }>({
      name: `${this.#kind.name}-journal`,
      text: "select number, at, kind, version, data from caravela.fact where subject_id = $1 order by number",
      values: [id],
    });
    let state: S | null = null;
    return rows.map(({ number, ...stored }) => {
      const line = this.#kind.bringUpFact(state, stored);
      state = this.#kind.apply(state, line);
      return { number, line };
    });
  }

  /**
   * Decides on the newest state and writes what follows, with the key of the request when there is one.
   * @throws Missing when there is no such subject; what `isOverspent` when it counts in a day without room for it.
   */
  decide(
    id: S["id"],
    choose: (state: S, given: Given) => Decision<F>,
    answer?: (state: S) => IdempotencyRow,
    beside: Beside<S, F> = {},
  ): Promise<Decided<Name, S, F> | Refusal> {
    const chooseAlone: ChooseOn<S, F, null> = (state, _ground, given) => choose(state, given);
    return this.#turns.do(id, () => this.#decide(id, async () => null, chooseAlone, { ...beside, answer }));
  }

  /**
   * Decides on the newest state and on a row of another table: what follows is written only while both are as they were
   * read; when one has changed, both are read anew. Its chooser refuses where the row is not there any more.
   * @throws Missing when there is no such subject.
   */
  decideOn<G>(id: S["id"], read: ReadGround<G>, choose: ChooseOn<S, F, G>): Promise<Decided<Name, S, F> | Refusal> {
    return this.#turns.do(id, () => this.#decide(id, read, choose, {}));
  }

  /** Decides what cannot be refused. */
  async record(
    id: S["id"],
    choose: (state: S, given: Given) => readonly F[],
    beside: Beside<S, F> = {},
  ): Promise<Decided<Name, S, F>> {
    const decided = await this.decide(id, choose, undefined, beside);
    if ("refused" in decided) throw new TypeError("a decision that only records was refused");
    return decided;
  }

  /**
   * After the work is done: the subject is looked at again when its timers say. What is due already and was left undone
   * waits until a moment, and nothing is looked at again within a second. Whoever decided since it was found due has
   * said so better.
   */
  async rest(id: S["id"], { now, until, found }: Rest): Promise<void> {
    const state = await this.lately(id);
    if (state === null) return;
    const timers = this.#kind.timersOf(state);
    const isSaid = !(found !== null && isSame(state, found)) && timers.every((at) => at === null || at > now);
    if (isSaid) return;
    const due = earliest(...timers.map((at) => (at !== null && at <= now ? until : at)));
    const { name } = this.#kind;
    const { due_at, unawaited_at } = momentsOf(this.#kind, state, due === null ? null : Math.max(due, now + SECOND));
    await this.pool.query({
      name: `${name}-rest`,
      text: `update caravela.${name} set due_at = $2, unawaited_at = $3 where id = $1 and version = $4 and looked = $5`,
      values: [id, due_at, unawaited_at, state.version, state.looked],
    });
  }

  /** Somebody has come to wait for a subject, at its page: what is due of it, and may wait, waits no longer. */
  async hurry(state: S): Promise<void> {
    const { now } = this.parts.given();
    const due = earliest(...this.#kind.timersOf(state));
    if (due === null || due > now || this.#kind.isAwaited(state, due)) return;
    const { name } = this.#kind;
    await this.pool.query({
      name: `${name}-hurry`,
      text: `update caravela.${name} set unawaited_at = null where id = $1 and due_at <= $2 and due_at = unawaited_at`,
      values: [state.id, timestamp(now)],
    });
  }

  /**
   * What a store works with in a transaction of somebody's. `later`: what is to be done once it is committed, when what
   * was decided is remembered and told.
   */
  protected within(connection: Queries, later: (() => void)[]): StoreParts<S, F> {
    const { given, by, before, eventsOf, changed } = this.parts;
    const told: Changed<S, F> = (state, written) =>
      later.push(() => {
        this.#recent.keep(state);
        changed(state, written);
      });
    return { pool: connection, given, by, before, eventsOf, changed: told };
  }

  /**
   * Records a new subject, together with the key of the request that asked for it when there is one. Null: there is one
   * already, of this id or of what else can be there only once.
   */
  protected async recordFirst(first: (given: Given) => F, answer?: (state: S) => IdempotencyRow): Promise<S | null> {
    const given = this.parts.given();
    const kind = this.#kind;
    const fact = kind.recorded(null, first(given), this.parts.by);
    const begun = kind.apply(null, fact);
    const events = this.parts.eventsOf([{ fact, before: null, after: begun }], 0, given);
    const state = { ...begun, sequence: events.length };
    const request = answer?.(state);
    const isNew = await this.#writes.write(
      {
        row: { ...rowOf(this.#kind, state), created_at: timestamp(state.createdAt), ...kind.fixed(state) },
        on: null,
        facts: linesOf([fact], 1),
        events,
        keys: kind.keysIn(fact),
        request: requestOf(request, given),
        spends: [],
        uncounts: [],
        cards: [],
        lists: listChangesOf(this.#kind, null, state, [fact]),
      },
      null,
    );
    if (!isNew) return null;
    request?.committed?.();
    this.#recent.keep(state);
    this.parts.changed(state, { facts: [fact], events: events.map(({ type }) => type) });
    return state;
  }

  /** Where its lists are read. @throws TypeError within somebody's transaction. */
  protected lists(): Lists {
    const { pool } = this;
    if (!(pool instanceof Pool)) throw new TypeError("lists are read outside of transactions");
    return { pool, before: this.parts.before };
  }

  async #decide<G>(
    id: S["id"],
    read: ReadGround<G>,
    choose: ChooseOn<S, F, G>,
    along: Along<S, F>,
  ): Promise<Decided<Name, S, F> | Refusal> {
    for (let conflicts = 0; conflicts < MOST_CONFLICTS; conflicts += 1) {
      const found = await read();
      const given = this.parts.given();
      // what SIBS said may hold what PostgreSQL cannot
      const made = (state: S) => holdable(choose(state, found?.as ?? null, given));
      let before = this.#recent.get(id);
      let decision = before === null ? [] : made(before);
      if (before === null || !bringsFacts(decision)) {
        // that it may not be, or that nothing is to be done, is said of it as it is
        before = await this.load(id);
        if (before === null) throw new Missing(this.#kind.name, id);
        decision = made(before);
      }
      if (isRefusal(decision)) return decision;
      if (decision.length === 0) return this.#decided(before, []);
      await along.first?.(before, decision);
      const seen = along.answer === undefined ? this.#kind.look(before, decision) : null;
      const state = await (seen === null
        ? this.#write(before, decision, given, { ...along, ground: found?.ground })
        : this.#look(before, seen));
      if (state !== null) return this.#decided(state, seen === null ? decision : []);
    }
    throw new Contended(`${this.#kind.name} ${id} was changed by others ${MOST_CONFLICTS} times`);
  }

  async #write(
    before: S,
    facts: readonly F[],
    given: Given,
    { answer, ground, spends, cards }: Along<S, F>,
  ): Promise<S | null> {
    const steps = this.#stepsOf(before, facts);
    const lines = steps.map(({ fact }) => fact);
    const last = steps.at(-1)?.after ?? before;
    const events = this.parts.eventsOf(steps, before.sequence, given);
    const state = { ...last, sequence: before.sequence + events.length };
    const kind = this.#kind;
    const request = answer?.(state);
    const isWritten = await this.#writes.write(
      {
        row: rowOf(this.#kind, state),
        on: before,
        facts: linesOf(lines, before.version + 1),
        events,
        keys: facts.flatMap(kind.keysIn),
        request: requestOf(request, given),
        spends: spends?.(facts, given) ?? [],
        uncounts: steps.flatMap(({ before: met, fact }) => (met === null ? [] : kind.uncountedBy(met, fact))),
        cards: cards?.() ?? [],
        lists: listChangesOf(this.#kind, before, state, lines),
      },
      ground ?? null,
    );
    if (!isWritten) {
      this.#recent.forget(before.id);
      return null;
    }
    request?.committed?.();
    this.#recent.keep(state);
    this.parts.changed(state, { facts, events: events.map(({ type }) => type) });
    return state;
  }

  /** Notes beside the state what an inquiry found that is no fact: nobody is told, for nothing has changed. */
  async #look(before: S, seen: S): Promise<S | null> {
    const { id, version, looks, looked } = seen;
    const row = { id, looks: { on: version, looks }, looked, ...momentsOf(this.#kind, seen) };
    const isWritten = await this.#writes.write({ ...NOTHING_ELSE, row, on: before }, null);
    if (isWritten) this.#recent.keep(seen);
    else this.#recent.forget(id);
    return isWritten ? seen : null;
  }

  #known(row: StoredRow | undefined): S | null {
    if (row === undefined) return null;
    const state = this.#kind.bringUp(row);
    this.#recent.keep(state);
    return state;
  }

  #stepsOf(before: S, facts: readonly F[]): Step<S, R>[] {
    const steps: Step<S, R>[] = [];
    let state = before;
    for (const said of facts) {
      const fact = this.#kind.recorded(state, said, this.parts.by);
      const next = this.#kind.apply(state, fact);
      steps.push({ fact, before: state, after: next });
      state = next;
    }
    return steps;
  }

  /** TypeScript cannot see that a computed name is the one that the type names. */
  #decided(state: S, facts: readonly F[]): Decided<Name, S, F> {
    return { [this.#kind.name]: state, facts } as Decided<Name, S, F>;
  }
}

const isSame = (one: Known, other: Known): boolean => one.version === other.version && one.looked === other.looked;

const isNewer = (one: Known, other: Known): boolean =>
  one.version > other.version || (one.version === other.version && one.looked > other.looked);

/** Whether a decision is written: then its version says whether what it was made on was the newest. */
function bringsFacts<F>(decision: Decision<F>): boolean {
  return !isRefusal(decision) && decision.length > 0;
}

/** There is no subject of this id. */
export class Missing extends Error {
  constructor(name: string, id: string) {
    super(`no ${name} ${shorten(id, 32)}`);
  }
}
