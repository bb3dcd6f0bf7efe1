import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import type { Secret } from "@caravela/platform/secret";
import type { Terminal, Terminals } from "../terminals.ts";
import { Approvals } from "./approvals.ts";
import { type CardLimits, CardTries } from "./card-tries.ts";
import { SavedCards } from "./cards.ts";
import { Continuations } from "./continuations.ts";
import { CustomerMails } from "./customer-mails.ts";
import { PaymentNotes } from "./notes.ts";
import { type PhoneLimits, PhoneRequests } from "./phone-requests.ts";
import { RefundDays } from "./refund-days.ts";

interface Keeping {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Under the token of each, its continuations are sealed. */
  readonly terminals: Terminals<Terminal & { readonly token: Secret }>;
  readonly limits: { readonly cardLimits: CardLimits; readonly phoneLimits?: PhoneLimits };
}

/** What is kept beside payments and mandates. */
export function openKept({ pool, clock, chance, terminals, limits }: Keeping) {
  const { cardLimits, phoneLimits = { most: 0, withinMinutes: 1 } } = limits;
  return {
    continuations: new Continuations({ pool, clock, chance, terminals }),
    savedCards: new SavedCards(pool),
    cardTries: new CardTries({ pool, clock, limits: cardLimits, before: terminals.before }),
    phoneRequests: new PhoneRequests(pool, clock, phoneLimits),
    refundDays: new RefundDays(pool, clock),
    approvals: new Approvals(pool),
    notes: new PaymentNotes(pool),
    customerMails: new CustomerMails(pool, clock),
  };
}
