import { readNetworks } from "@caravela/platform/address";
import type { Chance } from "@caravela/platform/chance";
import type { LogDestination } from "@caravela/platform/log";
import { type DatabaseSettings, readDatabaseSettings } from "@caravela/platform/postgres/database-settings";
import { Secret } from "@caravela/platform/secret";
import {
  type Environment,
  headerWord,
  host,
  httpOrigin,
  httpUrlBefore,
  isLoopback,
  LOG_LEVELS,
  list,
  oneOf,
  onOff,
  port,
  type Reading,
  readTogether,
  setting,
  wholeNumber,
} from "@caravela/platform/settings";
import { type Cents, cents } from "@caravela/sibs/money";
import { readSignOn } from "./colleagues/sign-on-settings.ts";
import type { SignOnSettings } from "./colleagues/single-sign-on.ts";
import { type Method, OFFERED } from "./domain/methods/index.ts";
import type { MethodLimits } from "./domain/methods/limits.ts";
import { type Embedding, shopOrigins } from "./embedding.ts";
import type { AllowedInside } from "./events/addresses.ts";
import type { AloneLimits } from "./operations/second-person.ts";
import { type ReadSaid, readShop, SHOP_NAME, shopLine } from "./shop/settings.ts";
import type { Shop } from "./shop/shop.ts";
import { ENVIRONMENTS } from "./sibs/inputs.ts";
import type { CardLimits } from "./storage/card-tries.ts";
import type { PhoneLimits } from "./storage/phone-requests.ts";
import { type CustomerMailSettings, readMail, type TasksMailSettings } from "./tasks/mail-settings.ts";
import {
  type Credentials,
  methodLimits,
  methods,
  namesTerminal,
  readCredentials,
  type ServedTerminal,
} from "./terminal-settings.ts";
import { readTerminalsFile } from "./terminals-file.ts";

/** What the server is started with. */
export interface ServerSettings extends DatabaseSettings {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** How browsers reach the server; null: where it listens. */
  readonly publicUrl: string | null;
  /** Who is paid, where no file names several terminals. */
  readonly shop: Shop;
  readonly apiKey: Secret;
  /** Everything before `/payments`. */
  readonly sibsBaseUrl: string;
  /** Everything before `/mbway-mandates`. */
  readonly sibsMandatesBaseUrl: string;
  /** Several, or one, as a file names them; null: the one that is set by the settings below. */
  readonly terminals?: readonly [ServedTerminal, ...ServedTerminal[]] | null;
  /** Null: those of the local gateway's demonstration terminal. */
  readonly credentials: Credentials | null;
  readonly methods: readonly Method[];
  /** Which amounts each way to pay can be used for. */
  readonly limits: MethodLimits;
  /** Whether SIBS must be told whose a card is. */
  readonly requiresCustomer: boolean;
  /** Where payments are shown inside the shop's pages; absent: nowhere. */
  readonly embedding?: Embedding;
  /** So many calls to SIBS a second, beyond which what may wait does; 0, or absent: any number. */
  readonly sibsCallsPerSecond?: number;
  /** Whether an attempt whose time is over is ended also while SIBS cannot be asked how it ended. */
  readonly timeOutUnasked: boolean;
  /** Whether no plan charges until a person has looked: after the database was restored to an earlier moment. */
  readonly holdsCharges?: boolean;
  /** Against card testing. */
  readonly cardLimits: CardLimits;
  /** Against phones that are made to ring without end; none unless given. */
  readonly phoneLimits?: PhoneLimits;
  /** Whose word on a customer's address is taken: addresses, networks, `loopback`. */
  readonly trustedProxies: readonly string[];
  /** Which addresses inside events may be sent to. */
  readonly eventNetworks: AllowedInside;
  /** How many connections to the database one process may have at once: twenty, unless it is said. */
  readonly connections?: number;
  /** How long events and their deliveries are kept, in days. */
  readonly eventsKeptDays: number;
  /** What one person may give back without a second; absent: all that they may. */
  readonly alone?: AloneLimits;
  /** Opens `/metrics` to whoever does not ask from this machine; null: to nobody. */
  readonly metricsToken: Secret | null;
  /**
   * What stands in the link by which whoever has this machine signs in as an owner; null, or absent: there is no such
   * link. Only against a gateway on this machine.
   */
  readonly localOwner?: Secret | null;
  /** How what needs a person is sent by e-mail; absent or null: it is not. */
  readonly tasksMail?: TasksMailSettings | null;
  /** How customers are sent what they want by e-mail; absent or null: they are not. */
  readonly customerMail?: CustomerMailSettings | null;
  /** Whether requests to the API are written down; they are unless it is given. */
  readonly logsRequests?: boolean;
  /** The company's own provider, by which colleagues sign in; null, or absent: there is none. */
  readonly signOn?: SignOnSettings | null;
  /**
   * So much of one payment a person may give back without a fresh touch of their passkey, in cents; null, or absent:
   * all of it.
   */
  readonly touchAbove?: Cents | null;
  /** Serves `/sandbox/clock/step`: only against a gateway on this machine. */
  readonly testClock: boolean;
  readonly logLevel: string;
  /** Looks at all this as `caravela doctor` does; nobody can unless it is given. */
  readonly examine?: () => Promise<
    readonly { readonly isWell: boolean; readonly says: string; readonly todo?: string }[]
  >;
  /** Where the log goes: the process's output unless it is given. */
  readonly logDestination?: LogDestination;
  /** Where identifiers, secrets and dice come from: the operating system unless it is given, for tests. */
  readonly chance?: Chance;
  /** Whether what is due is done by itself, as it is unless this says no: then when the clock is stepped, for tests. */
  readonly worksByItself?: boolean;
}

