import { randomUUID } from "node:crypto";
import { type Environment, httpUrl, isLoopback, list, port, setting } from "@caravela/platform/settings";
import { type Checkout, cents, Sibs, SibsError } from "@caravela/sibs";

/** One thing that was looked at. */
export interface Finding {
  readonly isWell: boolean;
  readonly says: string;
  /** What a person can do about it. */
  readonly todo?: string;
}

interface Credentials {
  readonly terminalId: string;
  readonly clientId: string;
  readonly token: string;
}

/** What SIBS calls the methods that the server offers. */
const SIBS_NAMES: Readonly<Record<string, string>> = { mbway: "MBWAY", multibanco: "REFERENCE" };

const CLOCK_TOLERANCE_MS = 30_000;
const PATIENCE_MS = 10_000;

/** Looks at credentials, terminal, clock and notification address, in that order; what cannot be seen without an earlier one is left out. */
export async function examine(env: Environment): Promise<Finding[]> {
  const baseUrl = setting(env, "SIBS_BASE_URL", { default: `${localGateway(env)}/api/v2`, parse: httpUrl });
  const credentials = await findCredentials(env, baseUrl);
  const ofSibs = "isWell" in credentials ? [credentials] : await examineSibs(env, baseUrl, credentials);
  return [...ofSibs, await examineNotificationAddress(env, baseUrl)];
}

function localGateway(env: Environment): string {
  return `http://127.0.0.1:${setting(env, "CARAVELA_GATEWAY_PORT", { default: 4010, parse: port })}`;
}

/** Those that are set; without any, the local gateway's demonstration terminal. */
async function findCredentials(env: Environment, baseUrl: string): Promise<Credentials | Finding> {
  const [terminalId, clientId, token] = ["SIBS_TERMINAL_ID", "SIBS_CLIENT_ID", "SIBS_TOKEN"].map((name) =>
    setting(env, name, { default: "" }),
  );
  if (terminalId && clientId && token) return { terminalId, clientId, token };
  if (terminalId || clientId || token) {
    return {
      isWell: false,
      says: "some credentials are set and some are not",
      todo: "set SIBS_TERMINAL_ID, SIBS_CLIENT_ID and SIBS_TOKEN, all three (SIBS Backoffice, Credentials).",
    };
  }
  if (!isLoopback(baseUrl)) {
    return {
      isWell: false,
      says: `there are no credentials for ${baseUrl}`,
      todo: "set SIBS_TERMINAL_ID, SIBS_CLIENT_ID and SIBS_TOKEN (SIBS Backoffice, Credentials).",
    };
  }
  return demonstrationTerminal(baseUrl);
}

async function demonstrationTerminal(baseUrl: string): Promise<Credentials | Finding> {
  const address = new URL("/sandbox/terminals", baseUrl).href;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const { terminals } = (await answer.json()) as { terminals: Credentials[] };
    return (
      terminals[0] ?? {
        isWell: false,
        says: "the local gateway has no terminal",
        todo: `make one: PUT ${address}/52221.`,
      }
    );
  } catch {
    return {
      isWell: false,
      says: `the local gateway does not answer at ${address}`,
      todo: "start it (npm start), or set SIBS_BASE_URL and the credentials for SIBS.",
    };
  }
}

/** One checkout that charges nothing and lapses by itself tells all there is to know. */
async function examineSibs(env: Environment, baseUrl: string, credentials: Credentials): Promise<Finding[]> {
  let clockDifferenceMs: number | undefined;
  const sibs = new Sibs({
    ...credentials,
    baseUrl,
    timeoutMs: PATIENCE_MS,
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      const date = Date.parse(answer.headers.get("date") ?? "");
      if (!Number.isNaN(date)) clockDifferenceMs = date - Date.now();
      return answer;
    },
  });
  const terminal = await examineTerminal(env, sibs, credentials.terminalId);
  return clockDifferenceMs === undefined ? terminal : [...terminal, clockFinding(clockDifferenceMs)];
}

