import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Secret } from "@caravela/platform/secret";
import type { TryOutcome } from "@caravela/sibs";
import { at, type ByTerminal, byTerminal, type Terminal, type Terminals } from "../terminals.ts";
import { Breaker } from "./breaker.ts";
import { CallRate } from "./call-rate.ts";
import { type SibsCalls, SibsPort } from "./port.ts";
import { UNSERVED } from "./unserved.ts";

/** A terminal as SIBS knows it. */
interface CallingTerminal extends Terminal {
  readonly clientId: string;
  readonly token: Secret;
}

interface Connection {
  readonly settings: {
    readonly sibsBaseUrl: string;
    readonly sibsMandatesBaseUrl: string;
    readonly sibsCallsPerSecond?: number;
  };
  readonly terminals: Terminals<CallingTerminal>;
  readonly clock: Clock;
  /** What seconds are counted by. */
  readonly systemClock: Clock;
  readonly chance: Chance;
  readonly fetch: typeof globalThis.fetch;
}

/** What is made of one terminal. */
interface Connected {
  readonly sibs: SibsCalls;
  readonly sibsInTurn: SibsCalls;
  readonly breaker: Breaker;
}

/**
 * The one way to SIBS of each terminal, and who spares it there: made together, so that whatever is called, SIBS's wish
 * to be spared is heard, and the call is counted. What SIBS answers to one terminal holds up no other.
 */
export function connectSibs({ settings, terminals, clock, systemClock, chance, fetch }: Connection): {
  /** For what somebody waits for: its calls go at once. */
  readonly sibs: ByTerminal<SibsCalls>;
  /** For what may wait: its calls have their turn in what the others leave. */
  readonly sibsInTurn: ByTerminal<SibsCalls>;
  readonly breaker: ByTerminal<Breaker>;
} {
  const rate = new CallRate(settings.sibsCallsPerSecond ?? 0, systemClock);
  const connect = ({ id, clientId, token }: CallingTerminal): Connected => {
    const breaker = new Breaker(clock, chance);
    const options = {
      baseUrl: settings.sibsBaseUrl,
      mandatesBaseUrl: settings.sibsMandatesBaseUrl,
      terminalId: id,
      clientId,
      token: token.reveal(),
      clock,
      fetch,
      onTry: (came: TryOutcome) => breaker.note(came),
    };
    const sibs = new SibsPort(options, async () => rate.count());
    return { sibs, sibsInTurn: new SibsPort(options, () => rate.turn()), breaker };
  };
  const unserved = { sibs: UNSERVED, sibsInTurn: UNSERVED, breaker: new Breaker(clock, chance) };
  const connected = terminals.each(connect, unserved);
  return {
    sibs: byTerminal((subject) => at(connected, subject).sibs),
    sibsInTurn: byTerminal((subject) => at(connected, subject).sibsInTurn),
    breaker: byTerminal((subject) => at(connected, subject).breaker),
  };
}
