import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";

/** What stands in for a look-up of a name that is not this machine's. */
const unknownHere = (name: string) => Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: "ENOTFOUND" });

/**
 * Keeps this process from reaching any other machine: an address that somebody makes up as an endpoint for events may
 * be anybody's. Names are of nobody, and what is no address of this machine refuses.
 */
export function stayHere(): void {
  const lookup = ((host: string, options: unknown, done?: unknown) => {
    const told = (typeof options === "function" ? options : done) as (error: Error | null, ...found: unknown[]) => void;
    const isAll = typeof options === "object" && options !== null && "all" in options && options.all === true;
    const found = addressHere(host);
    if (found === null) return process.nextTick(told, unknownHere(host));
    process.nextTick(() => (isAll ? told(null, [{ address: found, family: 4 }]) : told(null, found, 4)));
  }) as unknown as typeof dns.lookup;
  dns.lookup = lookup;
  dns.promises.lookup = (async (host: string, options: { all?: boolean } = {}) => {
    const address = addressHere(host);
    if (address === null) throw unknownHere(host);
    return options.all === true ? [{ address, family: 4 }] : { address, family: 4 };
  }) as unknown as typeof dns.promises.lookup;
  syncBuiltinESMExports();
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]): net.Socket {
    const [first] = given.flat() as [{ host?: string; path?: string } | number | string];
    const host = typeof first === "object" ? first.host : undefined;
    if (host !== undefined && addressHere(host) === null) {
      process.nextTick(() => this.destroy(unknownHere(host)));
      return this;
    }
    return connect.apply(this, given as Parameters<typeof connect>);
  } as typeof connect;
}

function addressHere(host: string): string | null {
  if (/^(localhost|.*\.localhost)\.?$/i.test(host)) return "127.0.0.1";
  return /^127\./.test(host) && net.isIP(host) === 4 ? host : null;
}
