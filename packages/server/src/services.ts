import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Log } from "@caravela/platform/log";
import type { Given } from "./domain/decision.ts";
import type { Method } from "./domain/methods/index.ts";
import type { InFlight } from "./sibs/in-flight.ts";
import type { SibsPort } from "./sibs/port.ts";
import type { CardTries } from "./storage/card-tries.ts";
import type { SavedCards } from "./storage/cards.ts";
import type { Continuations } from "./storage/continuations.ts";
import type { MandateStore } from "./storage/mandates.ts";
import type { PaymentStore } from "./storage/payments.ts";
import type { PhoneRequests } from "./storage/phone-requests.ts";

/** What the use cases work with; built once, in `main.ts`. */
export interface Services {
  readonly store: PaymentStore;
  readonly sibs: SibsPort;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  readonly continuations: Continuations;
  readonly savedCards: SavedCards;
  readonly mandates: MandateStore;
  readonly cardTries: CardTries;
  readonly phoneRequests: PhoneRequests;
  /** Calls to SIBS that nobody waits for any more, but that must be brought to their end. */
  readonly inFlight: InFlight;
  /** Counts what SIBS said that no rule knows. */
  readonly countUnknown: (paymentStatus: string) => void;
  readonly settings: {
    /** How browsers reach this server, without a slash at the end. */
    readonly publicUrl: string;
    readonly merchantName: string;
    /** The Multibanco entity of the terminal, five digits. */
    readonly entity: string;
    /** What the page offers unless the shop says otherwise. */
    readonly methods: readonly Method[];
    /** Whether an attempt whose time is over is ended also while SIBS cannot be asked how it ended: speed above certainty. */
    readonly timeOutUnasked: boolean;
    /** How customers reach the merchant, as their page shows it; null: it does not. */
    readonly merchantContact: string | null;
  };
}

/** The moment, and new identifiers, for one decision. */
export function given({ clock, chance }: Pick<Services, "clock" | "chance">): Given {
  return { now: clock.now().getTime(), id: (prefix) => chance.id(prefix) };
}
