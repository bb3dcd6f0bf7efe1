import {
  type AmountSaid,
  asObject,
  type Heard,
  type MerchantInitiatedDetails,
  type ReferenceDetails,
  readAmountSaid,
  readJson,
  readMerchantInitiated,
  readReference,
  readReturnStatus,
  readText,
  readThreeDSecure,
  readToken,
  type ThreeDSecureDetails,
  type TokenDetails,
} from "./answers.ts";
import { type NotifiedMandateDetails, readNotifiedMandate } from "./mandate.ts";
import { type NotificationHeaders, readHeader } from "./notification-headers.ts";
import type { PaymentMethod, PaymentStatus, PaymentType, ReturnStatus } from "./protocol/envelope.ts";
import type { Notification, NotificationAcknowledgement, NotifiedMerchant } from "./protocol/notification.ts";
import { parseTimestamp } from "./timestamp.ts";

const IV_HEADER = "X-Initialization-Vector";
const TAG_HEADER = "X-Authentication-Tag";

export type { NotificationHeaders };

/**
 * What was received: the body, its initialization vector and tag (in the headers, or apart), and the secrets it may be
 * sealed with.
 */
export type SealedNotification = {
  /** Base64 of the ciphertext: the raw body, as it came, as text or as bytes (a `Buffer`). */
  readonly body: string | ArrayBuffer | ArrayBufferView;
  /**
   * The webhook's secret in SIBS Backoffice, Base64 of 32 bytes; several are tried in turn, since nothing tells which
   * was used.
   */
  readonly secrets: string | readonly string[];
} & ({ readonly headers: NotificationHeaders } | { readonly iv: string; readonly tag: string });

/**
 * A notification that was opened: authentic, read, and to be acknowledged. What it says is a hint; the status decides.
 */
export interface OpenedNotification extends AmountSaid {
  readonly notificationId: string;
  readonly transactionId: string;
  readonly merchantTransactionId: string | null;
  readonly terminalId: string | null;
  readonly paymentStatus: PaymentStatus;
  /** Only `PURS` and `PREF` tell of a purchase: a cancellation's notice says `Success` as well. */
  readonly paymentType: PaymentType | null;
  readonly paymentMethod: PaymentMethod | null;
  readonly reference: ReferenceDetails | null;
  /** The saved card, or the phone that paid. */
  readonly token: TokenDetails | null;
  /** Of a first payment with later charges agreed to, and of each of those. */
  readonly merchantInitiatedTransaction: MerchantInitiatedDetails | null;
  readonly threeDSecure: ThreeDSecureDetails | null;
  /** What happened to an authorised payment, or which one paid. */
  readonly mandate: NotifiedMandateDetails | null;
  readonly returnStatus: ReturnStatus | null;
  readonly transactionDateTime: Date | null;
  /** Which of the secrets opened it, counted from 0. */
  readonly secretIndex: number;
  /** The plaintext as SIBS wrote it, not validated. */
  readonly body: Notification;
  /** The same, as the text that came: of what is nested without end, JSON cannot be written again. */
  readonly text: string;
}

/** Why a notification could not be opened. `secret`: the configuration is at fault; the others: what was received. */
export type NotificationProblem = "missing_header" | "iv" | "tag" | "body" | "secret" | "not_authentic" | "malformed";

/** A notification that must not be believed. Answer HTTP 400: without its id there is nothing to acknowledge. */
export class NotificationError extends Error {
  override readonly name = "NotificationError";
  readonly reason: NotificationProblem;

  constructor(reason: NotificationProblem, message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.reason = reason;
  }
}

/**
 * Opens a notification: AES-256-GCM with a 12-byte initialization vector and a 16-byte tag, no additional data.
 * @throws NotificationError when anything about it was changed, is missing, or is no text, no bytes and no headers at
 * all; nothing else.
 */
export async function openNotification(sealed: SealedNotification): Promise<OpenedNotification> {
  try {
    return await open(sealed);
  } catch (error) {
    if (error instanceof NotificationError) throw error;
    throw new NotificationError("malformed", "what was received cannot be read", { cause: error });
  }
}

async function open(sealed: SealedNotification): Promise<OpenedNotification> {
  const { iv, tag } = "headers" in sealed ? readHeaders(sealed.headers) : sealed;
  const ivBytes = decode(iv, 12, "iv");
  const tagBytes = decode(tag, 16, "tag");
  const ciphertext = decode(textOf(sealed.body).replace(/\s+/g, ""), null, "body");
  const keys = [sealed.secrets].flat().map((secret) => ({ secret, bytes: decode(secret, 32, "secret") }));
  const message = concat(ciphertext, tagBytes);
  for (const [secretIndex, key] of keys.entries()) {
    const plaintext = await decrypt(key, ivBytes, message);
    if (plaintext !== null) return readNotification(plaintext, secretIndex);
  }
  throw new NotificationError(
    "not_authentic",
    "none of the secrets opens this notification: it was changed, or sealed with another",
  );
}

/**
 * The answer that stops SIBS from sending a notification again. Store the notification first.
 * `statusCode` is `"200"`, what runs in production, though a draft of SIBS's says `"000"`.
 */
