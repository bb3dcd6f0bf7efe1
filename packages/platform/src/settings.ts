import { CannotStart } from "./cannot-start.ts";

/** A setting that is missing or cannot be read. */
export class SettingsError extends CannotStart {
  override name = "SettingsError";
}

/** The environment, as `process.env` is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads a setting as text; an empty one counts as not set. @throws SettingsError when it is not set and has no default. */
export function setting(env: Environment, name: string, options?: { default?: string }): string;
/** Reads a setting and parses it. @throws SettingsError when it is not set and has no default, or with what the parser says of it. */
export function setting<T>(env: Environment, name: string, options: { default?: T; parse: (text: string) => T }): T;
export function setting<T>(
  env: Environment,
  name: string,
  options: { default?: T | string; parse?: (text: string) => T } = {},
): T | string {
  const text = env[name]?.trim();
  if (text === undefined || text === "") {
    if (options.default !== undefined) return options.default;
    throw new SettingsError(`${name} is not set, and there is no default for it.`);
  }
  if (options.parse === undefined) return text;
  try {
    return options.parse(text);
  } catch (error) {
    throw new SettingsError(`${name} is ${JSON.stringify(text)}: ${(error as Error).message}.`);
  }
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

/** Reads the address of a web server, without the slash at its end. */
export function httpUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new TypeError("an address beginning with http:// or https:// is needed");
  }
  return text.replace(/\/+$/, "");
}

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
