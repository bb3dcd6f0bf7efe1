import { setFlagsFromString } from "node:v8";
import { linesWritten } from "@caravela/platform/log-lines";
import { deadline } from "@caravela/platform/timer";
import { endWith, tell } from "./fault.ts";

/** A program of ours that runs. */
export interface Running {
  readonly url: string;
  /** Ends it, when what is in hand is finished. */
  close(): Promise<void>;
}

/** What a child tells the supervisor: once that it is ready, or why it cannot be. */
export type Report = { ready: string } | { fault: string };

/**
 * How long a program may take to end in order, in milliseconds: less than its supervisor gives it. What is left then is
 * in the database, and goes on at the next start.
 */
const END_LIMIT_MS = 8_000;

/**
 * By how much, in per cent, what a program has in memory may grow beyond what it uses before it is looked through for
 * what it no longer does. V8 by itself lets it grow to several times that, a bit more each time: a gateway then took
 * 20,000 payments, and a third more memory, to come to its size.
 */
const HEAP_GROWS_BY = 40;

/** Ends a program in order, or leaves off when that takes too long. */
export async function endInTime(running: Pick<Running, "close">, limitMs = END_LIMIT_MS): Promise<void> {
  if ((await deadline(running.close(), limitMs)) === "timeout")
    console.error("Not all could be finished in time: what is left goes on at the next start.");
}

/**
 * Runs one program until it is asked to end. Under a supervisor (over IPC) it reports to it, leaves Ctrl-C to it, and
 * ends at once when it is gone: what is unfinished is in the database.
 */
export async function runProgram(start: () => Promise<Running>): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWS_BY}`);
  const isSupervised = process.send !== undefined;
  const asked = askedToEnd(isSupervised);
  if (isSupervised) process.once("disconnect", () => process.exit(1));
  try {
    const running = await start();
    asked
      .then(() => endInTime(running))
      .then(() => linesWritten())
      .then(() => process.exit(0), endWith);
    await report({ ready: running.url });
  } catch (error) {
    if (!isSupervised) throw error;
    await report({ fault: tell(error) });
    process.exit(1);
  }
}

function askedToEnd(isSupervised: boolean): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve());
    for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => isSupervised || resolve());
  });
}

async function report(message: Report): Promise<void> {
  await new Promise<void>((resolve) =>
    process.send === undefined ? resolve() : process.send(message, () => resolve()),
  );
}
