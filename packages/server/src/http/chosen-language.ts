import { type Lang, preferredLang } from "@caravela/web/lang";
import { parseCookie, stringifySetCookie } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";

const COOKIE = "caravela-language";
const A_YEAR = 365 * 24 * 3600;

/** The language in which somebody works: the one that they chose, else the one that their browser wants. */
export function langOf({ headers }: FastifyRequest): Lang {
  const chosen = parseCookie(headers.cookie ?? "")[COOKIE];
  return chosen === "pt" || chosen === "en" ? chosen : preferredLang(headers["accept-language"]);
}

/** Keeps the language that somebody chose, in their browser. */
export function keepLang(reply: FastifyReply, lang: Lang): void {
  const kept = {
    name: COOKIE,
    value: lang,
    path: "/dashboard",
    maxAge: A_YEAR,
    httpOnly: true,
    sameSite: "lax",
  } as const;
  reply.header("set-cookie", stringifySetCookie(kept));
}
