import { useState } from "preact/hooks";
import { usePage } from "./page-context.ts";

/** For how long it is said that something was copied, in milliseconds. */
const SAID_MS = 2_000;

/**
 * Copies, and says so for a moment. @param heard what those who listen are told.
 * @returns whether it was copied just now, and what copies: it gives whether it could. Browsers lend the clipboard to
 * secure pages alone.
 */
export function useCopying(heard: string): [boolean, (text: string) => Promise<boolean>] {
  const { announce } = usePage();
  const [isCopied, setCopied] = useState(false);
  async function copy(text: string): Promise<boolean> {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      return false;
    }
    setCopied(true);
    announce(heard);
    setTimeout(() => setCopied(false), SAID_MS);
    return true;
  }
  return [isCopied, copy];
}
