import type { FastifyRequest } from "fastify";

/** How long a page stays before it goes back to the shop, in seconds. */
export const RETURN_AFTER_SECONDS = 5;

/**
 * The shop's address with what it may want to know at once, after its own query, which stays to the letter: shops sign
 * theirs. The shop trusts the event or a `GET`, never this.
 */
export function returnAddress(returnUrl: string | null, known: Readonly<Record<string, string>>): string | null {
  if (returnUrl === null) return null;
  const [address = "", ...fragment] = returnUrl.split("#");
  const told = Object.entries(known).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const queryAt = address.indexOf("?");
  const isOpen = queryAt === address.length - 1 || address.endsWith("&");
  const joint = queryAt < 0 ? "?" : isOpen ? "" : "&";
  return [`${address}${joint}${told.join("&")}`, ...fragment].join("#");
}

/** What the shop said of where its customer goes. */
interface ShopAddresses {
  readonly returnUrl: string | null;
  readonly cancelUrl: string | null;
}

/**
 * How far a customer is: they did what they came for, or did their part and it may come about yet, or nothing was begun
 * that could.
 */
export type HowFar = "done" | "under_way" | "nothing";

/**
 * Where a page goes by itself when all is over, and the way back to the shop at this moment: while money may be on its
 * way nobody is led to where the shop has those who do not pay.
 */
export function waysBack(
  { returnUrl, cancelUrl }: ShopAddresses,
  howFar: HowFar,
  known: Readonly<Record<string, string>>,
): { returnUrl: string | null; back: string | null } {
  const at = (url: string | null) => returnAddress(url, known);
  const back = { done: returnUrl, under_way: returnUrl ?? cancelUrl, nothing: cancelUrl ?? returnUrl };
  return { returnUrl: at(returnUrl), back: at(back[howFar]) };
}

/**
 * Whether a page stays where it is: one that was asked to, and one that is opened when all is over. Only a page that
 * was there while it changed goes back to the shop by itself, and that is told by what it follows along.
 */
export function stays({ query, routeOptions }: FastifyRequest): boolean {
  const isOpened = /\/(:token|mail)$/.test(routeOptions.url ?? "");
  return isOpened || "stay" in (query as object);
}
