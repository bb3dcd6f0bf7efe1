import { readGatewaySettings, startGateway as start } from "./main.ts";

/** A gateway that runs. */
export interface RunningGateway {
  /** Its address, without a slash at the end. SIBS's calls are below `/api/v2`. */
  readonly url: string;
  /** Stops it; what is in hand is finished first. */
  close(): Promise<void>;
}

/**
 * Starts a SIBS Gateway of your own with these settings, by the names that docs/settings.md has for them:
 * `DATABASE_URL`, `CARAVELA_GATEWAY_PORT` (`"0"`: any free port), … Resolves when it answers.
 *
 * @throws Error naming every setting at fault at once, before anything is started.
 */
export function startGateway(settings: Readonly<Record<string, string | undefined>>): Promise<RunningGateway> {
  return start(readGatewaySettings(settings));
}
