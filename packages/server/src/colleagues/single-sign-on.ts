import { createHmac } from "node:crypto";
import type { Clock } from "@caravela/platform/clock";
import type { Secret } from "@caravela/platform/secret";
import { lineOf } from "@caravela/sibs/text";
import * as oidc from "openid-client";
import type { Role } from "../domain/person.ts";
import { readRole } from "./role-claim.ts";

/** The company's own provider of OpenID Connect, by which people sign in, and which says what they are here. */
export interface SignOnSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Which claim says what somebody is here. */
  readonly rolesClaim: string;
}

/** Whoever the provider says it is. */
export interface SignedOn {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
  /** Whether they have just shown the provider who they are. */
  readonly isFresh: boolean;
}

/** How long the provider may take for each answer, in seconds. */
const PATIENCE = 10;

/** So long ago somebody has shown who they are, at most, for it to be just now. */
const FRESH_MS = 60_000;

/** So much of a name is kept. */
const LONGEST_NAME = 100;

/** Signs people in by the company's provider. What it says of itself is read when first somebody asks. */
export class SingleSignOn {
  readonly #settings: SignOnSettings;
  readonly #clock: Clock;
  #configuration: Promise<oidc.Configuration> | null = null;

  /** @param clock the machine's own: the provider's tokens are of its time */
  constructor(settings: SignOnSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /**
   * Where a browser is sent. @param browser what it was given, and nobody else has. @param isFresh whether somebody is
   * to show once more who they are, however lately they did
   */
  async addressFor(browser: string, { redirect, isFresh }: { redirect: string; isFresh: boolean }): Promise<URL> {
    const configuration = await this.#provider();
    const { rolesClaim } = this.#settings;
    const offered = configuration.serverMetadata().scopes_supported ?? [];
    return oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: redirect,
      scope: ["openid", "profile", ...(offered.includes(rolesClaim) ? [rolesClaim] : [])].join(" "),
      state: stateOf(browser),
      nonce: drawn(browser, "nonce"),
      code_challenge: await oidc.calculatePKCECodeChallenge(drawn(browser, "verifier")),
      code_challenge_method: "S256",
      ...(isFresh && { prompt: "login", max_age: "0" }),
    });
  }

  /**
   * Who it is that came back. Null: they have no role here. @param came the whole address that the browser came to
   * @throws what the provider, or the network on the way to it, did wrong
   */
  async whoCame(browser: string, came: URL): Promise<SignedOn | null> {
    const configuration = await this.#provider();
    const tokens = await oidc.authorizationCodeGrant(configuration, came, {
      pkceCodeVerifier: drawn(browser, "verifier"),
      expectedState: stateOf(browser),
      expectedNonce: drawn(browser, "nonce"),
      idTokenExpected: true,
    });
    const told = tokens.claims();
    if (told === undefined) return null;
    const { rolesClaim, issuer } = this.#settings;
    const isAll = readRole(told, rolesClaim) !== null && typeof told.name === "string";
    const claims = isAll ? told : { ...(await userInfo(configuration, tokens, told.sub)), ...told };
    const role = readRole(claims, rolesClaim);
    if (role === null) return null;
    return { issuer, subject: told.sub, name: nameIn(claims), role, isFresh: this.#isFresh(told.auth_time) };
  }

  #isFresh(authTime: unknown): boolean {
    return typeof authTime === "number" && this.#clock.now().getTime() - authTime * 1000 <= FRESH_MS;
  }

  #provider(): Promise<oidc.Configuration> {
    this.#configuration ??= this.#discover().catch((error: unknown) => {
      this.#configuration = null; // it is asked again by whoever comes next
      throw error;
    });
    return this.#configuration;
  }

  async #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const url = new URL(issuer);
    return oidc.discovery(url, clientId, clientSecret.reveal(), undefined, {
      timeout: PATIENCE,
      // the settings have it on this machine alone
      execute: url.protocol === "http:" ? [oidc.allowInsecureRequests] : [],
    });
  }
}

/** What the answer must name that a browser came back with. */
export function stateOf(browser: string): string {
  return drawn(browser, "state");
}

/** Drawn from what the browser alone has, so that nothing of it need be kept. */
function drawn(browser: string, what: "state" | "nonce" | "verifier"): string {
  return createHmac("sha256", browser).update(`caravela sign-on ${what}`).digest("base64url");
}

type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

/** What many providers tell there alone. */
async function userInfo(configuration: oidc.Configuration, { access_token }: Tokens, subject: string) {
  if (configuration.serverMetadata().userinfo_endpoint === undefined) return {};
  return oidc.fetchUserInfo(configuration, access_token, subject);
}

function nameIn({ name, preferred_username, email, sub }: Readonly<Record<string, unknown>>): string {
  const named = [name, preferred_username, email, sub].map((one) =>
    typeof one === "string" ? lineOf(one, LONGEST_NAME) : "",
  );
  return named.find((one) => one !== "") ?? "";
}
