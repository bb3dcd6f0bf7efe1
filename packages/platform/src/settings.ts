import { isIP } from "node:net";
import { CannotStart } from "./cannot-start.ts";
import { addressesIn } from "./postgres/hosts.ts";

/** A setting that is missing or cannot be read. */
export class SettingsError extends CannotStart {
  override name = "SettingsError";
}

/** The environment, as `process.env` is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Settings that are being read together: what is missing or wrong is told at the end, all of it. */
export interface Reading {
  readonly env: Environment;
  readonly faults: string[];
}

/** Reads settings together. @throws SettingsError with a line for each that is missing or wrong. */
export function readTogether<T>(env: Environment, read: (reading: Reading) => T): T {
  const reading: Reading = { env, faults: [] };
  const settings = read(reading);
  if (reading.faults.length > 0) throw new SettingsError([...new Set(reading.faults)].join("\n"));
  return settings;
}

/** How a setting is read. */
export interface Terms<T> {
  readonly default?: T;
  /** What to do where it is not set and has no default. */
  readonly remedy?: string;
  readonly parse?: (text: string) => T;
  /** Its value is shown to nobody, not in an error either. */
  readonly isSecret?: boolean;
  /** What has more characters is none of it, and may be a secret in the wrong place: it is not shown. */
  readonly longest?: number;
}

/** Reads a setting as text; an empty one counts as not set. It is a fault when it is not set and has no default. */
export function setting(reading: Reading, name: string, terms?: Terms<string>): string;
/** Reads a setting and parses it. It is a fault when it is not set and has no default, or when the parser says so. */
export function setting<T>(reading: Reading, name: string, terms: Terms<T> & { parse: (text: string) => T }): T;
export function setting<T>(reading: Reading, name: string, terms: Terms<T | string> = {}): T | string {
  const text = reading.env[name]?.trim();
  if (text === undefined || text === "") {
    // a default of null or undefined is one too: it says that nothing is set
    if ("default" in terms) return terms.default as T;
    return standIn(reading, unset(name, terms.remedy), terms);
  }
  if (terms.parse === undefined) return text;
  try {
    return terms.parse(text);
  } catch (error) {
    const isHidden = terms.isSecret === true || text.length > (terms.longest ?? Number.POSITIVE_INFINITY);
    const shown = isHidden ? "cannot work" : `is ${JSON.stringify(text)}`;
    return standIn(reading, `${name} ${shown}: ${(error as Error).message}.`, terms);
  }
}

function unset(name: string, remedy: string | undefined): string {
  return `${name} is not set, and there is no default for it${remedy === undefined ? "" : `: ${remedy}`}.`;
}

/** What is read in the place of a faulty setting is never used: the reading ends with its faults. */
function standIn<T>({ faults }: Reading, fault: string, { default: standard = "" }: Terms<T | string>): T | string {
  faults.push(fault);
  return standard;
}

/** Reads a port; 0 lets the system choose. */
export function port(text: string): number {
  const value = Number(text);
  if (!/^\d{1,5}$/.test(text) || value > 65_535) throw new RangeError("a port is a whole number from 0 to 65535");
  return value;
}

/** Reads a time limit in milliseconds, of a tenth of a second at least. */
export function limitMs(text: string): number {
  if (!/^\d{3,7}$/.test(text) || Number(text) < 100)
    throw new RangeError("a whole number of milliseconds is needed, 100 or more");
  return Number(text);
}

/** Reads the address of a web server, in its one spelling and without the slash at its end. */
export function httpUrl(text: string): string {
  const url = webPage(text);
  if (/[?#]/.test(text)) throw new TypeError("an address without ? and # is needed");
  return url.replace(/\/+$/, "");
}

/** Reads the address of a page, to which people are led, in its one spelling. */
export function webPage(text: string): string {
  // what a URL's own reading would mend (a line break inside, a missing slash) is a slip of whoever wrote it
  const url = /^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (url === null || text.length > LONGEST_ADDRESS) {
    throw new TypeError("an address beginning with http:// or https:// is needed");
  }
  if (url.username !== "" || url.password !== "") throw new TypeError("an address without a user's name is needed");
  return url.href;
}

/** No browser's address is longer, nor what a proxy passes on. */
const LONGEST_ADDRESS = 2_000;

/** Reads an address to which paths that begin like this are added. */
export function httpUrlBefore(path: string): (text: string) => string {
  return (text) => {
    const url = httpUrl(text);
    if (url.endsWith(path)) throw new TypeError(`everything before ${path} is needed: leave that out`);
    return url;
  };
}

/** Reads the address of a whole web server: nothing but where it is, `https://pay.example.pt`. */
export function httpOrigin(text: string): string {
  const url = httpUrl(text);
  const { pathname, origin } = new URL(url);
  if (pathname !== "/") {
    throw new TypeError(`an address without a path is needed: give the server a name of its own, as ${origin}`);
  }
  return url;
}

/** Reads the address of a PostgreSQL database. */
export function databaseUrl(text: string): string {
  addressesIn(text);
  return text;
}

/** Reads the name or the address to listen on. */
export function host(text: string): string {
  if (isIP(text) === 0 && !/^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text)) {
    throw new TypeError("a name or an address of this machine is needed, without http:// and without a port");
  }
  return text;
}

/** Reads a whole number of at most six digits; 0 commonly means no limit. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new TypeError("a whole number of at most six digits is needed");
  return Number(text);
}

/** Reads what is sent in a header of HTTP: one word without spaces, of letters, digits and signs. */
export function headerWord(text: string): string {
  if (/^(bearer|digest|basic)\b/i.test(text)) {
    throw new TypeError("the word before the space is added by itself: leave it out");
  }
  if (/^["'`].*["'`]$/.test(text)) throw new TypeError("the quotes around it are part of it: leave them out");
  if (!/^[\x21-\x7e]+$/.test(text)) throw new TypeError("letters, digits and signs without spaces are needed");
  return text;
}

/** Reads what a page shows on one line: so many characters at most, and something to see among them. */
export function oneLine(most: number): (text: string) => string {
  return (text) => {
    if (text.length > most || /[\p{Cc}\u2028\u2029]/u.test(text) || !/[\p{L}\p{N}\p{P}\p{S}]/u.test(text)) {
      throw new TypeError(`one line of at most ${most} characters is needed`);
    }
    return text;
  };
}

/** Reads one of some words. */
export function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const known = words.find((word) => word === text);
    if (known === undefined) throw new TypeError(`one of ${words.join(", ")} is needed`);
    return known;
  };
}

/** How much a log tells, from least to most. */
export const LOG_LEVELS = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;

/** Whether the address is this machine's own. */
export function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

/** Reads words that commas part. */
export function list(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** Reads a switch: `1` or `0`. */
export function onOff(text: string): boolean {
  if (text !== "1" && text !== "0") throw new TypeError("1 or 0 is needed");
  return text === "1";
}
