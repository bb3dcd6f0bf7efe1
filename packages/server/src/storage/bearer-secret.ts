import { createHash } from "node:crypto";
import type { Chance } from "@caravela/platform/chance";
import { Secret } from "@caravela/platform/secret";

/** What secrets are made of that let in whoever bears them: 50 of these are 258 bits, which nobody guesses. */
const ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
const LENGTH = 50;

/** Secrets that begin so: how one is made, and whether a text can be one at all. */
export function bearerSecrets(prefix = "") {
  const shape = new RegExp(`^${prefix}[0-9a-z]{${LENGTH}}$`);
  return {
    make: (chance: Chance) => new Secret(`${prefix}${chance.text(ALPHABET, LENGTH)}`),
    mayBe: (text: string) => shape.test(text),
  };
}

/** What is kept of one. 258 bits by chance need no salt and no slow hash: there is no list of likely ones to try. */
export function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
