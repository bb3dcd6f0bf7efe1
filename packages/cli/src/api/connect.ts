import { Caravela } from "@caravela/client";
import { CannotStart } from "@caravela/platform/cannot-start";
import {
  type Environment,
  headerWord,
  httpUrl,
  isLoopback,
  port,
  type Reading,
  readTogether,
  setting,
} from "@caravela/platform/settings";
import { STANDARD_API_KEY } from "../start-settings.ts";

/** Which server a command asks, and by which key. */
export interface Server {
  readonly url: string;
  readonly apiKey: string;
}

/**
 * Reads where the server is and by which key it is asked: what `caravela start` starts on this machine, unless
 * something else is set.
 * @throws SettingsError naming each setting at fault
 */
export function readServer(env: Environment): Server {
  return readTogether(env, (reading) => serverIn(reading));
}

function serverIn(reading: Reading): Server {
  const own = setting(reading, "CARAVELA_PORT", { default: 3000, parse: port });
  const url = setting(reading, "CARAVELA_URL", { default: `http://127.0.0.1:${own}`, parse: httpUrl });
  const isHere = URL.canParse(url) && isLoopback(url);
  const apiKey = setting(reading, "CARAVELA_API_KEY", {
    parse: headerWord,
    isSecret: true,
    remedy: `set it to a key of the server at ${url}`,
    ...(isHere && { default: STANDARD_API_KEY }),
  });
  return { url, apiKey };
}

/** A client of that server. */
export function connect({ url, apiKey }: Server): Caravela {
  return new Caravela({ baseUrl: url, apiKey, timeoutMs: 15_000 });
}

/**
 * Where the local gateway is that plays SIBS for the server: where the settings say, else where the server says.
 * @throws CannotStart where the server's SIBS is another
 */
export async function findGateway(env: Environment, { url }: Server): Promise<string> {
  const { own, sibs } = readTogether(env, (reading) => ({
    own: setting(reading, "CARAVELA_GATEWAY_PORT", { default: 4010, parse: port }),
    sibs: setting<string | null>(reading, "SIBS_BASE_URL", { default: null, parse: httpUrl }),
  }));
  if (sibs === null) return (await gatewayBehind(url)) ?? `http://127.0.0.1:${own}`;
  if (isLoopback(sibs)) return new URL(sibs).origin;
  throw new CannotStart(
    `SIBS_BASE_URL is ${sibs}, which is no gateway on this machine: nobody plays the customer there.`,
  );
}

/** Where a server says that its gateway's phone is; null: it says nothing of one on this machine. */
async function gatewayBehind(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, { headers: { accept: "application/json" }, signal: AbortSignal.timeout(15_000) });
    const { phone } = (await answer.json()) as { phone?: string };
    return phone !== undefined && isLoopback(phone) ? new URL(phone).origin : null;
  } catch {
    return null;
  }
}
