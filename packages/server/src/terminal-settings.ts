import type { Secret as SecretText } from "@caravela/platform/secret";
import { Secret } from "@caravela/platform/secret";
import { headerWord, list, type Reading, setting } from "@caravela/platform/settings";
import { cents } from "@caravela/sibs/money";
import { asTerminalId, type TerminalId } from "./domain/identifiers.ts";
import { type Method, OFFERED } from "./domain/methods/index.ts";
import type { AmountLimit, MethodLimits } from "./domain/methods/limits.ts";
import { NOT_EMBEDDED } from "./embedding.ts";
import { SHOP_SETTINGS } from "./shop/settings.ts";
import type { Terminal } from "./terminals.ts";

/** What a terminal is known by at SIBS. */
export interface Credentials {
  readonly terminalId: TerminalId;
  readonly clientId: string;
  readonly token: SecretText;
  /** Base64, 32 bytes each. */
  readonly webhookSecrets: readonly SecretText[];
  readonly entity: string;
}

/** A terminal with all that is needed to serve it. */
export interface ServedTerminal extends Terminal {
  readonly clientId: string;
  readonly token: SecretText;
  /** Base64, 32 bytes each. */
  readonly webhookSecrets: readonly SecretText[];
}

/** The one terminal that is set by settings of its own. */
export function onlyTerminal(
  { terminalId: id, ...credentials }: Credentials,
  known: Omit<Terminal, "id" | "entity">,
): ServedTerminal {
  const { methods, shop, limits, requiresCustomer, embedding = NOT_EMBEDDED } = known;
  return { id, ...credentials, methods, shop, limits, requiresCustomer, embedding };
}

/** Whether anything says which terminal it is: then it is not the local gateway's own. */
export function namesTerminal({ env }: Reading): boolean {
  return CREDENTIALS.some((name) => isSet(env[name]));
}

/** Of a terminal or an entity, with what somebody may write around it. */
const LONGEST_NUMBER = 16;

/** The credentials of the one terminal that is set by settings of its own. */
export function readCredentials(reading: Reading): Credentials {
  return {
    terminalId: setting<TerminalId>(reading, "SIBS_TERMINAL_ID", { parse: terminalId, longest: LONGEST_NUMBER }),
    clientId: setting(reading, "SIBS_CLIENT_ID", { parse: headerWord, isSecret: true }),
    token: new Secret(setting(reading, "SIBS_TOKEN", { parse: headerWord, isSecret: true })),
    webhookSecrets: setting(reading, "SIBS_WEBHOOK_SECRET", { parse: webhookSecrets, isSecret: true }),
    entity: setting(reading, "SIBS_ENTITY", { parse: entity, longest: LONGEST_NUMBER }),
  };
}

const CREDENTIALS = ["SIBS_TERMINAL_ID", "SIBS_CLIENT_ID", "SIBS_TOKEN", "SIBS_WEBHOOK_SECRET", "SIBS_ENTITY"];

/** What is said of each terminal in the file of several, and so has no meaning of its own beside it. */
export function besideFile({ env }: Reading): readonly string[] {
  return [...CREDENTIALS, ...Object.values(KNOWN), ...SHOP_SETTINGS].filter((name) => isSet(env[name]));
}

/** What else may be said of a terminal: by its member in the file of several, and by its setting of the only one. */
const KNOWN = {
  methods: "SIBS_METHODS",
  limits: "SIBS_METHOD_LIMITS",
  requiresCustomer: "SIBS_REQUIRES_CUSTOMER",
  shopOrigins: "CARAVELA_SHOP_ORIGINS",
  embeddedCards: "CARAVELA_EMBEDDED_CARDS",
} as const;

/** Its members in the file of several. */
export const KNOWN_MEMBERS: readonly string[] = Object.keys(KNOWN);

const isSet = (text: string | undefined): boolean => (text?.trim() ?? "") !== "";

export function terminalId(text: string): TerminalId {
  const id = asTerminalId(text);
  if (id === null) throw new TypeError("a number of 1 to 10 digits is needed, as SIBS Backoffice shows it");
  return id;
}

export function entity(text: string): string {
  if (!/^\d{5}$/.test(text)) throw new TypeError("5 digits are needed");
  return text;
}

/** One secret, or several while one is replaced by another: each must be able to open a notification. */
function webhookSecrets(text: string): Secret[] {
  const all = list(text);
  if (all.length === 0) throw new TypeError("there is none between the commas");
  return all.map((secret, place) => {
    if (isKey(secret)) return new Secret(secret);
    throw new TypeError(`${all.length === 1 ? "" : `number ${place + 1} of ${all.length} is none: `}${KEY_NEEDED}`);
  });
}

/** @throws TypeError that does not show it. */
export function webhookSecret(text: string): Secret {
  if (!isKey(text)) throw new TypeError(KEY_NEEDED);
  return new Secret(text);
}

const KEY_NEEDED = "the secret of SIBS Backoffice is needed as it stands there, base64 of 32 bytes";

function isKey(secret: string): boolean {
  const bytes = Buffer.from(secret, "base64");
  return bytes.length === 32 && bytes.toString("base64") === secret;
}

/** Which amounts each way to pay can be used for, in cents: `mbway=50-75000, multibanco=100-`. */
export function methodLimits(texts: readonly string[]): MethodLimits {
  const limits = texts.map((text): [Method, AmountLimit] => {
    const [, word = "", least = "", most = ""] = /^(\w+)\s*=\s*(\d{0,8})\s*-\s*(\d{0,8})$/.exec(text) ?? [];
    const [method] = word === "mandate" ? (["mandate"] as const) : methods([word]);
    if (method === undefined) throw new TypeError(LIMIT_NEEDED);
    return [method, amountLimit(least === "" ? null : Number(least), most === "" ? null : Number(most))];
  });
  if (new Set(limits.map(([method]) => method)).size < limits.length)
    throw new TypeError("a method stands there twice");
  return Object.fromEntries(limits);
}

const LIMIT_NEEDED = "amounts are needed in cents, the smallest and the largest, as mbway=50-75000 or multibanco=100-";

/** @throws TypeError when nothing lies between them. */
export function amountLimit(least: number | null, most: number | null): AmountLimit {
  if (least === null && most === null) throw new TypeError(LIMIT_NEEDED);
  if (least !== null && most !== null && least > most) throw new TypeError("the smallest amount is above the largest");
  return { least: least === null ? null : cents(least), most: most === null ? null : cents(most) };
}

export function methods(words: readonly string[]): Method[] {
  const said = [...new Set(words)];
  const known = OFFERED.filter((method) => said.includes(method));
  if (known.length !== said.length || known.length === 0) throw new TypeError(`methods are ${OFFERED.join(", ")}`);
  return known;
}
