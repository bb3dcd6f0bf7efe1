/**
 * The surfaces that anybody, or a shop, or SIBS, or a developer may send something to; and `wire`, of what is no whole
 * request to any of them.
 */
export const KINDS = ["api", "pages", "notifications", "gateway", "sandbox", "wire"] as const;
export type Kind = (typeof KINDS)[number];

/** Which of the two programs is asked. */
export type Program = "server" | "gateway";

/** A request as it is meant to be written. */
export interface Asked {
  readonly program: Program;
  readonly method: string;
  /** The path and the query, as they stand in the request. */
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Null: none is sent. */
  readonly body: Buffer | null;
  /** What it was made of, in a few words. */
  readonly story: string;
}

/** A request as bytes. */
export interface Input {
  readonly asked: Asked;
  readonly bytes: Buffer;
  /** Whether the bytes are no longer those of one whole request: then a closed connection is an answer, too. */
  readonly isMangled: boolean;
}

/** Spells a request in HTTP/1.1. What a header's value holds is written byte for byte. */
export function spelled({ method, target, headers, body }: Asked, host: string): Buffer {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const own: (readonly [string, string])[] = [
    ...(names.has("host") ? [] : [["host", host] as const]),
    ...headers,
    ...(body === null || names.has("content-length") ? [] : [["content-length", String(body.length)] as const]),
  ];
  const head = `${method} ${target} HTTP/1.1\r\n${own.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
  const start = Buffer.from(head, "latin1");
  return body === null ? start : Buffer.concat([start, body]);
}

/** What is no letter of HTTP's heads, as its UTF-8 bytes, each one a character of latin1. */
export function asHeaderText(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
