import { momentText } from "@caravela/platform/postgres/text";
import type { Given } from "../domain/decision.ts";
import { FACTS_VERSION } from "../domain/stored.ts";
import { earliest, type Instant } from "../domain/time.ts";
import type { IdempotencyRow } from "./keys.ts";
import type { Kind, Line, Subject } from "./kinds.ts";
import { type ListChanges, type ListRows, listChanges } from "./lists.ts";

// How a subject, its journal and what is listed of it stand in their rows.

/** What of a kind says how one of it is stored. */
type Stored<S extends Subject> = Pick<
  Kind<"payment" | "mandate", S, Line, Line>,
  "stored" | "changing" | "timersOf" | "isAwaited" | "listRows"
>;

/** A subject's own row. Its last fact has taken in what inquiries had come to: nothing stands beside its state. */
export function rowOf<S extends Subject>(kind: Stored<S>, subject: S) {
  const { looks, looked, ...state } = subject;
  const { id, version } = subject;
  return {
    id,
    state: kind.stored(state),
    version,
    listed_version: version,
    looks,
    looked,
    ...momentsOf(kind, subject),
    ...kind.changing(subject),
  };
}

/** When it is looked at, and that nobody waits for that, where nobody does. */
export function momentsOf<S extends Subject>(kind: Stored<S>, state: S, due = earliest(...kind.timersOf(state))) {
  if (due === null) return { due_at: null, unawaited_at: null };
  const due_at = timestamp(due);
  return { due_at, unawaited_at: kind.isAwaited(state, due) ? null : due_at };
}

/** The rows in lists of states that were written: the next decision is made on one of them. */
const LISTED = new WeakMap<object, ListRows>();

/** What a decision changes of what is listed of a subject; `before` null: it is the first. */
export function listChangesOf<S extends Subject>(
  kind: Stored<S>,
  before: S | null,
  after: S,
  lines: readonly Line[],
): ListChanges {
  const listed = kind.listRows(after);
  LISTED.set(after, listed);
  const known = before === null ? null : (LISTED.get(before) ?? kind.listRows(before));
  return listChanges(known, listed, kind.listRows(after, lines));
}

/** What comes of a look: nothing but how it is noted. */
export const NOTHING_ELSE = {
  facts: [],
  events: [],
  keys: [],
  request: null,
  spends: [],
  uncounts: [],
  cards: [],
  lists: { written: {}, removed: {} },
};

/** Facts as lines of a journal, numbered from the first on. */
export function linesOf(facts: readonly Line[], first: number): object[] {
  return facts.map(({ kind, at, ...data }, place) => ({
    number: first + place,
    at: timestamp(at),
    kind,
    version: FACTS_VERSION,
    data,
  }));
}

/** The key of a request, as of the moment at which it is kept; null: there is none. */
export function requestOf(row: IdempotencyRow | undefined, { now: at }: Given) {
  return row === undefined ? null : { ...row, at };
}

/** A moment as a statement takes it. */
export const timestamp = (at: Instant): string => momentText(new Date(at));
