import { readNetworks } from "@caravela/platform/address";
import type { LogDestination } from "@caravela/platform/log";
import { STATEMENT_LIMIT_MS } from "@caravela/platform/postgres/pool";
import { Secret } from "@caravela/platform/secret";
import {
  type Environment,
  httpUrl,
  limitMs,
  list,
  onOff,
  port,
  SettingsError,
  setting,
} from "@caravela/platform/settings";
import { ENVIRONMENTS } from "@caravela/sibs";
import { type Method, OFFERED } from "./domain/methods/index.ts";
import type { AllowedInside } from "./events/addresses.ts";
import type { CardLimits } from "./payments/card-tries.ts";

/** What a terminal is known by at SIBS. */
export interface Credentials {
  readonly terminalId: string;
  readonly clientId: string;
  readonly token: Secret;
  /** Base64, 32 bytes each. */
  readonly webhookSecrets: readonly Secret[];
  readonly entity: string;
}

/** What the server is started with. */
export interface ServerSettings {
  readonly databaseUrl: string;
  /** How long a statement may take before its connection counts as dead, in milliseconds. */
  readonly statementLimitMs?: number;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** How browsers reach the server; null: where it listens. */
  readonly publicUrl: string | null;
  readonly merchantName: string;
  readonly apiKey: Secret;
  /** Everything before `/payments`. */
  readonly sibsBaseUrl: string;
  /** Everything before `/mbway-mandates`. */
  readonly sibsMandatesBaseUrl: string;
  /** Null: those of the local gateway's demonstration terminal. */
  readonly credentials: Credentials | null;
  readonly methods: readonly Method[];
  /** Whether an attempt whose time is over is ended also while SIBS cannot be asked how it ended. */
  readonly timeOutUnasked: boolean;
  /** Against card testing. */
  readonly cardLimits: CardLimits;
  /** Whose word on a customer's address is taken: addresses, networks, `loopback`. */
  readonly trustedProxies: readonly string[];
  /** Which addresses inside events may be sent to. */
  readonly eventNetworks: AllowedInside;
  /** Opens `/metrics` to whoever does not ask from this machine; null: to nobody. */
  readonly metricsToken: Secret | null;
  /** Serves `/sandbox/clock/step`: only against a gateway on this machine. */
  readonly testClock: boolean;
  readonly logLevel: string;
  /** Where the log goes: the process's output unless it is given. */
  readonly logDestination?: LogDestination;
}

/** Reads the settings from the environment. @throws SettingsError with one clear line for what is missing or wrong. */
export function readServerSettings(env: Environment): ServerSettings {
  const sibsBaseUrl = setting(env, "SIBS_BASE_URL", {
    default: `http://127.0.0.1:${setting(env, "CARAVELA_GATEWAY_PORT", { default: 4010, parse: port })}/api/v2`,
    parse: httpUrl,
  });
  const testClock = setting(env, "CARAVELA_TEST_CLOCK", { default: false, parse: onOff });
  if (testClock && !isLoopback(sibsBaseUrl)) {
    throw new SettingsError("CARAVELA_TEST_CLOCK is 1, but SIBS_BASE_URL is not on this machine: leave it unset.");
  }
  return {
    databaseUrl: setting(env, "DATABASE_URL"),
    statementLimitMs: setting(env, "CARAVELA_DATABASE_LIMIT_MS", { default: STATEMENT_LIMIT_MS, parse: limitMs }),
    host: setting(env, "CARAVELA_HOST", { default: "127.0.0.1" }),
    port: setting(env, "CARAVELA_PORT", { default: 3000, parse: port }),
    publicUrl: setting<string | null>(env, "CARAVELA_PUBLIC_URL", { default: null, parse: httpUrl }),
    merchantName: setting(env, "CARAVELA_MERCHANT_NAME", { default: "Caravela" }),
    apiKey: new Secret(setting(env, "CARAVELA_API_KEY")),
    sibsBaseUrl,
    sibsMandatesBaseUrl: setting(env, "SIBS_MANDATES_BASE_URL", {
      default: mandatesBaseUrlBeside(sibsBaseUrl),
      parse: httpUrl,
    }),
    credentials: readCredentials(env, sibsBaseUrl),
    methods: setting(env, "SIBS_METHODS", { default: OFFERED, parse: methods }),
    timeOutUnasked: setting(env, "CARAVELA_TIME_OUT_UNASKED", { default: false, parse: onOff }),
    cardLimits: {
      perPayment: setting(env, "CARAVELA_CARD_TRIES_PER_PAYMENT", { default: 6, parse: count }),
      perAddress: setting(env, "CARAVELA_CARD_TRIES_PER_ADDRESS", { default: 15, parse: count }),
      perTerminal: setting(env, "CARAVELA_CARD_TRIES_PER_TERMINAL", { default: 1_000, parse: count }),
    },
    trustedProxies: setting(env, "CARAVELA_TRUSTED_PROXIES", { default: ["loopback"], parse: networks }),
    eventNetworks: setting<AllowedInside>(env, "CARAVELA_EVENT_NETWORKS", {
      default: isLoopback(sibsBaseUrl) ? "all" : [],
      parse: insideNetworks,
    }),
    metricsToken: setting<Secret | null>(env, "CARAVELA_METRICS_TOKEN", { default: null, parse: metricsToken }),
    testClock,
    logLevel: setting(env, "CARAVELA_LOG_LEVEL", { default: "info" }),
  };
}

/** Where SIBS has authorised payments: of its own two addresses, the one that belongs to each; else there with the payments. */
function mandatesBaseUrlBeside(sibsBaseUrl: string): string {
  const known = Object.values(ENVIRONMENTS).find(({ baseUrl }) => baseUrl === sibsBaseUrl);
  return known?.mandatesBaseUrl ?? sibsBaseUrl;
}

/** Whether an address is on this machine. */
export function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
}

function readCredentials(env: Environment, sibsBaseUrl: string): Credentials | null {
  if (setting(env, "SIBS_TOKEN", { default: "" }) === "" && isLoopback(sibsBaseUrl)) return null;
  return {
    terminalId: setting(env, "SIBS_TERMINAL_ID"),
    clientId: setting(env, "SIBS_CLIENT_ID"),
    token: new Secret(setting(env, "SIBS_TOKEN")),
    webhookSecrets: setting(env, "SIBS_WEBHOOK_SECRET", { parse: list }).map((secret) => new Secret(secret)),
    entity: setting(env, "SIBS_ENTITY"),
  };
}

/** A number of tries; 0: any number. */
function count(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new TypeError("a whole number is needed, 0 for no limit");
  return Number(text);
}

function networks(text: string): string[] {
  const all = list(text);
  readNetworks(all);
  return all;
}

/** Whoever guesses it reads what a shop earns. */
function metricsToken(text: string): Secret {
  if (!/^[!-~]{16,}$/.test(text)) throw new TypeError("16 characters or more are needed, without spaces");
  return new Secret(text);
}

function insideNetworks(text: string): AllowedInside {
  const words = list(text);
  if (words.length === 1 && words[0] === "all") return "all";
  readNetworks(words);
  return words;
}

function methods(text: string): Method[] {
  const words = list(text);
  const known = OFFERED.filter((method) => words.includes(method));
  if (known.length !== words.length || known.length === 0) throw new TypeError(`methods are ${OFFERED.join(", ")}`);
  return known;
}
