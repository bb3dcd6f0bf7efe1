import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import type { Secret } from "@caravela/platform/secret";
import { type CardLimits, CardTries } from "./card-tries.ts";
import { SavedCards } from "./cards.ts";
import { Continuations } from "./continuations.ts";
import { type PhoneLimits, PhoneRequests } from "./phone-requests.ts";

interface Keeping {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly chance: Chance;
  /** The terminal's, under which continuations are sealed. */
  readonly token: Secret;
  readonly limits: { readonly cardLimits: CardLimits; readonly phoneLimits?: PhoneLimits };
}

/** What is kept beside payments and mandates. */
export function openKept({ pool, clock, chance, token, limits }: Keeping) {
  const { cardLimits, phoneLimits = { most: 0, withinMinutes: 1 } } = limits;
  return {
    continuations: new Continuations({ pool, clock, chance, token }),
    savedCards: new SavedCards(pool),
    cardTries: new CardTries(pool, clock, cardLimits),
    phoneRequests: new PhoneRequests(pool, clock, phoneLimits),
  };
}
