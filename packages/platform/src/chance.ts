import { randomBytes } from "node:crypto";

/** Where identifiers, secrets and dice come from. */
export interface Chance {
  /** That many random bytes. */
  bytes(n: number): Uint8Array;
  /** A version 4 UUID in lower case. */
  uuid(): string;
  /**
   * `id("pay")` → `pay_` and twenty of [0-9a-z]. Those of one process sort as they were made, those of several by the
   * millisecond.
   */
  id<Prefix extends string>(prefix: Prefix): `${Prefix}_${string}`;
  /** That many characters of the alphabet (at most 256 characters long), each equally likely. */
  text(alphabet: string, length: number): string;
  /** At least 0 and below 1. */
  number(): number;
}

const DIGITS_AND_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Cryptographically strong chance, from the operating system. */
export const systemChance: Chance = chanceFrom(drawnAhead(), Date.now);

/** So many bytes are drawn at once: to ask the system for each few costs more than to use them. */
const DRAWN_AT_ONCE = 4_096;

/** The system's bytes, drawn many at a time. What was given out is kept by nobody here. */
function drawnAhead(): (n: number) => Uint8Array {
  let drawn = new Uint8Array();
  let given = 0;
  return (n) => {
    if (n > DRAWN_AT_ONCE) return randomBytes(n);
    if (given + n > drawn.length) {
      drawn = randomBytes(DRAWN_AT_ONCE);
      given = 0;
    }
    const bytes = new Uint8Array(drawn.subarray(given, given + n));
    drawn.fill(0, given, given + n);
    given += n;
    return bytes;
  };
}

/** The same sequence for the same seed: for simulations and tests, never for secrets. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  // mulberry32: 32 bits of state, passes gjrand's small crush; more than dice need
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) & 0xff;
  };
  return chanceFrom(
    (n) => Uint8Array.from({ length: n }, next),
    () => 0,
  );
}

/** Chance from random bytes; `now` tells the milliseconds since 1970 by which identifiers sort. */
export function chanceFrom(bytes: (n: number) => Uint8Array, now: () => number): Chance {
  const text = (alphabet: string, length: number): string => {
    // bytes at or above the largest multiple of the alphabet's length would favour its first characters
    const limit = 256 - (256 % alphabet.length);
    let made = "";
    while (made.length < length) {
      for (const byte of bytes(length - made.length)) {
        if (byte < limit) made += alphabet.charAt(byte % alphabet.length);
      }
    }
    return made;
  };
  const number = () => bytes(6).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 48;
  const place = placesInTime(now, number);
  return {
    bytes,
    uuid: () => uuidFrom(bytes(16)),
    id: (prefix) => `${prefix}_${place()}${text(DIGITS_AND_LETTERS, 7)}`,
    text,
    number,
  };
}

/**
 * Whether a text can be an identifier of ours, also of a version before they sorted: what cannot is never looked for.
 */
export function isId(text: string): boolean {
  return /^[a-z]{2,4}_[0-9a-z]{20}$/.test(text);
}

/** How many identifiers a millisecond has room for: four characters. */
const PLACES = 36 ** 4;

/**
 * Thirteen characters that sort as they are asked for: nine of the millisecond, good until the year 5188, and four of
 * the place in it, which begins by chance, so that two processes seldom share one. While a clock that went back catches
 * up, they go on from the last moment.
 */
function placesInTime(now: () => number, number: () => number): () => string {
  let moment = 0;
  let place = 0;
  return () => {
    const at = now();
    const isLater = at > moment;
    place = isLater ? Math.floor((number() * PLACES) / 2) : place + 1;
    moment = isLater ? at : moment;
    if (place === PLACES) {
      moment += 1;
      place = 0;
    }
    return inBase36(moment, 9) + inBase36(place, 4);
  };
}

function inBase36(value: number, length: number): string {
  return value.toString(36).padStart(length, "0");
}

/** RFC 9562, section 5.4. */
function uuidFrom(bytes: Uint8Array): string {
  const versioned = Buffer.from(bytes);
  versioned.writeUInt8((versioned.readUInt8(6) & 0x0f) | 0x40, 6);
  versioned.writeUInt8((versioned.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = versioned.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
