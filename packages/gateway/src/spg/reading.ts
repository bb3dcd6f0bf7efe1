import { type Cents, parseEuros } from "@caravela/sibs/money";
import { readTimestamp } from "../domain/lisbon.ts";
import { refusals } from "./refusals.ts";

/** Reads a member of a message. `field` is its path, for the refusal that is thrown when it is not as it should be. */
export type Read<T> = (value: unknown, field: string) => T;

/** The highest amount of a transaction, in cents: 999,999.99 € (eight digits, reference 3.3). */
const MOST = 99_999_999;

/** Text of that many characters. What a database cannot keep (NUL, half a surrogate pair) is refused. */
export function text({ min = 1, max, pattern }: { min?: number; max: number; pattern?: RegExp }): Read<string> {
  return (value, field) => {
    if (typeof value !== "string") throw refusals.field(field, problemOfType(value, "text"));
    if (value.length < min) throw refusals.field(field, "is empty");
    if ([...value].length > max) throw refusals.field(field, `has more than ${max} characters`);
    if (!value.isWellFormed() || value.includes("\0")) throw refusals.field(field, "holds a character that is none");
    if (pattern?.test(value) === false) throw refusals.field(field, "is malformed");
    return value;
  };
}

/** One of some words. */
export function word<const T extends string>(...words: readonly T[]): Read<T> {
  return (value, field) => {
    const found = words.find((one) => one === value);
    if (found !== undefined) return found;
    throw refusals.field(
      field,
      typeof value === "string" ? `must be one of ${words.join(", ")}` : problemOfType(value, "text"),
    );
  };
}

/** `true` or `false`. */
export const flag: Read<boolean> = (value, field) => {
  if (typeof value !== "boolean") throw refusals.field(field, problemOfType(value, "true or false"));
  return value;
};

/** A whole number from 1. */
export const count: Read<number> = (value, field) => {
  if (typeof value !== "number") throw refusals.field(field, problemOfType(value, "a number"));
  if (!Number.isSafeInteger(value) || value < 1) throw refusals.field(field, "must be a whole number from 1");
  return value;
};

/** An ISO 8601 date and time, in every form that was met in production (reference §18), with the text as it was written. */
export const timestamp: Read<{ readonly written: string; readonly moment: Date }> = (value, field) => {
  const written = text({ max: 40 })(value, field);
  const moment = readTimestamp(written);
  if (moment === null) throw refusals.field(field, "is not a date and time of ISO 8601");
  return { written, moment };
};

/** A terminal's number: at most ten digits, as a number or as text (reference §18); given as text. */
export const terminalId: Read<string> = (value, field) => {
  const digits = typeof value === "number" ? String(value) : value;
  if (typeof digits !== "string") throw refusals.field(field, problemOfType(value, "a number"));
  if (!/^\d{1,10}$/.test(digits)) throw refusals.field(field, "must be a number of at most 10 digits");
  return digits;
};

/** A phone as MB WAY names it, `351#` and nine digits: malformed is `E0504`, missing `E0501` (reference 4.4). */
export const alias: Read<string> = (value, field) => {
  if (typeof value !== "string") throw refusals.field(field, "is missing, or is not text", "E0501");
  if (!/^351#[0-9]{9}$/.test(value)) throw refusals.field(field, "has an invalid format: 351#9XXXXXXXX", "E0504");
  return value;
};

/** `{value, currency}`: a JSON number of euros with at most two decimals, from 0 or from a cent, in EUR (reference §13). */
export function amount({ zero }: { zero: boolean }): Read<Cents> {
  const members = object({ value: euros, currency: word("EUR") });
  return (value, field) => {
    const read = members(value, field);
    if (read.value === 0 && !zero) throw refusals.field(`${field}.value`, "must be more than 0");
    return read.value;
  };
}

const euros: Read<Cents> = (value, field) => {
  if (typeof value !== "number") throw refusals.field(field, problemOfType(value, "a number"));
  if (value < 0) throw refusals.field(field, "must be more than 0");
  if (value * 100 > MOST) throw refusals.field(field, "is too high");
  try {
    return parseEuros(value);
  } catch {
    throw refusals.field(field, "has more than two decimals");
  }
};

/** An object with these members; others are ignored, but where they belong elsewhere (`misplaced`), they are refused. */
export function object<T extends Record<string, Read<unknown>>>(
  members: T,
  misplaced: Readonly<Record<string, string>> = {},
): Read<{ readonly [K in keyof T]: ReturnType<T[K]> }> {
  const readers = Object.entries(members);
  const strangers = Object.entries(misplaced);
  return (value, field) => {
    if (!isObject(value)) throw refusals.field(field || "The body", problemOfType(value, "an object"));
    for (const [name, where] of strangers) {
      if (memberOf(value, name) !== undefined)
        throw refusals.field(pathOf(field, name), `is misplaced: it belongs ${where}`);
    }
    const read = readers.map(([name, reader]) => [name, reader(memberOf(value, name), pathOf(field, name))]);
    return Object.fromEntries(read) as { readonly [K in keyof T]: ReturnType<T[K]> };
  };
}

/** An array of at most so many. */
export function array<T>(reader: Read<T>, max: number): Read<T[]> {
  return (value, field) => {
    if (!Array.isArray(value)) throw refusals.field(field, problemOfType(value, "an array"));
    if (value.length > max) throw refusals.field(field, `has more than ${max} elements`);
    return value.map((one, at) => reader(one, `${field}[${at}]`));
  };
}

/** A member that may be missing; `null` counts as missing. */
export function optional<T>(reader: Read<T>): Read<T | null> {
  return (value, field) => (value === undefined || value === null ? null : reader(value, field));
}

/** Own members only: `__proto__` and `constructor` are names like others, and unknown ones. */
function memberOf(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pathOf(field: string, name: string): string {
  return field === "" ? name : `${field}.${name}`;
}

function problemOfType(value: unknown, wanted: string): string {
  return value === undefined || value === null ? "is missing" : `must be ${wanted}`;
}
