import type { Chance } from "@caravela/platform/chance";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * The word in the address of a customer's page. 36 of 62 characters, 214 bits: whoever holds the address may pay, or
 * see and end a mandate, so nobody must be able to guess it.
 */
export function newPageToken(chance: Chance): string {
  return chance.text(ALPHABET, 36);
}
