import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Given } from "./domain/decision.ts";

/** Who knows what time it is, and makes identifiers. */
export interface Timed {
  readonly clock: Clock;
  readonly chance: Chance;
}

/** The moment, and new identifiers, for one decision. */
export function given({ clock, chance }: Timed): Given {
  return { now: clock.now().getTime(), id: (prefix) => chance.id(prefix) };
}
