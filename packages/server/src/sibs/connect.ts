import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Secret } from "@caravela/platform/secret";
import { at, type ByTerminal, byTerminal, type Terminal, type Terminals } from "../terminals.ts";
import { Breaker } from "./breaker.ts";
import { type SibsCalls, SibsPort } from "./port.ts";
import { UNSERVED } from "./unserved.ts";

/** A terminal as SIBS knows it. */
interface CallingTerminal extends Terminal {
  readonly clientId: string;
  readonly token: Secret;
}

interface Connection {
  readonly settings: { readonly sibsBaseUrl: string; readonly sibsMandatesBaseUrl: string };
  readonly terminals: Terminals<CallingTerminal>;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly fetch: typeof globalThis.fetch;
}

/** What is made of one terminal. */
interface Connected {
  readonly sibs: SibsCalls;
  readonly breaker: Breaker;
}

/**
 * The one way to SIBS of each terminal, and who spares it there: made together, so that whatever is called, SIBS's wish
 * to be spared is heard. What SIBS answers to one terminal holds up no other.
 */
export function connectSibs({ settings, terminals, clock, chance, fetch }: Connection): {
  readonly sibs: ByTerminal<SibsCalls>;
  readonly breaker: ByTerminal<Breaker>;
} {
  const connect = ({ id, clientId, token }: CallingTerminal): Connected => {
    const breaker = new Breaker(clock, chance);
    const sibs = new SibsPort({
      baseUrl: settings.sibsBaseUrl,
      mandatesBaseUrl: settings.sibsMandatesBaseUrl,
      terminalId: id,
      clientId,
      token: token.reveal(),
      clock,
      fetch,
      onTry: (came) => breaker.note(came),
    });
    return { sibs, breaker };
  };
  const connected = terminals.each(connect, { sibs: UNSERVED, breaker: new Breaker(clock, chance) });
  return {
    sibs: byTerminal((subject) => at(connected, subject).sibs),
    breaker: byTerminal((subject) => at(connected, subject).breaker),
  };
}