/**
 * Reads the settings from the environment. @throws SettingsError with one clear line for each that is missing or wrong.
 */
export function readServerSettings(env: Environment): ServerSettings {
  return readTogether(env, (reading) => {
    const sibsBaseUrl = setting(reading, "SIBS_BASE_URL", {
      default: `http://127.0.0.1:${setting(reading, "CARAVELA_GATEWAY_PORT", { default: 4010, parse: port })}/api/v2`,
      parse: httpUrlBefore("/payments"),
    });
    const testClock = setting(reading, "CARAVELA_TEST_CLOCK", { default: false, parse: onOff });
    if (testClock && !isLoopback(sibsBaseUrl)) {
      reading.faults.push("CARAVELA_TEST_CLOCK is 1, but SIBS_BASE_URL is not on this machine: leave it unset.");
    }
    const localOwner = setting<Secret | null>(reading, "CARAVELA_LOCAL_OWNER", {
      default: null,
      parse: linkWord,
      isSecret: true,
    });
    if (localOwner !== null && !isLoopback(sibsBaseUrl)) {
      reading.faults.push("CARAVELA_LOCAL_OWNER is set, but SIBS_BASE_URL is not on this machine: leave it unset.");
    }
    const terminals = readTerminalsFile(reading);
    // without a word about it, the terminal is the local gateway's own
    const isOwn =
      (reading.env.CARAVELA_TERMINALS?.trim() ?? "") !== "" || (isLoopback(sibsBaseUrl) && !namesTerminal(reading));
    return {
      ...readDatabaseSettings(reading, isLoopback(sibsBaseUrl)),
      host: setting(reading, "CARAVELA_HOST", { default: "127.0.0.1", parse: host }),
      port: setting(reading, "CARAVELA_PORT", { default: 3000, parse: port }),
      publicUrl: setting<string | null>(reading, "CARAVELA_PUBLIC_URL", { default: null, parse: httpOrigin }),
      shop: shopIn(reading),
      apiKey: readApiKey(reading, { testClock, sibsBaseUrl }),
      sibsBaseUrl,
      sibsMandatesBaseUrl: setting(reading, "SIBS_MANDATES_BASE_URL", {
        default: mandatesBaseUrlBeside(sibsBaseUrl),
        parse: httpUrlBefore("/mbway-mandates"),
      }),
      terminals,
      credentials: isOwn ? null : readCredentials(reading),
      methods: setting(reading, "SIBS_METHODS", { default: OFFERED, parse: (text) => methods(list(text)) }),
      limits: setting<MethodLimits>(reading, "SIBS_METHOD_LIMITS", {
        default: {},
        parse: (text) => methodLimits(list(text)),
      }),
      requiresCustomer: setting(reading, "SIBS_REQUIRES_CUSTOMER", { default: true, parse: onOff }),
      embedding: {
        origins: setting<readonly string[]>(reading, "CARAVELA_SHOP_ORIGINS", {
          default: [],
          parse: (text) => shopOrigins(list(text)),
        }),
        cards: setting(reading, "CARAVELA_EMBEDDED_CARDS", { default: false, parse: onOff }),
      },
      // by a clock that is moved, a month's inquiries are made at once
      sibsCallsPerSecond: setting(reading, "SIBS_CALLS_PER_SECOND", {
        default: testClock ? 0 : 50,
        parse: wholeNumber,
      }),
      holdsCharges: setting(reading, "CARAVELA_HOLD_CHARGES", { default: false, parse: onOff }),
      timeOutUnasked: setting(reading, "CARAVELA_TIME_OUT_UNASKED", { default: false, parse: onOff }),
      cardLimits: {
        perPayment: setting(reading, "CARAVELA_CARD_TRIES_PER_PAYMENT", { default: 6, parse: wholeNumber }),
        perAddress: setting(reading, "CARAVELA_CARD_TRIES_PER_ADDRESS", { default: 15, parse: wholeNumber }),
        perTerminal: setting(reading, "CARAVELA_CARD_TRIES_PER_TERMINAL", { default: 1_000, parse: wholeNumber }),
      },
      phoneLimits: {
        // by a clock that is moved, on one machine, nobody's phone rings
        most: setting(reading, "CARAVELA_PHONE_REQUESTS", { default: testClock ? 0 : 6, parse: wholeNumber }),
        withinMinutes: setting(reading, "CARAVELA_PHONE_REQUESTS_MINUTES", { default: 10, parse: minutes }),
      },
      trustedProxies: setting(reading, "CARAVELA_TRUSTED_PROXIES", { default: ["loopback"], parse: networks }),
      eventNetworks: setting<AllowedInside>(reading, "CARAVELA_EVENT_NETWORKS", {
        default: isLoopback(sibsBaseUrl) ? "all" : [],
        parse: insideNetworks,
      }),
      connections: setting(reading, "CARAVELA_DATABASE_CONNECTIONS", { default: 20, parse: connections }),
      eventsKeptDays: setting(reading, "CARAVELA_EVENTS_KEPT_DAYS", { default: 90, parse: daysKept }),
      metricsToken: setting<Secret | null>(reading, "CARAVELA_METRICS_TOKEN", {
        default: null,
        parse: metricsToken,
        isSecret: true,
      }),
      alone: {
        above: setting<Cents | null>(reading, "CARAVELA_SECOND_PERSON_ABOVE", { default: null, parse: readCents }),
        day: setting<Cents | null>(reading, "CARAVELA_SECOND_PERSON_DAY", { default: null, parse: readCents }),
      },
      localOwner,
      ...readMail(reading),
      logsRequests: setting(reading, "CARAVELA_REQUEST_LOG", { default: true, parse: onOff }),
      signOn: readSignOn(reading),
      touchAbove: setting(reading, "CARAVELA_TOUCH_ABOVE", { default: cents(10_000), parse: readCents }),
      testClock,
      logLevel: setting(reading, "CARAVELA_LOG_LEVEL", { default: "info", parse: oneOf(LOG_LEVELS) }),
    };
  });
}

