import { Secret } from "@caravela/platform/secret";
import { headerWord, httpUrl, isLoopback, oneLine, type Reading, setting } from "@caravela/platform/settings";
import type { SignOnSettings } from "./single-sign-on.ts";

const BESIDE = ["CARAVELA_OIDC_CLIENT_ID", "CARAVELA_OIDC_CLIENT_SECRET", "CARAVELA_OIDC_ROLES_CLAIM"];

/** The company's own provider, by which colleagues sign in; null: there is none. */
export function readSignOn(reading: Reading): SignOnSettings | null {
  const issuer = setting<string | null>(reading, "CARAVELA_OIDC_ISSUER", { default: null, parse: issuerAddress });
  if (issuer === null) {
    const lonely = BESIDE.filter((name) => (reading.env[name]?.trim() ?? "") !== "");
    const isSet = (reading.env.CARAVELA_OIDC_ISSUER?.trim() ?? "") !== "";
    if (lonely.length > 0 && !isSet)
      reading.faults.push(`${lonely.join(", ")} without CARAVELA_OIDC_ISSUER: say which provider it is of.`);
    return null;
  }
  return {
    issuer,
    clientId: setting(reading, "CARAVELA_OIDC_CLIENT_ID", { parse: headerWord }),
    clientSecret: new Secret(setting(reading, "CARAVELA_OIDC_CLIENT_SECRET", { parse: headerWord, isSecret: true })),
    rolesClaim: setting(reading, "CARAVELA_OIDC_ROLES_CLAIM", { default: "roles", parse: oneLine(200) }),
  };
}

/** What the provider says goes over a line on which nobody listens: TLS, unless it is this machine. */
function issuerAddress(text: string): string {
  const url = httpUrl(text);
  if (url.startsWith("http:") && !isLoopback(url)) throw new TypeError("an address beginning with https:// is needed");
  return text.trim();
}
