import type { Terminal } from "../terminals/terminals.ts";

// A process that runs gateways for a test: they live by its own clock and modules, whatever the test replaces in its
// own, and end, with their databases, when the test's process does, killed or not.

/** What one gateway is started with. */
export interface Wanted {
  readonly port: number;
  /** Null: the PostgreSQL that tests share. */
  readonly databaseUrl: string | null;
  readonly clockFollowers: readonly string[];
  readonly logLevel: string;
}

/** What the test's process asks. */
export type Asked =
  | { readonly number: number; readonly start: Wanted }
  | { readonly number: number; readonly close: number };

/** What it is answered, by the number of what it asked. */
export type Told =
  | { readonly number: number; readonly started: { readonly url: string; readonly terminals: readonly Terminal[] } }
  | { readonly number: number; readonly closed: true }
  | { readonly number: number; readonly fault: string };

/** Few, so that twenty gateways go into a PostgreSQL that is set up as usual. */
const CONNECTIONS = 3;

const running = new Map<number, () => Promise<void>>();

process.on("message", (asked: Asked) => void answer(asked));
process.once("disconnect", () => void end());
process.once("SIGTERM", () => void end());

async function answer(asked: Asked): Promise<void> {
  const { number } = asked;
  try {
    if ("start" in asked) tell({ number, started: await start(number, asked.start) });
    else {
      await close(asked.close);
      tell({ number, closed: true });
    }
  } catch (error) {
    tell({ number, fault: inWords(error) });
  }
}

async function start(number: number, { databaseUrl, ...wanted }: Wanted) {
  // both take their time: PostgreSQL is made while the gateway is loaded
  const making = import("@caravela/development/own-database").then(({ ownDatabase }) => ownDatabase(databaseUrl));
  making.catch(() => undefined); // told below
  const { startGateway } = await import("../main.ts");
  const database = await making;
  running.set(number, () => database.drop());
  try {
    const gateway = await startGateway({
      ...wanted,
      databaseUrl: database.url,
      host: "127.0.0.1",
      migrates: "alone",
      connections: CONNECTIONS,
    });
    running.set(number, () => gateway.close().finally(() => database.drop()));
    const answer = await fetch(`${gateway.url}/sandbox/terminals`);
    const { terminals } = (await answer.json()) as { terminals: Terminal[] };
    return { url: gateway.url, terminals };
  } catch (error) {
    await close(number);
    throw error;
  }
}

/** Why it could not be started, where the system says it by a code. */
function inWords(error: unknown): string {
  const { code, port } = error as { code?: string; port?: number };
  if (code === "EADDRINUSE") return `Port ${port} on 127.0.0.1 is taken: name another, or 0 for any that is free.`;
  if (code === "EACCES" && port !== undefined) return `Port ${port} may not be used by this user: name one above 1023.`;
  return error instanceof Error ? error.message : String(error);
}

async function close(number: number): Promise<void> {
  const closing = running.get(number);
  running.delete(number);
  await closing?.();
}

async function end(): Promise<void> {
  await Promise.allSettled([...running.keys()].map(close));
  process.exit();
}

function tell(told: Told): void {
  if (process.connected) process.send?.(told, () => undefined);
}
