import { isPageLang, LANGUAGE_HEADER, type PageLang, preferredPageLang } from "@caravela/web/lang";
import { parseCookie, stringifySetCookie } from "cookie";
import type { FastifyReply, FastifyRequest } from "fastify";

const COOKIE = "caravela-language";
const A_YEAR = 365 * 24 * 3600;

/**
 * The language of a customer's page: the one that they chose there, else the one that the shop gave, else the one that
 * their browser wants. A page's script is answered in the language of the page.
 */
export function langOf(request: FastifyRequest, given: PageLang | null): PageLang {
  const { [LANGUAGE_HEADER]: own } = request.headers;
  return isPageLang(own) ? own : (chosenOf(request) ?? given ?? preferredPageLang(request.headers["accept-language"]));
}

/** The language that a customer chose on a page; null: none. */
export function chosenOf(request: FastifyRequest): PageLang | null {
  return chosenIn(request) ?? keptIn(request);
}

/** The way to another of our pages, in the language that was chosen on this one. */
export function inChosen(path: string, chosen: PageLang | null): string {
  return chosen === null ? path : `${path}?lang=${chosen}`;
}

/** Keeps the language that is chosen by opening a page, for all that is below it. @param page where it is. */
export function keepChosen(request: FastifyRequest, reply: FastifyReply, page: URL): void {
  const chosen = chosenIn(request);
  if (chosen === null) return;
  const kept = {
    name: COOKIE,
    value: chosen,
    path: page.pathname,
    maxAge: A_YEAR,
    httpOnly: true,
    // Kept on the way back from the issuer's page too, which leads here from elsewhere.
    sameSite: "lax",
    secure: page.protocol === "https:",
  } as const;
  reply.header("set-cookie", stringifySetCookie(kept));
}

function chosenIn({ query }: FastifyRequest): PageLang | null {
  const { lang } = query as Record<string, unknown>;
  return isPageLang(lang) ? lang : null;
}

function keptIn({ headers }: FastifyRequest): PageLang | null {
  const kept = parseCookie(headers.cookie ?? "")[COOKIE];
  return isPageLang(kept) ? kept : null;
}
