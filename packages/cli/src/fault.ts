import { CannotStart } from "@caravela/platform/cannot-start";

/** What a person is told of an error: one line where the cause is known, everything where it is not. */
export function tell(error: unknown): string {
  if (error instanceof CannotStart) return error.message;
  const { code, address, port } = error as { code?: string; address?: string; port?: number };
  if (code === "EADDRINUSE")
    return `Port ${port} on ${address} is taken: end the program that uses it, or choose another port.`;
  if (code === "EACCES" && port !== undefined)
    return `Port ${port} may not be used by this user: choose one above 1023.`;
  if (code === "EADDRNOTAVAIL")
    return `This machine does not have the address ${address}: set CARAVELA_HOST to one of its own.`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Ends the process with what went wrong on stderr. */
export function endWith(error: unknown): never {
  console.error(tell(error));
  process.exit(1);
}
