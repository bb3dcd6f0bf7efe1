import { parseCookie, stringifySetCookie } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { CHALLENGE_LASTS } from "../storage/challenges.ts";

/**
 * What tells a browser in which nobody is signed in yet from every other, for as long as something is asked of it. An
 * answer that it was asked for is good in no other browser.
 */
export class BrowserCookie {
  readonly #name: string;
  readonly #sameSite: "strict" | "lax";

  /** @param sameSite `lax` where the answer comes from another site's page, by a link */
  constructor(name: string, sameSite: "strict" | "lax") {
    this.#name = `__Host-caravela-${name}`;
    this.#sameSite = sameSite;
  }

  /** What the browser was given; null: nothing. */
  of({ headers }: FastifyRequest): string | null {
    const value = parseCookie(headers.cookie ?? "")[this.#name] ?? "";
    return /^[\w-]{43}(\.[\w-]{1,2000})?$/.test(value) ? value : null;
  }

  give(reply: FastifyReply, value: string): void {
    this.#set(reply, value, CHALLENGE_LASTS / 1000);
  }

  take(reply: FastifyReply): void {
    this.#set(reply, "", 0);
  }

  #set(reply: FastifyReply, value: string, maxAge: number): void {
    const cookie = { name: this.#name, value, maxAge, path: "/", secure: true, httpOnly: true } as const;
    reply.header("set-cookie", stringifySetCookie({ ...cookie, sameSite: this.#sameSite }));
  }
}
