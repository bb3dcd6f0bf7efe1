import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import { httpProblems } from "./problems.ts";

/** Under which names a program may be called. */
export interface OwnNames {
  /** The address that it listens on. */
  readonly host: string;
  /** How others reach it, where that is set: addresses of the web. */
  readonly publicUrls?: readonly string[];
}

/**
 * A hook (`onRequest`) for what asks for no password: lets in programs and our own pages, and no page of another site,
 * with or without a body. A page elsewhere has the browser send its form, or, by a name of its own that it points here
 * (DNS rebinding), even reads the answers.
 * @throws Problem with status 403
 */
export function ownRequestsOnly({ host, publicUrls = [] }: OwnNames): (request: FastifyRequest) => Promise<void> {
  const isOpen = host === "0.0.0.0" || host === "::";
  const names = new Set([host, ...publicUrls.map((url) => new URL(url).hostname)].map(bare));
  return async ({ method, headers }) => {
    const asked = nameIn(headers.host);
    const isOwn = asked === null || isLoopbackName(asked) || names.has(asked) || (isOpen && isLocalName(asked));
    if (!isOwn) throw httpProblems.foreignSite("It was asked for under another name than its own.");
    if (changes(method) && !isFromOwnPage(headers)) throw httpProblems.foreignSite();
  };
}

/**
 * Whether a form comes from a page of ours, as far as the browser says where it comes from; one that says nothing is
 * let through. For pages whose addresses are secrets: whoever does not know one can send nothing there.
 */
export function isFromElsewhere({ headers }: FastifyRequest, publicUrl: string): boolean {
  const { origin, "sec-fetch-site": site } = headers;
  if (site !== undefined) return site === "cross-site";
  if (origin === undefined || origin === "null") return false;
  const from = nameIn(origin.replace(/^[a-z+.-]+:\/\//i, ""));
  return from !== nameIn(headers.host) && from !== bare(new URL(publicUrl).hostname);
}

/**
 * Whether a browser says that a request comes from a page of this very server. For what is done by a cookie, which a
 * browser sends along by itself: whoever says nothing is no page of ours.
 */
export function isFromOurPage({ headers }: FastifyRequest, publicUrl: string): boolean {
  const { origin, host, "sec-fetch-site": site } = headers;
  if (site !== undefined) return site === "same-origin";
  if (origin === undefined || !URL.canParse(origin)) return false;
  return origin === new URL(publicUrl).origin || new URL(origin).host === host?.toLowerCase();
}

/** Whether a method of HTTP changes something. */
export function changes(method: string): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}

/** Browsers say where a request comes from by `Sec-Fetch-Site`, older ones by `Origin` alone; programs say neither. */
function isFromOwnPage({ origin, host, "sec-fetch-site": site }: IncomingHttpHeaders): boolean {
  if (site !== undefined) return site === "same-origin" || site === "none";
  return origin === undefined || /^https?:\/\/(.*)$/i.exec(origin)?.[1]?.toLowerCase() === host?.toLowerCase();
}

/** The name in `Host`, without port and brackets; null where there is none. */
function nameIn(host: string | undefined): string | null {
  return host === undefined || host === "" ? null : bare(host.replace(/:\d*$/, ""));
}

function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

function isLoopbackName(name: string): boolean {
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "::1" ||
    (isIP(name) === 4 && name.startsWith("127."))
  );
}

/** An address, or a name of one word: nobody outside can have such a name, and point it here. */
function isLocalName(name: string): boolean {
  return isIP(name) !== 0 || /^[a-z0-9_-]+$/.test(name);
}
