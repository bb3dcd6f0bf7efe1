import { isIP } from "node:net";

/** For whom a passkey is made: browsers show it under this name alone, and answer only pages of this origin. */
export interface RelyingParty {
  /** The name in the address, without its port. */
  readonly id: string;
  readonly origin: string;
}

/** Why no passkey can be made where browsers reach the server: by a bare address, or without TLS. */
export type NoPasskeys = "address" | "insecure";

/**
 * For whom passkeys are made where browsers reach the server at this address. They are made for names alone, so that
 * this machine's own addresses count as `localhost`, and only over TLS unless it is this machine.
 */
export function relyingPartyAt(publicUrl: string): RelyingParty | NoPasskeys {
  const { protocol, hostname, port } = new URL(publicUrl);
  const name = hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, "");
  const id = isOfThisMachine(name) ? "localhost" : name;
  if (isIP(id) !== 0) return "address";
  if (protocol !== "https:" && id !== "localhost" && !id.endsWith(".localhost")) return "insecure";
  return { id, origin: `${protocol}//${id}${port === "" ? "" : `:${port}`}` };
}

function isOfThisMachine(name: string): boolean {
  return name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}