async function examineTerminal(env: Environment, sibs: Sibs, terminalId: string): Promise<Finding[]> {
  try {
    const checkout = await sibs.checkout({
      merchantTransactionId: randomUUID().replaceAll("-", ""),
      amount: cents(100),
      description: "caravela doctor",
      methods: [],
    });
    return [
      { isWell: true, says: `SIBS takes the credentials of terminal ${terminalId} at ${sibs.baseUrl}` },
      methodsFinding(env, checkout),
    ];
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    return [
      {
        isWell: false,
        says: `a checkout on terminal ${terminalId} at ${sibs.baseUrl} failed: ${error.message}`,
        todo: error.next,
      },
    ];
  }
}

function methodsFinding(env: Environment, { methods }: Checkout): Finding {
  const wanted = setting(env, "SIBS_METHODS", { default: ["mbway", "multibanco"], parse: list });
  const has = `the terminal has ${methods.join(", ") || "no method"}`;
  const unknown = wanted.filter((method) => SIBS_NAMES[method] === undefined);
  if (unknown.length > 0)
    return {
      isWell: false,
      says: `SIBS_METHODS names ${unknown.join(", ")}, which is no method here`,
      todo: `choose from ${Object.keys(SIBS_NAMES).join(", ")}.`,
    };
  const missing = wanted.filter((method) => !methods.some((agreed) => agreed === SIBS_NAMES[method]));
  if (missing.length === 0)
    return { isWell: true, says: `${has}: all that SIBS_METHODS offers (${wanted.join(", ")})` };
  return {
    isWell: false,
    says: `${has}, but SIBS_METHODS offers ${missing.join(", ")} too`,
    todo: "have SIBS add the method to the terminal, or take it out of SIBS_METHODS.",
  };
}

/** A Date header is in whole seconds: near enough, since SIBS allows minutes. */
function clockFinding(differenceMs: number): Finding {
  const seconds = Math.round(Math.abs(differenceMs) / 1_000);
  const direction = differenceMs > 0 ? "behind" : "ahead of";
  if (Math.abs(differenceMs) <= CLOCK_TOLERANCE_MS)
    return { isWell: true, says: `this machine's clock agrees with SIBS's (${seconds} s apart)` };
  return {
    isWell: false,
    says: `this machine's clock is ${seconds} s ${direction} SIBS's`,
    todo: "set the clock by NTP: checkouts and references are dated by it.",
  };
}

/** Anything that the server itself answers will do: it refuses what SIBS did not encrypt. */
async function examineNotificationAddress(env: Environment, baseUrl: string): Promise<Finding> {
  const serverPort = setting(env, "CARAVELA_PORT", { default: 3000, parse: port });
  const publicUrl = setting(env, "CARAVELA_PUBLIC_URL", { default: `http://127.0.0.1:${serverPort}`, parse: httpUrl });
  const address = `${publicUrl}/notifications/sibs`;
  if (isLoopback(publicUrl) && !isLoopback(baseUrl)) {
    return {
      isWell: false,
      says: `SIBS cannot reach ${address}: it is this machine's own`,
      todo: "set CARAVELA_PUBLIC_URL to the address that the internet reaches the server by.",
    };
  }
  try {
    const { status } = await fetch(address, { method: "POST", signal: AbortSignal.timeout(PATIENCE_MS) });
    if (status !== 404 && status < 500)
      return {
        isWell: true,
        says: `the notification address ${address} answers (${status} to what is no notification)`,
      };
    return {
      isWell: false,
      says: `the notification address ${address} answers ${status}`,
      todo: "check what stands between the internet and the server, and the server's log.",
    };
  } catch {
    return {
      isWell: false,
      says: `the notification address ${address} does not answer`,
      todo: "start the server, and check CARAVELA_PUBLIC_URL and what stands before it.",
    };
  }
}
