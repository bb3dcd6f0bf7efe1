import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Which addresses inside events may go to: all of them, or those of some networks. */
export type AllowedInside = "all" | readonly string[];

const WORDS: Readonly<Record<string, readonly string[]>> = {
  loopback: ["127.0.0.0/8", "::1/128"],
  linklocal: ["169.254.0.0/16", "fe80::/10"],
  uniquelocal: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
};

/** The networks that a word, an address or a network stands for. @throws TypeError when it stands for none. */
export function networksOf(word: string): Network[] {
  const known = WORDS[word];
  if (known !== undefined) return known.map((network) => ipaddr.parseCIDR(network));
  const [address = "", length, ...rest] = word.split("/");
  if (isIP(address) === 0 || rest.length > 0) throw new TypeError(`${word} is no address, network or known word`);
  const network = length === undefined ? `${address}/${isIP(address) === 4 ? 32 : 128}` : word;
  if (!ipaddr.isValidCIDR(network)) throw new TypeError(`${word} is no network`);
  return [ipaddr.parseCIDR(network)];
}

/** Says of addresses whether events may be sent there. */
export class AddressRules {
  readonly #allowed: "all" | readonly Network[];

  constructor(allowed: AllowedInside) {
    this.#allowed = allowed === "all" ? "all" : allowed.flatMap(networksOf);
  }

  /** Whether an address, as numbers, is on the internet, or inside and allowed. A word that is no address is not. */
  allows(address: string): boolean {
    if (this.#allowed === "all") return true;
    if (isIP(address) === 0) return false;
    const real = embedded(ipaddr.parse(address));
    return isOutside(real) || this.#allowed.some((network) => real.kind() === network[0].kind() && real.match(network));
  }
}

/** IPv6's own internet; whatever lies outside it is for some house, some tunnel or some test. */
const GLOBAL = ipaddr.parseCIDR("2000::/3");

function isOutside(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== "unicast") return false;
  return address.kind() === "ipv4" || address.match(GLOBAL);
}

/** NAT64 (RFC 6052): how a network that speaks IPv6 alone reaches an IPv4 address. */
const NAT64 = ipaddr.parseCIDR("64:ff9b::/96");

/** The IPv4 address that an IPv6 one stands for, where it does: what is connected to in the end. */
function embedded(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!(address instanceof ipaddr.IPv6)) return address;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  return address.match(NAT64) ? new ipaddr.IPv4(address.toByteArray().slice(12)) : address;
}
