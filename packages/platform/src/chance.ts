import { randomBytes } from "node:crypto";

/** Where identifiers, secrets and dice come from. */
export interface Chance {
  /** That many random bytes. */
  bytes(n: number): Uint8Array;
  /** A version 4 UUID in lower case. */
  uuid(): string;
  /** `id("pay")` → `pay_` and twenty of [0-9a-z]: 103 bits. */
  id(prefix: string): string;
  /** That many characters of the alphabet (at most 256 characters long), each equally likely. */
  text(alphabet: string, length: number): string;
  /** At least 0 and below 1. */
  number(): number;
}

const DIGITS_AND_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

/** Cryptographically strong chance, from the operating system. */
export const systemChance: Chance = chanceFrom((n) => randomBytes(n));

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
  return chanceFrom((n) => Uint8Array.from({ length: n }, next));
}

function chanceFrom(bytes: (n: number) => Uint8Array): Chance {
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
  return {
    bytes,
    uuid: () => uuidFrom(bytes(16)),
    id: (prefix) => `${prefix}_${text(DIGITS_AND_LETTERS, 20)}`,
    text,
    number: () => bytes(6).reduce((sum, byte) => sum * 256 + byte, 0) / 2 ** 48,
  };
}

/** RFC 9562, section 5.4. */
function uuidFrom(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte, at) => {
    const value = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    return value.toString(16).padStart(2, "0");
  }).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
