import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { doubledMembers } from "@caravela/platform/json";
import { Secret } from "@caravela/platform/secret";
import { headerWord, type Reading } from "@caravela/platform/settings";
import type { TerminalId } from "./domain/identifiers.ts";
import { OFFERED } from "./domain/methods/index.ts";
import type { MethodLimits } from "./domain/methods/limits.ts";
import { shopOrigins } from "./embedding.ts";
import { readShop, SHOP_MEMBERS, SHOP_NAME, shopLine } from "./shop/settings.ts";
import { shopCalled } from "./shop/shop.ts";
import {
  besideFile,
  entity,
  KNOWN_MEMBERS,
  methodLimits,
  methods,
  type ServedTerminal,
  terminalId,
  webhookSecret,
} from "./terminal-settings.ts";

/** The setting that names the file. */
const NAME = "CARAVELA_TERMINALS";

const MEMBERS = ["id", ...SHOP_MEMBERS, "clientId", "token", "webhookSecrets", "entity", ...KNOWN_MEMBERS];

/** One member of the file that is being read, by where it stands. */
interface Place {
  readonly reading: Reading;
  /** Of the file: what it names by a relative path lies beside it. */
  readonly folder: string;
  readonly at: string;
  readonly value: unknown;
}

/**
 * The terminals that a file names, the first of them first; null: no file is set. What is wrong is told all at once,
 * each with where it stands; nothing of a secret is ever told, nor of what stands where a secret is wanted.
 */
