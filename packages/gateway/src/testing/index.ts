import { randomBytes } from "node:crypto";
import type { Terminal } from "../terminals/terminals.ts";
import { clockOf, type GatewayClock } from "./clock.ts";
import { faultsOf, type GatewayFaults } from "./faults.ts";
import { startHosted } from "./hosting.ts";
import { type Atm, atmOf, type Issuer, issuerOf } from "./networks.ts";
import { type GatewayNotifications, notificationsOf } from "./notifications.ts";
import { refuseWrong } from "./options.ts";
import { type Phone, phoneOf } from "./phone.ts";
import { Sandbox } from "./sandbox.ts";

export type { GatewayClock, Span } from "./clock.ts";
export type { CallFaults, FaultSettings, GatewayFaults, NotificationFaults } from "./faults.ts";
export type { Atm, Challenge, ChallengeEnding, EndedChallenge, Issuer, PaidReference } from "./networks.ts";
export type { GatewayNotification, GatewayNotifications, Sought } from "./notifications.ts";
export type { Answered, Phone, PhoneMandate, Terms, WaitingRequest, Which } from "./phone.ts";
export { SandboxError } from "./sandbox.ts";

/** How a gateway is started; nothing of it must be said. */
export interface StartOptions {
  /** The port on 127.0.0.1: any free one, unless one is named. */
  readonly port?: number | undefined;
  /**
   * A PostgreSQL in which the gateway makes a database for itself: that of `DATABASE_URL`, unless one is named; else
   * one is brought along, which all gateways of tests on this machine share.
   */
  readonly databaseUrl?: string | undefined;
  /** Where notifications are sent: nowhere, unless an address is named. */
  readonly notifyAt?: string | undefined;
  /** Addresses of Caravela servers whose clocks follow this gateway's. */
  readonly clockFollowers?: readonly string[] | undefined;
  /** `silent`, unless it is said: `fatal`, `error`, `warn`, `info`, `debug`, `trace`. */
  readonly logLevel?: string | undefined;
  /** How long something that is waited for may take to happen, in milliseconds: 5,000. */
  readonly patienceMs?: number | undefined;
}

/** A terminal of the gateway, and what a program needs to call as that terminal. */
export interface GatewayTerminal {
  readonly terminalId: string;
  readonly clientId: string;
  readonly token: string;
  /** The Multibanco entity of its references. */
  readonly entity: string;
}

/** What programs are set to, that they meet this gateway where SIBS would be. */
export interface ProgramSettings {
  /** For a client of SIBS: `new Sibs(gateway.settings.sibs)` of `@caravela/sibs`. */
  readonly sibs: {
    readonly baseUrl: string;
    readonly terminalId: string;
    readonly clientId: string;
    readonly token: string;
  };
  /** For a Caravela server: its environment. It finds the terminal by itself, and has itself notified. */
  readonly caravela: Readonly<Record<"SIBS_BASE_URL" | "CARAVELA_TEST_CLOCK", string>>;
}

/** Members of a terminal that a test may change. */
export interface TerminalChanges {
  readonly methods?: readonly ("CARD" | "MBWAY" | "REFERENCE")[];
  readonly merchantName?: string;
  readonly disableMandateMBWAYFallback?: boolean;
  readonly requiresCustomer?: boolean;
  readonly statusByMerchantTransactionId?: boolean;
}

/** A transaction as the gateway has it. */
export interface GatewayTransaction {
  readonly transactionID: string;
  readonly merchantTransactionId: string;
  readonly paymentMethod: string | null;
  readonly paymentStatus: string;
  /** In euros, as "5.50". */
  readonly amount: string;
  readonly captured: string;
  readonly refunded: string;
  readonly [more: string]: unknown;
}

