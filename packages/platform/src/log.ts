import { type DestinationStream, type Logger, pino } from "pino";
import { forgiving, linesTo } from "./log-lines.ts";

/** A structured log: one line of JSON for each message. */
export type Log = Logger;
/** Where lines go: the process's output unless a test wants to read them. */
export type LogDestination = DestinationStream;

// The first net is the type Secret; this one catches what arrives as plain text, down to two levels.
const SENSITIVE = ["authorization", "token", "secret", "signature", "phone", "password"];

/** An error without what a driver hangs on it: PostgreSQL's `detail` and `where` quote the row at fault. */
function errorLine(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name: type, message, stack, cause } = error;
  const code = "code" in error ? { code: error.code } : {};
  return { type, message, ...code, stack, ...(cause !== undefined && { cause: errorLine(cause) }) };
}

/**
 * A log that names its program and masks what must not be read in it. Lines are stamped with system time. One that
 * cannot be written is dropped, and counted in `linesDropped`: nothing else changes.
 */
export function createLog(options: { name: string; level?: string; destination?: LogDestination | undefined }): Log {
  const settings = {
    name: options.name,
    level: options.level ?? "info",
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorLine },
    redact: { paths: SENSITIVE.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: "[secret]" },
  };
  const { destination } = options;
  return pino(settings, destination === undefined ? linesTo(process.stdout.fd) : forgiving(destination));
}

/**
 * The same log for lines that hold our own words and numbers alone: nothing is looked for in them to be masked, which
 * costs more than all else about a line.
 */
export function ofOwnWords(log: Log): Log {
  return log.child({}, { redact: [] });
}
