import { randomBytes } from "node:crypto";
import { isLoopback } from "@caravela/platform/settings";
import { namesAtSibs, type ServerSettings } from "@caravela/server";
import { AuthenticationError, type Checkout, cents, PermissionError, Sibs, SibsError } from "@caravela/sibs";
import { type Finding, PATIENCE_MS, well, wrong } from "./finding.ts";
import { findTerminal } from "./terminal.ts";

const CLOCK_TOLERANCE_MS = 30_000;

interface Credentials {
  readonly terminalId: string;
  readonly clientId: string;
  readonly token: string;
}

/**
 * One checkout that charges nothing and lapses by itself, and one list of authorised payments, tell all there is to
 * know.
 */
export async function examineSibs(settings: ServerSettings): Promise<Finding[]> {
  const credentials = await credentialsOf(settings);
  if ("isWell" in credentials) return [credentials];
  let clockDifferenceMs: number | undefined;
  const sibs = new Sibs({
    ...credentials,
    baseUrl: settings.sibsBaseUrl,
    mandatesBaseUrl: settings.sibsMandatesBaseUrl,
    timeoutMs: PATIENCE_MS,
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      const date = Date.parse(answer.headers.get("date") ?? "");
      if (!Number.isNaN(date)) clockDifferenceMs = date - Date.now();
      return answer;
    },
  });
  const findings = await examineTerminal(settings, sibs, credentials.terminalId);
  return clockDifferenceMs === undefined ? findings : [...findings, clockFinding(clockDifferenceMs)];
}

/** Those that are set; without any, the local gateway's demonstration terminal. */
async function credentialsOf({ credentials, sibsBaseUrl }: ServerSettings): Promise<Credentials | Finding> {
  if (credentials === null) return findTerminal(sibsBaseUrl);
  const { terminalId, clientId, token } = credentials;
  return { terminalId, clientId, token: token.reveal() };
}

async function examineTerminal(settings: ServerSettings, sibs: Sibs, terminalId: string): Promise<Finding[]> {
  try {
    const checkout = await sibs.checkout({
      merchantTransactionId: `doctor-${randomBytes(12).toString("hex")}`,
      amount: cents(100),
      description: "caravela doctor",
      methods: [],
    });
    return [
      well(`SIBS takes the credentials of terminal ${terminalId} at ${sibs.baseUrl}`),
      methodsFinding(settings, checkout),
      await mandatesFinding(settings, sibs),
      ...secretsFinding(settings),
    ];
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    return [wrong(`a checkout on terminal ${terminalId} at ${sibs.baseUrl} failed: ${error.message}`, error.next)];
  }
}

function methodsFinding({ methods: offered }: ServerSettings, { methods }: Checkout): Finding {
  const has = `the terminal has ${methods.join(", ") || "no method"}`;
  const missing = offered.filter((method) => !namesAtSibs(method).some((name) => methods.includes(name)));
  if (missing.length === 0) return well(`${has}: all that SIBS_METHODS offers (${offered.join(", ")})`);
  return wrong(
    `${has}, but SIBS_METHODS offers ${missing.join(", ")} too`,
    "have SIBS add the method to the terminal, or take it out of SIBS_METHODS.",
  );
}

/** Authorised payments are a service of their own in the contract with SIBS, and may have an address of their own. */
async function mandatesFinding({ sibsMandatesBaseUrl: at }: ServerSettings, sibs: Sibs): Promise<Finding> {
  try {
    await sibs.listMandates();
    return well(`SIBS answers about authorised payments at ${at}`);
  } catch (error) {
    if (error instanceof AuthenticationError || error instanceof PermissionError) {
      return well(
        `SIBS answers at ${at} that this terminal has no authorised payments: ask SIBS for them if you want them`,
      );
    }
    if (!(error instanceof SibsError)) throw error;
    return wrong(
      `SIBS does not answer about authorised payments at ${at}: ${error.message}`,
      "check SIBS_MANDATES_BASE_URL.",
    );
  }
}

/** The settings were read: each secret is 32 bytes. Whether it is SIBS's own only a notification can tell. */
function secretsFinding({ credentials, sibsBaseUrl }: ServerSettings): Finding[] {
  if (credentials === null || isLoopback(sibsBaseUrl)) return [];
  const { length } = credentials.webhookSecrets;
  return [
    well(
      `${length === 1 ? "a secret" : `${length} secrets`} of 32 bytes opens what SIBS notifies; the first notification tells whether it is SIBS's`,
    ),
  ];
}

/** A Date header is in whole seconds: near enough, since SIBS allows minutes. */
function clockFinding(differenceMs: number): Finding {
  const seconds = Math.round(Math.abs(differenceMs) / 1_000);
  if (Math.abs(differenceMs) <= CLOCK_TOLERANCE_MS)
    return well(`this machine's clock agrees with SIBS's (${seconds} s apart)`);
  const direction = differenceMs > 0 ? "behind" : "ahead of";
  return wrong(
    `this machine's clock is ${seconds} s ${direction} SIBS's`,
    "set the clock by NTP: checkouts and references are dated by it.",
  );
}
