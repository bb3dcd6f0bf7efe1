import { Buffer } from "node:buffer";
import type { Chance } from "@caravela/platform/chance";
import { sealNotification } from "@caravela/sibs/notification";
import type { Webhook } from "../terminals/terminals.ts";

/** How long a receiver may take, in milliseconds of system time. A slow answer counts as none (reference 10.6). */
const PATIENCE_MS = 10_000;
/** So much of an answer is read; an acknowledgement has about a hundred characters. */
const MOST_READ = 65_536;

/** What came back: a status and a body, or `status: null` and why nothing did. */
export interface Answered {
  readonly status: number | null;
  readonly body: string;
}

/**
 * Encrypts the plaintext afresh and posts it, as reference 10.2 has it: the body is Base64 alone, the type literally
 * `text/plain`.
 */
export async function send(
  webhook: Webhook,
  plaintext: string,
  { corrupt, chance }: { corrupt: boolean; chance: Chance },
): Promise<Answered> {
  const { body, headers } = await sealNotification(plaintext, webhook.secret, { iv: new Uint8Array(chance.bytes(12)) });
  try {
    const response = await fetch(webhook.url, {
      method: "POST",
      headers,
      body: corrupt ? damaged(body) : body,
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { status: response.status, body: await readSome(response) };
  } catch (error) {
    return { status: null, body: reasonOf(error) };
  }
}

async function readSome(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length >= MOST_READ) break;
  }
  return text;
}

/** Why there was no answer: `ECONNREFUSED`, `The operation was aborted due to timeout` … */
function reasonOf(error: unknown): string {
  const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}

function damaged(body: string): string {
  const bytes = Buffer.from(body, "base64");
  bytes.writeUInt8((bytes[0] ?? 0) ^ 1);
  return bytes.toString("base64");
}
