import { CannotStart } from "@caravela/platform/cannot-start";

interface Failed {
  readonly code?: string;
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
  readonly syscall?: string;
}

/** What a person is told of an error: one line where the cause is known, everything where it is not. */
export function tell(error: unknown): string {
  if (error instanceof CannotStart) return error.message;
  const { code, address, port, hostname, syscall } = error as Failed;
  if (code === "EADDRINUSE")
    return `Port ${port} on ${address} is taken: end the program that uses it, or choose another port.`;
  if (code === "EACCES" && port !== undefined)
    return `Port ${port} may not be used by this user: choose one above 1023.`;
  if (code === "EADDRNOTAVAIL")
    return `This machine does not have the address ${address}: set CARAVELA_HOST to one of its own.`;
  if (syscall === "getaddrinfo")
    return `Nothing is known of the name ${hostname} on this network: set CARAVELA_HOST to an address of this machine.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Ends the process with what went wrong on stderr. */
export function endWith(error: unknown): never {
  console.error(tell(error));
  process.exit(1);
}
