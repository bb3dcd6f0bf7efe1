/** As much of the provider as the tests use; it brings no types along. */
declare module "oidc-provider" {
  import type { IncomingMessage, ServerResponse } from "node:http";

  interface Account {
    readonly accountId: string;
    claims(use: string, scope: string): Record<string, unknown>;
  }

  export class Grant {
    constructor(of: { clientId: string; accountId: string });
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }

  interface Context {
    readonly oidc: {
      readonly client: { readonly clientId: string };
      readonly session: { readonly accountId: string };
      readonly provider: Provider;
    };
  }

  export interface Configuration {
    readonly clients: readonly Record<string, unknown>[];
    readonly claims: Record<string, readonly string[] | null>;
    readonly cookies: { readonly keys: readonly string[] };
    readonly features: Record<string, { readonly enabled: boolean }>;
    readonly jwks: { readonly keys: readonly object[] };
    readonly interactions: { url(context: Context, interaction: { readonly uid: string }): string };
    readonly ttl: Record<string, number>;
    readonly conformIdTokenClaims?: boolean;
    findAccount(context: Context, id: string): Account;
    loadExistingGrant(context: Context): Promise<Grant>;
    renderError(context: object, out: object, error: Error): void;
  }

  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    readonly Grant: typeof Grant;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: { login?: { accountId: string }; error?: string },
      options: { mergeWithLastSubmission: boolean },
    ): Promise<void>;
  }
}
