import type { Problem } from "@caravela/platform/problems";
import { isBelow, type RefusedAnswer } from "@caravela/platform/refused";
import { pageHeaders } from "./page-headers.ts";

/** Where people are, and not programs. */
const PAGES = ["/phone", "/atm", "/issuer", "/assets"];

/** What no page answers, where people are. */
export function refusedToPeople(path: string, { status, title }: Problem): RefusedAnswer | null {
  if (!PAGES.some((at) => isBelow(path, at))) return null;
  const body = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<h1>${title}</h1>
<p><a href="/phone">The phone</a>, <a href="/atm">the cash machine</a>, <a href="/issuer">the bank</a></p>
</html>
`;
  return { status, headers: pageHeaders, body };
}
