/** How long a page stays before it goes back to the shop, in seconds. */
export const RETURN_AFTER_SECONDS = 5;

/** The shop's address with what it may want to know at once; its own query stays. The shop trusts the event or a `GET`, never this. */
export function returnAddress(returnUrl: string | null, known: Readonly<Record<string, string>>): string | null {
  if (returnUrl === null) return null;
  const url = new URL(returnUrl);
  for (const [name, value] of Object.entries(known)) url.searchParams.set(name, value);
  return url.href;
}