/**
 * Where SIBS has authorised payments: of its own two addresses, the one that belongs to each; else there with the
 * payments.
 */
function mandatesBaseUrlBeside(sibsBaseUrl: string): string {
  const known = Object.values(ENVIRONMENTS).find(({ baseUrl }) => baseUrl === sibsBaseUrl);
  return known?.mandatesBaseUrl ?? sibsBaseUrl;
}

function shopIn(reading: Reading): Shop {
  const name = setting(reading, SHOP_NAME.setting, { default: "Caravela", parse: shopLine });
  const said: ReadSaid = ({ setting: one }, parse) =>
    setting<ReturnType<typeof parse> | null>(reading, one, { default: null, parse });
  return readShop(said, name, process.cwd());
}

/** The key of `npm start`, which everybody can read. */
const WELL_KNOWN_KEY = "sk_test_caravela";

/** The API key, where it is the one that everybody can read and all of it plays on this machine; null: it is not. */
export function knownKey({ apiKey, sibsBaseUrl }: Pick<ServerSettings, "apiKey" | "sibsBaseUrl">): string | null {
  return isLoopback(sibsBaseUrl) && apiKey.reveal() === WELL_KNOWN_KEY ? WELL_KNOWN_KEY : null;
}

/**
 * A key that can be guessed opens everybody's payments. Where all of it plays on this machine by a clock that is moved,
 * any key will do.
 */
function readApiKey(reading: Reading, { testClock, sibsBaseUrl }: { testClock: boolean; sibsBaseUrl: string }): Secret {
  const isLocal = isLoopback(sibsBaseUrl);
  const shortest = testClock ? 1 : isLocal ? 6 : 16;
  const parse = (text: string): string => {
    const advice = "that nobody can guess (openssl rand -hex 24)";
    if (text.length < shortest) throw new TypeError(`at least ${shortest} characters are needed ${advice}`);
    if (!isLocal && text === WELL_KNOWN_KEY) throw new TypeError(`everybody knows this one: make one ${advice}`);
    return headerWord(text);
  };
  return new Secret(setting(reading, "CARAVELA_API_KEY", { parse, isSecret: true }));
}

/** Up to a day: what is older is forgotten. */
function minutes(text: string): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < 1 || Number(text) > 1440) {
    throw new TypeError("minutes are a whole number from 1 to 1440");
  }
  return Number(text);
}

/** Never before its three days of tries are over, and those of whoever asks for it again after that. */
function daysKept(text: string): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < 7 || Number(text) > 3650) {
    throw new TypeError(
      "days are a whole number from 7 to 3650: an event is tried for three, and can be asked for again",
    );
  }
  return Number(text);
}

/**
 * Fewer would have whoever waits for PostgreSQL wait for one another; more than PostgreSQL has by itself are no gain.
 */
function connections(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) < 4 || Number(text) > 100) {
    throw new TypeError("connections are a whole number from 4 to 100");
  }
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

function readCents(text: string): Cents {
  if (!/^\d{1,8}$/.test(text)) throw new TypeError("whole cents are needed, as 10000 for €100");
  return cents(Number(text));
}

/** Whoever guesses it is an owner. */
function linkWord(text: string): Secret {
  if (!/^[0-9A-Za-z]{32,100}$/.test(text)) throw new TypeError("32 to 100 letters and digits by chance are needed");
  return new Secret(text);
}

function insideNetworks(text: string): AllowedInside {
  const words = list(text);
  if (words.length === 1 && words[0] === "all") return "all";
  readNetworks(words);
  return words;
}
