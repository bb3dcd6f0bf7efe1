import type { LookupAddress } from "node:dns";
import { lookup as systemLookup } from "node:dns/promises";
import { isIP } from "node:net";
import { deadline } from "@caravela/platform/timer";
import ipaddr from "ipaddr.js";
import type { AddressRules } from "./addresses.ts";

/** Ports that `fetch` connects to on no account (WHATWG Fetch, "bad port"), and 0, which is none. */
export const REFUSED_PORTS: ReadonlySet<number> = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
  111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
  540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
  6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** How long a name may take to be looked up when an endpoint is registered, in milliseconds of system time. */
const LOOKUP_LIMIT_MS = 3_000;

/** The network address that stands in a URL in place of a name; null where a name does. */
export function addressIn({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[|\]$/g, "");
  return isIP(bare) === 0 ? null : bare;
}

/** Why no event can ever be sent to an address, in words that end a sentence; null where nothing stands against it. */
export function neverReached(text: string): string | null {
  if (!URL.canParse(text)) return "is no address that can be read";
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    return "must not hold a user or password: events are signed, verify that instead";
  if (text.includes("#")) return "must not have a fragment (#…): it is never sent";
  if (url.port !== "" && REFUSED_PORTS.has(Number(url.port)))
    return `must not name port ${url.port}, which is kept for another protocol: use another port`;
  const address = addressIn(url);
  if (address === null && !isName(url.hostname)) return "must name a machine: no name of the internet is written so";
  if (address !== null && ["multicast", "broadcast"].includes(ipaddr.parse(address).range()))
    return "must be the address of one machine";
  return null;
}

/** As DNS has them (RFC 1035): 253 characters at most, and between its points 1 to 63. */
function isName(host: string): boolean {
  const bare = host.replace(/\.$/, "");
  return bare.length <= 253 && bare.split(".").every((part) => part.length >= 1 && part.length <= 63);
}

export type Lookup = (host: string) => Promise<LookupAddress[]>;
const lookUp: Lookup = (host) => systemLookup(host, { all: true });

/**
 * Whether an address leads inside, by its numbers or by what its name is known as now. A name that is not known now is
 * looked at when it is connected to.
 */
export async function leadsInside(text: string, rules: AddressRules, lookup: Lookup = lookUp): Promise<boolean> {
  const url = new URL(text);
  const address = addressIn(url);
  if (address !== null) return !rules.allows(address);
  const found = await deadline(
    lookup(url.hostname).catch(() => []),
    LOOKUP_LIMIT_MS,
  );
  if (found === "timeout") return false;
  return found.some((one) => !rules.allows(one.address));
}

/**
 * Two spellings of one address have the same: letters of the host, a default port, needless escapes, a slash or a
 * question mark at the end.
 */
export function spelling(text: string): string {
  if (!URL.canParse(text)) return text;
  const { protocol, hostname, port, pathname, search } = new URL(text);
  const host = hostname.replace(/\.$/, "");
  return `${protocol}//${host}:${port}${plain(pathname).replace(/\/+$/, "")}${plain(search)}`;
}

/** Escapes that are needed alone, and in capitals (RFC 3986, section 6.2.2). */
function plain(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (escaped) => {
    const letter = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return /[\w.~-]/.test(letter) ? letter : escaped.toUpperCase();
  });
}
