import type { Http } from "@caravela/platform/http";
import { invitationPages } from "./invitation-pages.ts";
import { openLimits } from "./limits.ts";
import { localPages } from "./local-pages.ts";
import { loginPages } from "./login-pages.ts";
import { ownPasskeyPages } from "./own-passkey-pages.ts";
import { passkeyRoutes } from "./passkey-routes.ts";
import { signOnPages } from "./sign-on-pages.ts";
import type { SingleSignOn } from "./single-sign-on.ts";
import { touchRoutes } from "./touch-routes.ts";

type ServesPages = Parameters<typeof localPages>[1] &
  Parameters<typeof invitationPages>[1] &
  Parameters<typeof loginPages>[1] &
  Omit<Parameters<typeof signOnPages>[1], "signOn"> & {
    /** The company's own provider; null: there is none. */
    readonly signOn: SingleSignOn | null;
  };

/** The pages by which colleagues sign in. */
export async function colleaguePages(http: Http, ports: ServesPages): Promise<void> {
  const { signOn } = ports;
  await localPages(http, ports);
  await invitationPages(http, ports);
  await loginPages(http, ports);
  await ownPasskeyPages(http, ports);
  if (signOn !== null) await signOnPages(http, { ...ports, signOn });
}

/** What of `/v1` a colleague does with their own passkeys. */
export async function passkeysOfV1(http: Http, ports: Parameters<typeof passkeyRoutes>[1]): Promise<void> {
  await openLimits(http);
  touchRoutes(http, ports);
  passkeyRoutes(http, ports);
}
