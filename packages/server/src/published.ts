import { readServerSettings, startServer as start } from "./main.ts";

/** A server that answers. */
export interface RunningServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** Stops taking requests, finishes what is in hand, and closes its connections. */
  close(): Promise<void>;
}

/**
 * Starts the payments server with these settings, by the names that docs/settings.md has for them: `DATABASE_URL`,
 * `SIBS_TERMINAL_ID`, `CARAVELA_API_KEY`, … Resolves when it answers.
 *
 * @throws Error naming every setting at fault at once, before anything is started.
 */
export function startServer(settings: Readonly<Record<string, string | undefined>>): Promise<RunningServer> {
  return start(readServerSettings(settings));
}
