import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Secret } from "@caravela/platform/secret";
import { Breaker } from "./breaker.ts";
import { SibsPort } from "./port.ts";

interface Connection {
  readonly settings: { readonly sibsBaseUrl: string; readonly sibsMandatesBaseUrl: string };
  readonly credentials: { readonly terminalId: string; readonly clientId: string; readonly token: Secret };
  readonly clock: Clock;
  readonly chance: Chance;
  readonly fetch: typeof globalThis.fetch;
}

/**
 * The one way to SIBS, and who spares it: made together, so that whatever is called, SIBS's wish to be spared is heard.
 */
export function connectSibs({ settings, credentials, clock, chance, fetch }: Connection): {
  readonly sibs: SibsPort;
  readonly breaker: Breaker;
} {
  const breaker = new Breaker(clock, chance);
  const sibs = new SibsPort({
    baseUrl: settings.sibsBaseUrl,
    mandatesBaseUrl: settings.sibsMandatesBaseUrl,
    terminalId: credentials.terminalId,
    clientId: credentials.clientId,
    token: credentials.token.reveal(),
    clock,
    fetch,
    onTry: (came) => breaker.note(came),
  });
  return { sibs, breaker };
}
