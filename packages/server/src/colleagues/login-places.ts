import type { WherePasskeys } from "@caravela/web/login";
import type { FastifyRequest } from "fastify";
import { dashboardPath } from "../http/own-page.ts";
import { problem } from "../http/problems.ts";
import { type AsksForPasskeys, relyingParty } from "./by-passkey.ts";
import { type RelyingParty, relyingPartyAt } from "./relying-party.ts";

export const LOGIN_PATH = "/dashboard/login";
export const SIGN_ON_PATH = "/dashboard/login/sign-on";

/** Where one signs in by the company's own provider, and is led on from. */
export function signOnPath(publicUrl: string, back: string | null): string {
  return `${ownOrigin(publicUrl)}${SIGN_ON_PATH}${back === null ? "" : `?to=${encodeURIComponent(back)}`}`;
}

/** Where browsers find the pages of signing in: at the name that passkeys are made for, where they can be. */
export function ownOrigin(publicUrl: string): string {
  const party = relyingPartyAt(publicUrl);
  return typeof party === "string" ? publicUrl : party.origin;
}

/** Where passkeys work, for a page that asks for one. */
export function wherePasskeys(publicUrl: string): WherePasskeys {
  const party = relyingPartyAt(publicUrl);
  return typeof party === "string" ? party : { origin: party.origin };
}

/** For whom passkeys are made here. @throws Problem with status 409 where nobody's can be */
export function partyHere(ports: Pick<AsksForPasskeys, "own">): RelyingParty {
  const party = relyingParty(ports);
  if (party === null)
    throw problem("passkeys_impossible", "Set CARAVELA_PUBLIC_URL to the server's own name, with https.");
  return party;
}

/** Where somebody wanted to go, as the form says or the page's address does. */
export function backOf(request: FastifyRequest): string | null {
  return dashboardPath(fieldOf(request, "to")) ?? dashboardPath((request.query as { readonly to?: unknown }).to);
}

/** What stands in a field of the form that a request brought; empty: nothing, or it came twice. */
export function fieldOf({ body }: FastifyRequest, name: string): string {
  const value = typeof body === "object" && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  return typeof value === "string" ? value : "";
}