export function acknowledge(
  notificationId: string,
  { statusCode = "200" }: { readonly statusCode?: string } = {},
): { status: 200; body: NotificationAcknowledgement } {
  return { status: 200, body: { statusCode, statusMsg: "Success", notificationID: notificationId } };
}

/**
 * Seals a notification as SIBS does, for your own tests. `plaintext` is JSON, or its text as it is to be sent; `iv` is
 * 12 random bytes unless given.
 * @throws NotificationError when the secret is not Base64 of 32 bytes, or the `iv` has not 12.
 */
export async function sealNotification(
  plaintext: unknown,
  secret: string,
  options: { readonly iv?: Uint8Array } = {},
): Promise<{ body: string; headers: Record<typeof IV_HEADER | typeof TAG_HEADER | "Content-Type", string> }> {
  const iv = options.iv === undefined ? crypto.getRandomValues(new Uint8Array(12)) : new Uint8Array(options.iv);
  if (iv.length !== 12) throw new NotificationError("iv", "an initialization vector has 12 bytes");
  const text = typeof plaintext === "string" ? plaintext : JSON.stringify(plaintext);
  const key = await importKey(decode(secret, 32, "secret"), "encrypt");
  const sealed = new Uint8Array(
    await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(text)),
  );
  return {
    body: encode(sealed.subarray(0, -16)),
    headers: { [IV_HEADER]: encode(iv), [TAG_HEADER]: encode(sealed.subarray(-16)), "Content-Type": "text/plain" },
  };
}

function textOf(body: SealedNotification["body"]): string {
  if (typeof body === "string") return body;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return new TextDecoder().decode(body);
  throw new NotificationError(
    "body",
    "the body is neither text nor bytes: hand it over as it came, before anything parses it",
  );
}

function readHeaders(headers: NotificationHeaders): { iv: string; tag: string } {
  return { iv: needHeader(headers, IV_HEADER), tag: needHeader(headers, TAG_HEADER) };
}

function needHeader(headers: NotificationHeaders, name: string): string {
  const value = readHeader(headers, name);
  if (value === null) throw new NotificationError("missing_header", `the header ${name} is missing, or there are two`);
  return value;
}

function readNotification(plaintext: Uint8Array, secretIndex: number): OpenedNotification {
  const text = new TextDecoder().decode(plaintext);
  const body: Heard<Notification> | null = readJson(text);
  const notificationId = readText(body?.notificationID);
  const transactionId = readText(body?.transactionID);
  const paymentStatus = readText(body?.paymentStatus);
  if (body === null || notificationId === null || transactionId === null || paymentStatus === null) {
    throw new NotificationError(
      "malformed",
      "the notification is authentic but lacks its id, its transaction or its status",
    );
  }
  const merchant = asObject<NotifiedMerchant>(body.merchant) ?? {};
  return {
    notificationId,
    transactionId,
    merchantTransactionId: readText(merchant.transactionId),
    terminalId: readText(merchant.terminalId),
    paymentStatus,
    paymentType: readText(body.paymentType),
    paymentMethod: readText(body.paymentMethod),
    ...readAmountSaid(body.amount),
    reference: readReference(body.paymentReference),
    token: readToken(body.token),
    merchantInitiatedTransaction: readMerchantInitiated(body),
    threeDSecure: readThreeDSecure(body.threeDSecure),
    mandate: readNotifiedMandate(body.mbwayMandate),
    returnStatus: readReturnStatus(body.returnStatus),
    transactionDateTime: parseTimestamp(body.transactionDateTime),
    secretIndex,
    body: body as unknown as Notification,
    text,
  };
}

async function decrypt({ secret, bytes }: Key, iv: Bytes, message: Bytes): Promise<Uint8Array | null> {
  const imported = await (opening.get(secret) ?? keepKey(secret, bytes));
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, imported, message));
  } catch {
    return null;
  }
}

/** A secret as it was given, and what it stands for. */
interface Key {
  readonly secret: string;
  readonly bytes: Bytes;
}

/** Keys are prepared once: whoever opens notifications has one secret, or two while it is changed. */
const opening = new Map<string, Promise<CryptoKey>>();
const MOST_KEPT = 8;

function keepKey(secret: string, bytes: Bytes): Promise<CryptoKey> {
  const [oldest] = opening.keys();
  if (oldest !== undefined && opening.size >= MOST_KEPT) opening.delete(oldest);
  const imported = importKey(bytes, "decrypt");
  opening.set(secret, imported);
  return imported;
}

function importKey(key: Bytes, usage: "encrypt" | "decrypt") {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, [usage]);
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Reads Base64 strictly: two texts never stand for the same bytes, so that no changed letter goes unnoticed. */
function decode(text: string, length: number | null, what: "iv" | "tag" | "body" | "secret"): Bytes {
  let binary = "";
  try {
    binary = atob(text);
  } catch {
    throw new NotificationError(what, `the ${what} is not Base64`);
  }
  if (btoa(binary) !== text) throw new NotificationError(what, `the ${what} is not Base64`);
  if (length !== null && binary.length !== length) {
    throw new NotificationError(what, `the ${what} has ${binary.length} bytes, not ${length}`);
  }
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}

function encode(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

function concat(first: Bytes, second: Bytes): Bytes {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
