import type { StoredFact } from "../stored.ts";
import type { MandateFact } from "./facts.ts";

/** A fact as it was stored, by this version or an earlier one: those of every version have the same words. */
export function bringUpMandateFact({ kind, at, data }: StoredFact): MandateFact {
  return { kind, at: at.getTime(), ...data } as MandateFact;
}
