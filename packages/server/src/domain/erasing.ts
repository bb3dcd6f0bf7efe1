/** What becomes of one member of something when the person that it tells of is erased. */
export type Treatment = typeof KEPT | ((value: unknown) => unknown);

/** It tells nothing of the person: sums, statuses, moments, identifiers, what SIBS itself says of the money. */
export const KEPT = "kept";

/** It is not known any more. */
export const gone = (): null => null;
export const emptied = (): object => ({});

/** All members that something has in any of its cases. */
type MemberOf<T> = T extends unknown ? keyof T : never;

/** What becomes of each member: one that is new does not compile until somebody has said so. */
export type Erasing<T> = { readonly [Member in MemberOf<T>]-?: Treatment };

/**
 * Erases a person from what is stored as JSON, by what becomes of each member. What no member is known by, as of
 * another version, goes: nobody has said that it tells nothing of the person. Erased twice, it is as it was erased
 * once.
 */
export function erasing<T>(members: Erasing<T>): (value: unknown) => unknown {
  const treatments: Readonly<Record<string, Treatment>> = members;
  const erased = ([name, value]: readonly [string, unknown]): [string, unknown] => {
    const treatment = Object.hasOwn(treatments, name) ? treatments[name] : gone;
    return [name, treatment === KEPT || treatment === undefined ? value : treatment(value)];
  };
  return (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(erased))
      : null;
}

/** The same, of each in a list. */
export function eachOf(one: (value: unknown) => unknown): (list: unknown) => unknown {
  return (list) => (Array.isArray(list) ? list.map(one) : []);
}

/** Something that is not over: while it is not, whom it is about cannot be erased. */
export interface Live {
  /** The identifier of what is not over. */
  readonly id: string;
  readonly why:
    | "attempt_under_way"
    | "attempt_claimed"
    | "reference_being_withdrawn"
    | "new_request_wanted"
    | "charged_again"
    | "operation_under_way"
    | "money_held"
    | "money_owed"
    | "needs_attention"
    | "mandate_live"
    | "mandate_asked_about"
    | "plan_live";
}
