import { createServer } from "node:net";
import { CannotStart } from "@caravela/platform/cannot-start";
import { pause } from "@caravela/platform/timer";

/** A port and the setting that chooses it. */
export interface WantedPort {
  readonly port: number;
  readonly setting: string;
}

/** Programs of a start that was just killed take a moment to end. */
const PATIENCE_MS = 2_000;

/**
 * The ports where they are free, one that the system chooses for 0.
 * @throws CannotStart naming each that is taken, or is none that can be listened on.
 */
export async function claimPorts<const Wanted extends readonly WantedPort[]>(
  host: string,
  wanted: Wanted,
): Promise<{ readonly [At in keyof Wanted]: number }> {
  const got = await Promise.allSettled(wanted.map((one) => claimPort(one, host)));
  const faults = got.flatMap((one) => (one.status === "rejected" ? [(one.reason as Error).message] : []));
  if (faults.length > 0) throw new CannotStart(faults.join("\n"));
  return got.map((one) => (one.status === "fulfilled" ? one.value : 0)) as { [At in keyof Wanted]: number };
}

async function claimPort({ port, setting }: WantedPort, host: string): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const got = await listenOn(port, host);
    if (typeof got === "number") return got;
    if (got.code === "EADDRINUSE" && performance.now() - startedAt < PATIENCE_MS) await pause(100);
    else throw new CannotStart(whyNot(got.code, port, setting, host));
  }
}

function whyNot(code: string | undefined, port: number, setting: string, host: string): string {
  if (code === "EADDRINUSE")
    return `Port ${port} on ${host} is taken: end the program that uses it, or set ${setting} to another port.`;
  if (code === "EACCES") return `Port ${port} may not be used by this user: set ${setting} to one above 1023.`;
  return `This machine cannot listen on ${host}, port ${port} (${code}): set CARAVELA_HOST to an address of its own.`;
}

function listenOn(port: number, host: string): Promise<number | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", resolve);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" ? (address?.port ?? port) : port));
    });
  });
}
