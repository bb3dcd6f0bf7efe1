import type { Secret } from "@caravela/platform/secret";
import { parseCookie, stringifySetCookie } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";

/** The cookie of whoever is signed in: by its name a browser takes it from this very server, over HTTPS, alone. */
export const SESSION_COOKIE = "__Host-caravela";

/**
 * A header by which a page says that it asks by itself, and nobody in front of it: that is answered, and keeps nobody
 * signed in.
 */
export const UNATTENDED = "caravela-unattended";

const OF_THIS_SERVER = { path: "/", secure: true, httpOnly: true, sameSite: "strict" } as const;

/** What a browser shows of being signed in; null: nothing. */
export function sessionToken({ headers }: FastifyRequest): string | null {
  return parseCookie(headers.cookie ?? "")[SESSION_COOKIE] ?? null;
}

/** Gives a browser the cookie, until it is closed. */
export function giveSession(reply: FastifyReply, token: Secret): void {
  setCookie(reply, { value: token.reveal() });
}

/** Takes the cookie from a browser. */
export function takeSession(reply: FastifyReply): void {
  setCookie(reply, { value: "", maxAge: 0 });
}

function setCookie(reply: FastifyReply, more: { readonly value: string; readonly maxAge?: number }): void {
  reply.header("set-cookie", stringifySetCookie({ name: SESSION_COOKIE, ...OF_THIS_SERVER, ...more }));
}