/** A SIBS Gateway, and everybody who stands behind it. */
export interface TestGateway {
  /** `http://127.0.0.1:41003`. */
  readonly url: string;
  /** Where other programs steer it, as the project's page on the sandbox says. */
  readonly sandboxUrl: string;
  readonly terminal: GatewayTerminal;
  readonly settings: ProgramSettings;
  readonly atm: Atm;
  readonly issuer: Issuer;
  readonly clock: GatewayClock;
  readonly faults: GatewayFaults;
  readonly notifications: GatewayNotifications;
  /** A phone with MB WAY: `919999999`, or with its country, as `351#919999999`. */
  phone(number: string): Phone;
  /** Where the terminals' notifications go: the addresses of those who stand on this gateway. */
  notifiedAt(): Promise<readonly string[]>;
  /** Makes the terminal another one: with fewer methods, say. */
  changeTerminal(changes: TerminalChanges): Promise<void>;
  /** The newest hundred transactions, newest first. */
  transactions(): Promise<readonly GatewayTransaction[]>;
  /** Forgets transactions, saved cards, notifications and faults, as between two tests. The clock stays where it is. */
  reset(): Promise<void>;
}

/** A gateway that was started for a test. */
export interface StartedGateway extends TestGateway {
  /** Ends it: its database is removed with all that is in it. */
  close(): Promise<void>;
}

const PATIENCE_MS = 5_000;

/**
 * Starts a SIBS Gateway for a test: on a port and a database of its own, beside any number of others. It ends with
 * `close()`, or with the process that started it.
 * @throws Error in words when it cannot be started
 */
export async function startGateway(options: StartOptions = {}): Promise<StartedGateway> {
  const { port = 0, notifyAt, clockFollowers = [], logLevel = "silent", patienceMs = PATIENCE_MS } = options;
  refuseWrong({ port, clockFollowers, logLevel, patienceMs });
  const databaseUrl = options.databaseUrl ?? (process.env.DATABASE_URL?.trim() || null);
  const { url, terminals, close } = await startHosted({ port, databaseUrl, clockFollowers, logLevel });
  try {
    const gateway = steered(new Sandbox(url, patienceMs), url, terminals);
    if (notifyAt !== undefined) await gateway.notifications.sendTo(notifyAt);
    return { ...gateway, close };
  } catch (error) {
    await close(); // whoever asked for it has nothing to end it by
    throw error;
  }
}

/**
 * Steers a gateway that runs already, as `caravela start` and `caravela gateway` start one.
 * @param url as http://127.0.0.1:4010
 * @throws Error when there is none
 */
export async function connectGateway(
  url: string,
  { patienceMs = PATIENCE_MS }: Pick<StartOptions, "patienceMs"> = {},
): Promise<TestGateway> {
  const sandbox = new Sandbox(url.replace(/\/+$/, ""), patienceMs);
  const { terminals } = await sandbox.get<{ terminals: readonly Terminal[] }>("/terminals");
  return steered(sandbox, url.replace(/\/+$/, ""), terminals);
}

function steered(sandbox: Sandbox, url: string, [first]: readonly Terminal[]): TestGateway {
  if (first === undefined) throw new Error(`The gateway at ${url} has no terminal.`);
  const { terminalId, clientId, token, entity } = first;
  const secret = first.webhook?.secret ?? randomBytes(32).toString("base64");
  const baseUrl = `${url}/api/v2`;
  return {
    url,
    sandboxUrl: sandbox.url,
    terminal: { terminalId, clientId, token, entity },
    settings: {
      sibs: { baseUrl, terminalId, clientId, token },
      caravela: { SIBS_BASE_URL: baseUrl, CARAVELA_TEST_CLOCK: "1" },
    },
    atm: atmOf(sandbox),
    issuer: issuerOf(sandbox),
    clock: clockOf(sandbox),
    faults: faultsOf(sandbox),
    notifications: notificationsOf(sandbox, { terminalId, secret }),
    phone: (number) => phoneOf(sandbox, number),
    notifiedAt: async () => {
      const { terminals } = await sandbox.get<{ terminals: readonly Terminal[] }>("/terminals");
      return terminals.flatMap(({ webhook }) => webhook?.url ?? []);
    },
    changeTerminal: async (changes) => void (await sandbox.put(`/terminals/${terminalId}`, changes)),
    transactions: async () =>
      (await sandbox.get<{ transactions: GatewayTransaction[] }>("/transactions?limit=100")).transactions,
    reset: async () => void (await sandbox.post("/reset")),
  };
}
