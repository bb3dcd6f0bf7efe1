import { createDecipheriv } from "node:crypto";
import type { Dice } from "./dice.ts";

/** Takes over what a process asks of the machine beside the time, so that it gives the same each time: chance, and
 * ciphers, which by the Web's interface are done on threads whose order nobody knows. */
export function takeOverMachine(dice: Dice): void {
  Math.random = () => dice.between(0, 2 ** 32 - 1) / 2 ** 32;
  const subtle = {
    importKey: async (_format: string, bytes: Uint8Array) => bytes,
    decrypt: async ({ iv }: { readonly iv: Uint8Array }, key: Uint8Array, sealed: Uint8Array) => {
      const cipher = createDecipheriv("aes-256-gcm", key, iv);
      cipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      const opened = Buffer.concat([cipher.update(sealed.subarray(0, -TAG_BYTES)), cipher.final()]);
      return new Uint8Array(opened).buffer;
    },
  };
  Object.defineProperty(globalThis.crypto, "subtle", { value: subtle, configurable: true });
}

const TAG_BYTES = 16;
