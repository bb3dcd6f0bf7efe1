import type { IncomingMessage, ServerResponse } from "node:http";
import type { Html } from "./html.ts";

// No `form-action`: browsers hold it against redirects as well, and the order's form leads on to the payment page.
const POLICY =
  "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** What every answer to a browser says. */
export const HEADERS = {
  "content-security-policy": POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
};

/** The policy of a page that shows a payment inside. @param origin where the payment's page is */
export function policyWith(origin: string): Record<string, string> {
  const policy = POLICY.replace("script-src 'self'", `script-src 'self' ${origin}`);
  return { "content-security-policy": `${policy}; frame-src ${origin}` };
}

const BODY_LIMIT = 256 * 1024;

/** The body of a request is longer than anything we expect. */
export class TooLarge extends Error {}

/** Answers with a page. */
export function show(response: ServerResponse, status: number, page: Html, more: Record<string, string> = {}): void {
  const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", vary: "accept-language" };
  response.writeHead(status, { ...HEADERS, ...headers, ...more }).end(page.text);
}

/** Sends the browser on with a GET (303), so that neither reloading nor the back button sends a form again. */
export function leadTo(response: ServerResponse, location: string, headers: Record<string, string> = {}): void {
  response.writeHead(303, { location, ...headers }).end();
}

/** The bytes of a request as text. @throws TooLarge */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
