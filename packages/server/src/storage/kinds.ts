import type { Queries } from "@caravela/platform/postgres/pool";
import type { Recent } from "@caravela/platform/recent";
import type { By } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { SubjectId, TerminalId } from "../domain/identifiers.ts";
import type { StoredFact, StoredRow } from "../domain/stored.ts";
import type { Instant } from "../domain/time.ts";
import type { SavedCard } from "./cards.ts";
import type { MakesEvents } from "./events.ts";
import type { Ground } from "./ground.ts";
import type { InTurn } from "./in-turn.ts";
import type { ListRows } from "./lists.ts";
import type { Reads } from "./reads.ts";
import type { Spent, Uncounted } from "./refund-days.ts";
import type { Writes } from "./writes.ts";

/** What has a journal: a payment, a mandate. */
export interface Subject {
  readonly id: SubjectId;
  readonly createdAt: Instant;
  readonly version: number;
  readonly sequence: number;
  /** What inquiries that were no facts have come to; null: nothing since the last fact. */
  readonly looks: object | null;
  readonly looked: number;
}

/** One line of a journal. */
export interface Line {
  readonly kind: string;
  readonly at: Instant;
}

/** A line of a journal, and its place in it, from 1. */
export interface Entry<R> {
  readonly number: number;
  readonly line: R;
}

/**
 * What makes one kind of subject out of its facts, and where it is stored. `F`: what a decision says; `R`: how it
 * stands in the journal.
 */
export interface Kind<Name extends "payment" | "mandate", S extends Subject, F extends Line, R extends F> {
  /** What it is called, and its table. */
  readonly name: Name;
  /** The values of the table's own columns, by their names. */
  changing(state: S): Readonly<Record<string, unknown>>;
  fixed(state: S): Readonly<Record<string, unknown>>;
  /** The state as it is written: with what only a server of the version before reads. */
  stored(state: Omit<S, "looks" | "looked">): object;
  /**
   * A stored row, of this version or an earlier one, in today's shape. The one way in which a stored state is read.
   */
  bringUp(row: StoredRow): S;
  /**
   * What a decision says, as it is written: with who caused it, and what the rules of today make of it. Null: it is the
   * first.
   */
  recorded(before: S | null, fact: F, by: By): R;
  /** A line as it was stored, by this version or an earlier one, in today's words; `before`: the state that it met. */
  bringUpFact(before: S | null, stored: StoredFact): R;
  /** The state after one more line of the journal; null: before its first. */
  apply(state: S | null, line: R): S;
  /** Its rows in lists; `lines`: what the journal says beside the state, as far as it is at hand. */
  listRows(state: S, lines?: readonly Line[]): ListRows;
  /** The state after what inquiries found that is no fact; null: something new is to be written. */
  look(state: S, facts: readonly F[]): S | null;
  /** All moments at which somebody has to look at it; null: one that is not set. */
  timersOf(state: S): readonly (Instant | null)[];
  /** Whether somebody waits for what is to be done for it at a moment. */
  isAwaited(state: S, at: Instant): boolean;
  /** The keys by which it can be found from this fact on. */
  keysIn(fact: F): readonly string[];
  /** What counts in nobody's day any more, since this fact about a subject says that nothing came of it. */
  uncountedBy(before: S, fact: F): readonly Uncounted[];
}

/** Told of every subject that changed, after the change is durable. */
export type Changed<S, F> = (state: S, written: Written<F>) => void;

/** What became of a decision: the subject as it stands, and the facts that were written (none: nothing changed). */
export type Decided<Name extends string, S, F> = { readonly [K in Name]: S } & { readonly facts: readonly F[] };

/** What a store works with. */
export interface StoreParts<S extends Subject, F> {
  /** The pool, or, within a transaction of somebody's, its connection. */
  readonly pool: Queries;
  readonly given: () => Given;
  /** Who has decided what is decided here. */
  readonly by: By;
  /** What the shop is told of what happened. */
  readonly eventsOf: MakesEvents<S, F>;
  readonly changed: Changed<S, F>;
  /** Whose everything is that was made before it remembered its terminal. */
  readonly before: TerminalId;
  /** Shared by the stores of all who decide; a store makes its own where there are none. */
  readonly recent?: Recent<S>;
  readonly reads?: Reads;
  readonly writes?: Writes;
  readonly turns?: InTurn;
}

/** Reads what a decision stands on beside its subject. Null: there is no such row. */
export type ReadGround<G> = () => Promise<{ readonly ground: Ground; readonly as: G } | null>;

/** What one decision brought, once it is durable. */
export interface Written<F> {
  readonly facts: readonly F[];
  readonly events: readonly string[];
}

/** What is written with a decision in rows of others, from what was decided: both are written, or neither. */
export interface Beside<S, F> {
  /**
   * What must be done, and does no harm where the decision is not written after all: it is done before, so that whoever
   * dies between has not forgotten it.
   */
  readonly first?: (state: S, facts: readonly F[]) => Promise<void>;
  /** What of it counts in a day's refunds of keys that have a limit. */
  readonly spends?: (facts: readonly F[], given: Given) => readonly Spent[];
  /** The customers' cards that are kept. */
  readonly cards?: () => readonly SavedCard[];
}
