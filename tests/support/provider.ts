import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";
import { freePort } from "./shop.ts";

/** Somebody as the company's provider knows them. */
export interface Account {
  readonly name?: string;
  readonly roles?: unknown;
}

/** A provider of OpenID Connect that runs here. */
export interface RunningProvider {
  readonly issuer: string;
  /** Who has an account there, by its name for them. */
  readonly accounts: Map<string, Account>;
  /** Whoever signs in there next; null: they refuse. */
  signsIn: string | null;
  close(): Promise<void>;
}

/** How our server is known there. */
export const CLIENT = { id: "caravela", secret: "the-secret-that-the-provider-gave" } as const;

/** Starts it. @param redirect where it may send browsers back to @param inIdToken whether roles are told at once */
export async function startProvider(redirect: string, inIdToken = true): Promise<RunningProvider> {
  const port = await freePort();
  const issuer = `http://127.0.0.1:${port}`;
  const accounts = new Map<string, Account>();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirect] }],
    claims: { openid: ["sub"], profile: ["name"], roles: ["roles"] },
    conformIdTokenClaims: !inIdToken,
    cookies: { keys: ["signs the provider's own cookies"] },
    features: { devInteractions: { enabled: false } },
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts.get(id) }) }),
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope("openid profile roles");
      await grant.save();
      return grant;
    },
    renderError: (context, _out, error) => Object.assign(context, { body: error.message }),
  });
  const answer = provider.callback();
  const running = { signsIn: null as string | null };
  const server = createServer((request, response) => {
    if (request.url?.startsWith("/interaction/") !== true) return void answer(request, response);
    const { signsIn } = running;
    const result = signsIn === null ? { error: "access_denied" } : { login: { accountId: signsIn } };
    void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return Object.assign(running, {
    issuer,
    accounts,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** Goes where the provider leads a browser of its own; the address by which it leads back. */
export async function throughProvider(address: string, back: string): Promise<string> {
  const cookies = new Map<string, string>();
  let at = address;
  while (!at.startsWith(back)) {
    const response = await fetch(at, {
      redirect: "manual",
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const next = response.headers.get("location");
    if (next === null) throw new Error(`the provider answers ${response.status}: ${await response.text()}`);
    at = new URL(next, at).href;
  }
  return at;
}
