import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import ipaddr from "ipaddr.js";

/** Whether an address is one of those that are meant. */
export type Networks = (address: string) => boolean;

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** What one customer of a network has to itself at least (RFC 6177): whoever has one address of it has all. */
const OWN_NETWORK = 64;
const MAPPED = 96;

/**
 * Reads an address in any of its spellings: with a port, brackets, quotes or a zone, in capitals, with its zeros
 * written out, an IPv4 address inside an IPv6 one. The one spelling of RFC 5952; null: it is none.
 */
export function readAddress(text: string): string | null {
  const bare = text.trim().replace(/^"(.*)"$/, "$1");
  const host = /^\[(.+)\](?::\d{1,5})?$/.exec(bare)?.[1] ?? /^([\d.]+):\d{1,5}$/.exec(bare)?.[1] ?? bare;
  const [address = ""] = host.split("%", 1);
  return isIP(address) === 0 ? null : ipaddr.process(address).toString();
}

/** What a limit counts as one: an IPv4 address, or the network of an IPv6 address that its owner chooses freely in. */
export function networkOf(address: string): string {
  const read = ipaddr.process(address);
  if (read.kind() === "ipv4") return read.toString();
  const network = ipaddr.IPv6.networkAddressFromCIDR(`${read}/${OWN_NETWORK}`);
  return `${network}/${OWN_NETWORK}`;
}

/**
 * The network that an address is of, as little as tells where somebody is, and not who: 256 addresses, of IPv6 a site.
 */
export function wholeNetworkOf(address: string): string {
  const read = ipaddr.process(address);
  const [kind, bits] = read.kind() === "ipv4" ? ([ipaddr.IPv4, 24] as const) : ([ipaddr.IPv6, 48] as const);
  return `${kind.networkAddressFromCIDR(`${read}/${bits}`)}/${bits}`;
}

/**
 * The customer's address, as the last proxy tells that is trusted; where what it tells cannot be read, that proxy's
 * own. Null: none can.
 */
export function customerAddress({ ip, ips = [ip] }: FastifyRequest): string | null {
  return ips.map((one) => readAddress(one)).findLast((one) => one !== null) ?? null;
}

const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1"],
  linklocal: ["169.254.0.0/16", "fe80::/10"],
  uniquelocal: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

/** Reads addresses and networks, as `10.0.0.0/8` or `loopback`. @throws TypeError for what is none. */
export function readNetworks(words: readonly string[]): Networks {
  const ranges = words.flatMap((word) => NAMED[word] ?? [word]).map(readRange);
  return (text) => {
    const address = readAddress(text);
    if (address === null) return false;
    const read = ipaddr.parse(address);
    return ranges.some(([network, bits]) => network.kind() === read.kind() && read.match(network, bits));
  };
}

function readRange(word: string): Range {
  const [text = "", bits = null] = word.split("/");
  const address = isIP(text) === 0 ? null : ipaddr.parse(text);
  const most = address?.kind() === "ipv4" ? 32 : 128;
  if (address === null || (bits !== null && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most))) {
    throw new TypeError("addresses or networks are needed, as 10.0.0.0/8, or loopback");
  }
  const length = bits === null ? most : Number(bits);
  const isMapped = address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && length >= MAPPED;
  return isMapped ? [address.toIPv4Address(), length - MAPPED] : [address, length];
}
