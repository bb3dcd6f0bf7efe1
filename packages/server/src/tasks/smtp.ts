import type { Secret } from "@caravela/platform/secret";
import { isLoopback } from "@caravela/platform/settings";
import { createTransport } from "nodemailer";
import { SECOND } from "../domain/time.ts";
import type { Mail } from "./mail.ts";

/** How long a mail server may keep silent, in milliseconds of system time. */
const PATIENCE_MS = 20 * SECOND;

/** A mail with all that it is sent by. */
export interface Letter extends Mail {
  /** The same with its lines in a table; absent: as words alone. */
  readonly html?: string;
  readonly from: string | { readonly name: string; readonly address: string };
  readonly to: readonly string[];
  readonly date: Date;
  /** The same for the same mail, so that whoever gets it twice is shown one. */
  readonly messageId: string;
}

/** Hands a mail to a mail server. @throws Error when it was not taken. */
export type SendsMail = (letter: Letter) => Promise<void>;

/** Sends by SMTP. @param address as CARAVELA_SMTP_URL has it */
export function smtp(address: Secret): SendsMail {
  const transport = transportTo(address);
  return async ({ to, ...letter }) => {
    // Nobody's machine answers a machine: no word of somebody who is away comes back (RFC 3834).
    await transport.sendMail({ ...letter, to: [...to], headers: { "Auto-Submitted": "auto-generated" } });
  };
}

/** Why a mail server does not let us in, by its code; null: it does. Nothing is sent. */
export async function mailFault(address: Secret): Promise<string | null> {
  try {
    await transportTo(address).verify();
    return null;
  } catch (error) {
    return mailErrorCode(error);
  }
}

/** What went wrong with a mail, by its code alone: what the mail server says may quote an address. */
export function mailErrorCode(error: unknown): string {
  const { code, responseCode } = error as { readonly code?: unknown; readonly responseCode?: unknown };
  return [code, responseCode].filter((one) => one !== undefined).join(" ") || "unknown";
}

/** Encrypted where the mail server can, and always where a password goes to another machine. */
function transportTo(address: Secret) {
  const { protocol, hostname, port, username, password } = new URL(address.reveal());
  const secure = protocol === "smtps:";
  const isSecret = username !== "" && !isLoopback(`http://${hostname}`);
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && isSecret,
    ...(username !== "" && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}
