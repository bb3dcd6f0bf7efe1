import { isIP } from "node:net";
import { type Networks, readNetworks } from "@caravela/platform/address";
import ipaddr from "ipaddr.js";

/** Which addresses inside events may go to: all of them, or those of some networks. */
export type AllowedInside = "all" | readonly string[];

/** Says of addresses whether events may be sent there. */
export class AddressRules {
  readonly #allowed: "all" | Networks;

  constructor(allowed: AllowedInside) {
    this.#allowed = allowed === "all" ? "all" : readNetworks(allowed);
  }

  /** Whether an address, as numbers, is on the internet, or inside and allowed. A word that is no address is not. */
  allows(address: string): boolean {
    if (this.#allowed === "all") return true;
    if (isIP(address) === 0) return false;
    const real = embedded(ipaddr.parse(address));
    return isOutside(real) || this.#allowed(real.toString());
  }
}

/** IPv6's own internet; whatever lies outside it is for some house, some tunnel or some test. */
const GLOBAL = ipaddr.parseCIDR("2000::/3");

/** What answers every machine of Azure's from within, at an address that looks like the internet's. */
const WITHIN_AZURE = "168.63.129.16";

function isOutside(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== "unicast" || address.toString() === WITHIN_AZURE) return false;
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
