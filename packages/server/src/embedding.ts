import { httpOrigin, isLoopback } from "@caravela/platform/settings";

/** Where a shop shows its payments inside pages of its own. */
export interface Embedding {
  /** Where those pages are: `https://loja.example.pt`. None: nowhere. */
  readonly origins: readonly string[];
  /** Whether a card is typed there too, and not on the full page alone. */
  readonly cards: boolean;
}

export const NOT_EMBEDDED: Embedding = { origins: [], cards: false };

/** Names and addresses alone: what stands here goes into a policy, where other signs would have a meaning. */
const PLAIN_HOST = /^[a-z\d]([a-z\d.-]*[a-z\d])?$/;

/** Reads the origins of a shop's pages. @throws TypeError naming the first that is none. */
export function shopOrigins(texts: readonly string[]): string[] {
  return [...new Set(texts.map(shopOrigin))];
}

function shopOrigin(text: string): string {
  const wrong = (says: string) => new TypeError(`${JSON.stringify(text)} ${says}`);
  let url: URL;
  try {
    url = new URL(httpOrigin(text));
  } catch (error) {
    throw wrong(`is no origin: ${(error as Error).message}`);
  }
  if (url.hostname.includes("*")) throw wrong("names many: say each of them by itself, as https://loja.example.pt");
  if (!PLAIN_HOST.test(url.hostname)) throw wrong("has a sign that no name of a server has");
  if (url.protocol === "http:" && !isLoopback(url.origin)) {
    throw wrong("must begin with https://: http is for pages on this machine alone");
  }
  return url.origin;
}
