/** The members of a state that the first version did not have. */
export type Since<State, First extends readonly (keyof State)[]> = Omit<State, First[number]>;

/** A state with all that the first version had, and perhaps what came later. */
export type Earlier<State, First extends readonly (keyof State)[]> = Pick<State, First[number]> & Partial<State>;

/** A stored state that this version cannot read. It is left as it is: nothing is guessed about money. */
export class NotOfThisShape extends Error {
  constructor(what: string, id: unknown, lacking: string) {
    super(
      `the stored ${what} ${typeof id === "string" ? id : "without an id"} is of a shape that this version does not know (${lacking}): ` +
        "run the version that wrote it, or a newer one",
    );
    this.name = "NotOfThisShape";
  }
}

/**
 * Reads a stored state that must have at least what the first version had.
 * @throws NotOfThisShape naming the first member that is not there.
 */
export function membersOf<State, First extends readonly (keyof State)[]>(
  what: string,
  stored: unknown,
  first: First,
): Earlier<State, First> {
  if (typeof stored !== "object" || stored === null) throw new NotOfThisShape(what, null, "it is no object");
  const state = stored as Partial<State> & { readonly id?: unknown };
  const lacking = first.find((member) => state[member] === undefined);
  if (lacking !== undefined) throw new NotOfThisShape(what, state.id, `no ${String(lacking)}`);
  return state as Earlier<State, First>;
}

/**
 * The version of the facts that are written now: what inquiries said that were none stands in the next one. 3 wrote
 * each inquiry down, and kept nowhere else what it said; 2 left what was decided to the rules of whoever adds up; 1 is
 * that of every version that was released without one.
 */
export const FACTS_VERSION = 4;

/** From this version on a fact says what was decided, and who caused it. */
export const DECIDED_SINCE = 3;

/** A row that holds a state, and beside it what inquiries that were no facts have come to. */
export interface StoredRow<Looks = unknown> {
  readonly state: unknown;
  /** Of which version of the state they are: a server of the release before writes a state past them. */
  readonly looks: { readonly on: number; readonly looks: Looks } | null;
  readonly looked: number;
}

/** What inquiries have come to since a version of a state. Null: nothing; what is of another version is past. */
export function looksOn<Looks>({ looks }: StoredRow<Looks>, version: number): Looks | null {
  return looks?.on === version ? looks.looks : null;
}

/** A line of a journal as it is stored. */
export interface StoredFact {
  readonly kind: string;
  readonly at: Date;
  /** In which version's words it is written. */
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}