export function readTerminalsFile(reading: Reading): readonly [ServedTerminal, ...ServedTerminal[]] | null {
  const path = reading.env[NAME]?.trim() ?? "";
  if (path === "") return null;
  // the content itself, perhaps with secrets in it
  if (/[{}"\n]/.test(path)) {
    reading.faults.push(`${NAME} is no path: put what it is into a file, and name that file here.`);
    return null;
  }
  const beside = besideFile(reading);
  if (beside.length > 0) {
    reading.faults.push(
      `${NAME} and ${beside.join(", ")} are set: say all of it in the file, and leave the others unset.`,
    );
  }
  const listed = terminalsIn(reading, path);
  if (listed === null) return null;
  const folder = dirname(resolve(path));
  const terminals = listed.map((value, number) => readTerminal({ reading, folder, at: `terminals[${number}]`, value }));
  for (const [number, { id }] of terminals.entries()) {
    const first = terminals.findIndex((one) => one.id === id);
    if (id !== NONE && first < number)
      fault({ reading, at: `terminals[${number}].id` }, `is that of terminals[${first}]`);
  }
  const [first, ...others] = terminals;
  return first === undefined ? null : [first, ...others];
}

/** Stands where a number could not be read. */
const NONE: TerminalId = "0";

/** Stands where no terminal could be read: what is read beside a fault is never used. */
const NO_TERMINAL: ServedTerminal = {
  id: NONE,
  shop: shopCalled(""),
  clientId: "",
  token: new Secret(""),
  webhookSecrets: [],
  entity: "",
  methods: OFFERED,
  limits: {},
  requiresCustomer: true,
};

function terminalsIn(reading: Reading, path: string): readonly unknown[] | null {
  const wrong = (says: string) => {
    reading.faults.push(`${NAME} is ${JSON.stringify(path)}: ${says}.`);
    return null;
  };
  let text: string;
  try {
    text = readFileSync(path, "utf8").replace(/^\ufeff/, "");
  } catch (error) {
    return wrong(`this file cannot be read (${codeOf(error)})`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // what JSON.parse says shows a part of the file
    return wrong("this file is no JSON");
  }
  if (!isObject(content) || !Array.isArray(content.terminals) || content.terminals.length === 0) {
    return wrong('this file must be {"terminals": […]}, with one terminal or more');
  }
  for (const pointer of doubledMembers(text))
    fault({ reading, at: placeOf(pointer) }, "stands more than once: leave one");
  const others = Object.keys(content).filter((member) => member !== "terminals");
  if (others.length > 0)
    wrong(`beside "terminals" nothing has a place in this file, but there is ${namesOf(others).join(", and ")}`);
  return content.terminals;
}

/** What is written otherwise may be a secret, put in the wrong place. */
const LIKE_A_MEMBER = /^[A-Za-z_]{1,30}$/;

/** Those that may be shown; in place of all others a word. */
function namesOf(members: readonly string[]): readonly string[] {
  const shown = members.filter((member) => LIKE_A_MEMBER.test(member)).map((member) => JSON.stringify(member));
  return shown.length === members.length ? shown : [...shown, "others"];
}

/** Where a JSON pointer leads, as far as it may be shown. */
function placeOf(pointer: string): string {
  const parts = pointer.split("/").slice(1);
  return parts.reduce((place, part) => {
    if (/^\d{1,4}$/.test(part)) return `${place}[${part}]`;
    const member = LIKE_A_MEMBER.test(part) ? part : "…";
    return place === "" ? member : `${place}.${member}`;
  }, "");
}

function readTerminal(place: Place): ServedTerminal {
  const { value: terminal } = place;
  if (!isObject(terminal)) {
    fault(place, "must be an object");
    return NO_TERMINAL;
  }
  const of = (member: string): Place => ({
    ...place,
    at: `${place.at}.${member}`,
    value: terminal[member],
  });
  for (const member of Object.keys(terminal)) {
    if (MEMBERS.some((known) => known === member)) continue;
    const isShown = LIKE_A_MEMBER.test(member);
    const at = isShown ? `${place.at}.${member}` : place.at;
    fault(
      { ...place, at },
      `${isShown ? "is no member" : "has a member that there is not"}: there are ${MEMBERS.join(", ")}`,
    );
  }
  return {
    id: read(inDigits(of("id")), NONE, (text) => terminalId(text)),
    shop: readShop(
      ({ member, isNumber = false }, parse) => {
        const said = isNumber ? inDigits(of(member)) : of(member);
        return isBlank(said.value) ? null : read<ReturnType<typeof parse> | null>(said, null, parse);
      },
      read(of(SHOP_NAME.member), "", shopLine),
      place.folder,
    ),
    clientId: readReferred(of("clientId"), "", headerWord),
    token: new Secret(readReferred(of("token"), "", headerWord)),
    webhookSecrets: readSecrets(of("webhookSecrets")),
    entity: read(inDigits(of("entity")), "", entity),
    methods: isAbsent(terminal.methods) ? OFFERED : readMethods(of("methods")),
    limits: isAbsent(terminal.limits) ? {} : readLimits(of("limits")),
    requiresCustomer: isAbsent(terminal.requiresCustomer) || readTruth(of("requiresCustomer")),
    embedding: {
      origins: isAbsent(terminal.shopOrigins) ? [] : readOrigins(of("shopOrigins")),
      cards: !isAbsent(terminal.embeddedCards) && readTruth(of("embeddedCards")),
    },
  };
}

function readSecrets(place: Place): readonly Secret[] {
  const { value, at } = place;
  if (!Array.isArray(value) || value.length === 0) {
    fault(place, `must be a list of one or more of ${REFERENCE}: several while one is replaced`);
    return [];
  }
  return value.flatMap((one, number) => {
    const secret = readReferred<Secret | null>({ ...place, at: `${at}[${number}]`, value: one }, null, webhookSecret);
    return secret ?? [];
  });
}

function readMethods(place: Place) {
  const { value } = place;
  const words = Array.isArray(value) && value.every((word) => typeof word === "string") ? value : [""];
  return attempt(place, OFFERED, () => methods(words));
}

function readOrigins(place: Place): readonly string[] {
  const { value } = place;
  if (Array.isArray(value) && value.every((one) => typeof one === "string"))
    return attempt<string[]>(place, [], () => shopOrigins(value));
  fault(place, 'must be a list of origins, as ["https://loja.example.pt"]');
  return [];
}

/** `{"mbway": {"least": 50, "most": 75000}}`: either bound may be left out. */
function readLimits(place: Place): MethodLimits {
  const { value } = place;
  if (!isObject(value)) {
    fault(place, LIMITS_NEEDED);
    return {};
  }
  const read = Object.entries(value).flatMap(([word, limit]) => {
    const isShown = LIKE_A_MEMBER.test(word);
    const inPlace = { ...place, at: isShown ? `${place.at}.${word}` : place.at, value: limit };
    const one = attempt<MethodLimits>(inPlace, {}, () => methodLimits([`${word}=${boundsIn(limit)}`]));
    return Object.entries(one);
  });
  return Object.fromEntries(read);
}

const LIMITS_NEEDED = 'must say amounts in cents, as {"mbway": {"least": 50, "most": 75000}}';

/** @throws TypeError when they are none. */
function boundsIn(limit: unknown): string {
  const { least = null, most = null, ...others } = isObject(limit) ? limit : { least: NaN };
  const isBound = (one: unknown) => one === null || (Number.isSafeInteger(one) && Number(one) >= 0);
  if (!isBound(least) || !isBound(most) || Object.keys(others).length > 0) throw new TypeError(LIMITS_NEEDED);
  return `${least ?? ""}-${most ?? ""}`;
}

function readTruth(place: Place): boolean {
  if (typeof place.value === "boolean") return place.value;
  fault(place, "must be true or false");
  return true;
}

/** Of digits a number is as good as a text. */
function inDigits(place: Place): Place {
  const { value } = place;
  return Number.isSafeInteger(value) ? { ...place, value: String(value) } : place;
}

/** A member that stands in the file as text. */
function read<T>(place: Place, standIn: T, parse: (text: string) => T): T {
  const { value } = place;
  if (typeof value === "string" && !isBlank(value)) return attempt(place, standIn, () => parse(value.trim()));
  fault(place, isBlank(value) ? "is not there" : "must be text");
  return standIn;
}

const REFERENCE = '{"env": "A_VARIABLE"} or {"file": "a/path"}';

/** What is written otherwise may be the secret itself, put in the wrong place. */
const LIKE_A_VARIABLE = /^[A-Z]{1,20}\d{0,3}(_([A-Z]{1,20}\d{0,3}|\d{1,10}))*$/;

/** A member that is said elsewhere: in a variable of the environment, or in a file of its own. */
function readReferred<T>(place: Place, standIn: T, parse: (text: string) => T): T {
  const { value, reading, folder } = place;
  const reference = isObject(value) ? Object.entries(value) : [];
  const [[kind, name] = []] = reference;
  if (reference.length !== 1 || typeof name !== "string" || name === "") {
    fault(place, `must be ${REFERENCE}: what it is itself has no place in this file`);
    return standIn;
  }
  if (kind === "env") {
    // what every object has is no variable
    const text = Object.hasOwn(reading.env, name) ? (reading.env[name]?.trim() ?? "") : "";
    if (text !== "") return attempt(place, standIn, () => parse(text), `of ${name} `);
    fault(place, `names ${LIKE_A_VARIABLE.test(name) ? name : "a variable"}, which is not set`);
    return standIn;
  }
  if (kind === "file") {
    const path = resolve(folder, name);
    try {
      const text = readFileSync(path, "utf8").trim();
      return attempt(place, standIn, () => parse(text), `in ${path} `);
    } catch (error) {
      fault(place, `names a file that cannot be read (${codeOf(error)}): a relative path begins in ${folder}`);
      return standIn;
    }
  }
  fault(place, `must be ${REFERENCE}`);
  return standIn;
}

function attempt<T>(place: Place, standIn: T, parse: () => T, where = ""): T {
  try {
    return parse();
  } catch (error) {
    fault(place, `${where}cannot work: ${(error as Error).message}`);
    return standIn;
  }
}

function fault({ reading, at }: Pick<Place, "reading" | "at">, says: string): void {
  reading.faults.push(`${NAME}: ${at} ${says}.`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** An empty text counts as none, as an empty setting does. */
function isBlank(value: unknown): boolean {
  return isAbsent(value) || (typeof value === "string" && value.trim() === "");
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unreadable";
}
