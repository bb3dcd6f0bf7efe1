import { randomBytes } from "node:crypto";
import { isLoopback } from "@caravela/platform/settings";
import { namesAtSibs, type ServerSettings } from "@caravela/server";
import { AuthenticationError, type Checkout, cents, PermissionError, Sibs, SibsError } from "@caravela/sibs";
import { type Finding, PATIENCE_MS, well, wrong } from "./finding.ts";
import { findTerminal } from "./terminal.ts";

const CLOCK_TOLERANCE_MS = 30_000;

/**
 * One checkout that charges nothing and lapses by itself, and one list of authorised payments, tell all there is to
 * know of a terminal.
 */
export async function examineSibs(settings: ServerSettings): Promise<Finding[]> {
  const terminals = await terminalsOf(settings);
  if ("isWell" in terminals) return [terminals];
  const examined = await Promise.all(terminals.map((terminal) => examineTerminal(settings, terminal)));
  const differences = examined.flatMap(({ clockDifferenceMs }) => clockDifferenceMs ?? []);
  const findings = examined.flatMap((one) => one.findings);
  // SIBS has one clock
  return differences[0] === undefined ? findings : [...findings, clockFinding(differences[0])];
}

/** A terminal as it is examined. */
interface Examined {
  readonly id: string;
  /** What a finding calls it: by its number only where there is a file of them. */
  readonly called: string;
  readonly clientId: string;
  readonly token: string;
  /** What offers its methods, as the advice names it. */
  readonly said: string;
  readonly methods: ServerSettings["methods"];
  /** How many open its notifications; null: the local gateway's own. */
  readonly secrets: number | null;
}

/** Those that are set; without any, the local gateway's demonstration terminal. */
async function terminalsOf(settings: ServerSettings): Promise<readonly Examined[] | Finding> {
  const { terminals, credentials, sibsBaseUrl, methods } = settings;
  if (terminals != null) {
    return terminals.map(({ id, clientId, token, methods, webhookSecrets }) => ({
      id,
      called: `terminal ${id}`,
      clientId,
      token: token.reveal(),
      said: "CARAVELA_TERMINALS",
      methods,
      secrets: webhookSecrets.length,
    }));
  }
  const known = { called: "the terminal", said: "SIBS_METHODS", methods };
  if (credentials !== null) {
    const { terminalId: id, clientId, token, webhookSecrets } = credentials;
    return [{ ...known, id, clientId, token: token.reveal(), secrets: webhookSecrets.length }];
  }
  const own = await findTerminal(sibsBaseUrl);
  if ("isWell" in own) return own;
  return [{ ...known, id: own.terminalId, clientId: own.clientId, token: own.token, secrets: null }];
}

async function examineTerminal(settings: ServerSettings, terminal: Examined) {
  let clockDifferenceMs: number | undefined;
  const { id, clientId, token } = terminal;
  const sibs = new Sibs({
    terminalId: id,
    clientId,
    token,
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
  const findings = await findingsOf(settings, sibs, terminal);
  return { findings, clockDifferenceMs };
}

async function findingsOf(settings: ServerSettings, sibs: Sibs, terminal: Examined): Promise<Finding[]> {
  try {
    const checkout = await sibs.checkout({
      merchantTransactionId: `doctor-${randomBytes(12).toString("hex")}`,
      amount: cents(100),
      description: "caravela doctor",
      methods: [],
    });
    return [
      well(`SIBS takes the credentials of terminal ${terminal.id} at ${sibs.baseUrl}`),
      methodsFinding(terminal, checkout),
      await mandatesFinding(settings, sibs, terminal),
      ...secretsFinding(settings, terminal),
    ];
  } catch (error) {
    if (!(error instanceof SibsError)) throw error;
    return [wrong(`a checkout on terminal ${terminal.id} at ${sibs.baseUrl} failed: ${error.message}`, error.next)];
  }
}

function methodsFinding({ called, said, methods: offered }: Examined, { methods }: Checkout): Finding {
  const has = `${called} has ${methods.join(", ") || "no method"}`;
  const missing = offered.filter((method) => !namesAtSibs(method).some((name) => methods.includes(name)));
  if (missing.length === 0) return well(`${has}: all that ${said} offers (${offered.join(", ")})`);
  return wrong(
    `${has}, but ${said} offers ${missing.join(", ")} too`,
    `have SIBS add the method to the terminal, or take it out of ${said}.`,
  );
}

/** Authorised payments are a service of their own in the contract with SIBS, and may have an address of their own. */
async function mandatesFinding(
  { sibsMandatesBaseUrl: at }: ServerSettings,
  sibs: Sibs,
  { called }: Examined,
): Promise<Finding> {
  try {
    await sibs.listMandates();
    return well(`SIBS answers about authorised payments at ${at}, asked for ${called}`);
  } catch (error) {
    if (error instanceof AuthenticationError || error instanceof PermissionError) {
      return well(
        `SIBS answers at ${at} that ${called} has no authorised payments: ask SIBS for them if you want them`,
      );
    }
    if (!(error instanceof SibsError)) throw error;
    return wrong(
      `SIBS does not answer about authorised payments at ${at}, asked for ${called}: ${error.message}`,
      "check SIBS_MANDATES_BASE_URL.",
    );
  }
}

/** The settings were read: each secret is 32 bytes. Whether it is SIBS's own only a notification can tell. */
function secretsFinding({ sibsBaseUrl }: ServerSettings, { called, secrets: length }: Examined): Finding[] {
  if (length === null || isLoopback(sibsBaseUrl)) return [];
  return [
    well(
      `${length === 1 ? "a secret" : `${length} secrets`} of 32 bytes opens what SIBS notifies of ${called}; the first notification tells whether it is SIBS's`,
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
