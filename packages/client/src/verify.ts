import type { UnknownWord } from "./answers.ts";
import type { KnownEvent } from "./api-types.generated.ts";

/** What an endpoint is sent to try it (`endpoints.ping`): it tells of nothing. */
export interface PingEvent {
  readonly id: string;
  readonly type: "endpoint.ping";
  readonly timestamp: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, never>>;
}

/** An event of a type that this version of the client does not know: a later server's. Answer it with 2xx. */
export interface UnknownEvent {
  readonly id: string;
  readonly type: UnknownWord;
  readonly timestamp: string;
  readonly sequence: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Whatever a shop is sent, told apart by its `type`. */
export type CaravelaEvent = KnownEvent | PingEvent | UnknownEvent;

/** A request's headers: the web's `Headers`, or an object of them as Node, Express, Fastify and others have it. */
export type GivenHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

/** How an event is verified. */
export interface VerifyOptions {
  /** How far its time may be from ours: 300 seconds. */
  readonly toleranceSeconds?: number | undefined;
  /** What time it is, in milliseconds: the system's, unless given. */
  readonly now?: (() => number) | undefined;
}

/** Why an event is not to be believed. */
export type Disbelief = "headers" | "timestamp" | "signature" | "body";

/** What was posted is not an event of ours, or is too old: answer 401, and do nothing. */
export class UnverifiedEventError extends Error {
  override readonly name = "UnverifiedEventError";
  /** What is wrong: headers are missing, the time is another than ours, no signature fits, or the body is no event. */
  readonly reason: Disbelief;

  constructor(reason: Disbelief, message: string) {
    super(message);
    this.reason = reason;
  }
}

const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;

/**
 * Verifies that what was posted is an event of your payments server, signed within the last minutes, and gives it.
 * @param body exactly the text, or the bytes, that were received: the signature is over them, not over what a framework
 * made of them
 * @param secret what the endpoint's events are signed with (`whsec_…`); several while one takes the place of another
 * @throws UnverifiedEventError when it is not, whatever was posted; TypeError when body or secret is none
 */
export async function verifyEvent(
  body: string | ArrayBuffer | Uint8Array,
  headers: GivenHeaders,
  secret: string | readonly string[],
  { toleranceSeconds = 300, now = Date.now }: VerifyOptions = {},
): Promise<CaravelaEvent> {
  const keys = await Promise.all([secret].flat().map(keyOf));
  if (keys.length === 0) throw new TypeError("there must be a secret to verify events by");
  const [id, at, signatures] = ["id", "timestamp", "signature"].map((name) => header(headers, `webhook-${name}`));
  if (!id || !at || !signatures)
    throw new UnverifiedEventError(
      "headers",
      "webhook-id, webhook-timestamp and webhook-signature must be there, once",
    );
  // what is no number is within nothing
  if (!/^\d{1,12}$/.test(at) || !(Math.abs(now() / 1000 - Number(at)) <= toleranceSeconds))
    throw new UnverifiedEventError(
      "timestamp",
      `webhook-timestamp is not within ${toleranceSeconds} seconds of our clock`,
    );

  const received = bytesOf(body);
  const signed = joined(new TextEncoder().encode(`${id}.${at}.`), received);
  const given = [...signatures.matchAll(/(?<=^| )v1,([^ ]+)/g)].map(([, base64 = ""]) => fromBase64(base64));
  const fits = await Promise.all(
    keys.flatMap((key) => given.map((signature) => crypto.subtle.verify("HMAC", key, signature, signed))),
  );
  if (!fits.includes(true))
    throw new UnverifiedEventError(
      "signature",
      "no signature fits: another secret, or the body is not as it was received",
    );
  const event = eventIn(received);
  if (typeof event?.type !== "string") throw new UnverifiedEventError("body", "the body is no event");
  return event as CaravelaEvent;
}

/** @throws TypeError for what a framework has read already */
function bytesOf(body: unknown): Uint8Array<ArrayBuffer> {
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice();
  if (Object.prototype.toString.call(body) === "[object ArrayBuffer]") return new Uint8Array(body as ArrayBuffer);
  throw new TypeError(
    'body must be the text or the bytes as they were received: this was read already, as JSON perhaps. Take the raw body: express.raw({ type: "application/json" }), await request.text(), …',
  );
}

/** @throws TypeError, which does not say what the secret is */
async function keyOf(secret: unknown): Promise<CryptoKey> {
  const [, base64 = ""] = SECRET.exec(String(secret)) ?? [];
  const key = fromBase64(base64);
  if (key.length === 0) throw new TypeError("secret must be the endpoint's: whsec_ and Base64");
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["verify"]);
}

/** A header's one value; undefined: there is none, or several. */
function header(headers: GivenHeaders | null | undefined, name: string): string | undefined {
  if (typeof headers?.get === "function") return headers.get(name) ?? undefined;
  const [value, ...more] = Object.entries(headers ?? {})
    .filter(([given]) => given.toLowerCase() === name)
    .flatMap(([, value]) => value as string | string[]);
  return more.length === 0 ? value : undefined;
}

function eventIn(bytes: Uint8Array): { type?: unknown } | null | undefined {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Nothing, where it is no Base64. */
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(one.length + other.length);
  whole.set(one);
  whole.set(other, one.length);
  return whole;
}
