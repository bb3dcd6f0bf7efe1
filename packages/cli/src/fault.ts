import type { NoAnswerError, ProblemError, UnreadableAnswerError } from "@caravela/client";
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
  if (error instanceof CannotStart || isOfApi(error, "UnreadableAnswerError")) return error.message;
  if (isOfApi(error, "NoAnswerError"))
    return `${error.message}. Start it with \`caravela start\`, or set CARAVELA_URL to where the server is.`;
  if (isOfApi(error, "ProblemError")) return tellProblem(error);
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

interface OfApi {
  readonly NoAnswerError: NoAnswerError;
  readonly ProblemError: ProblemError;
  readonly UnreadableAnswerError: UnreadableAnswerError;
}

/** Whether the client threw it, which only the commands load that ask a server. */
function isOfApi<Name extends keyof OfApi>(error: unknown, name: Name): error is OfApi[Name] {
  return error instanceof Error && error.name === name;
}

function tellProblem({ code, problem, errors }: ProblemError): string {
  if (code === "unauthorized")
    return "The server does not take the key: set CARAVELA_API_KEY to one of its keys. `caravela start` prints the one that it starts with.";
  if (code === "scope_missing") {
    const { scope } = problem as { scope?: string };
    return `The key lacks the scope ${scope}: make one that has it by \`caravela keys create --name "my machine" --scopes ${scope}\`, and set CARAVELA_API_KEY to it.`;
  }
  return errors.length === 0 ? problem.detail : errors.map(({ field, message }) => `${field} ${message}`).join("\n");
}

/** What a program is told of an error. */
export function faultOf(message: string, error?: unknown): object {
  const { code, status } = isOfApi(error, "ProblemError") ? error : { code: null, status: null };
  return { error: { message, code, status } };
}

/** Ends the process with what went wrong on stderr. */
export function endWith(error: unknown): never {
  console.error(tell(error));
  process.exit(1);
}
