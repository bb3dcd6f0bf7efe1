import { Buffer } from "node:buffer";
import { createCipheriv } from "node:crypto";
import * as http from "node:http";
import * as https from "node:https";
import type { Chance } from "@caravela/platform/chance";
import { after } from "@caravela/platform/timer";
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

/** Posts to an address and gives what was answered. @throws Error when no answer came, or none in time */
export type PostsNotifications = (
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
) => Promise<Answered>;

/** What a notification is sent with. */
interface Sending {
  /** Whether it is damaged on its way. */
  readonly corrupt: boolean;
  readonly chance: Chance;
  readonly post: PostsNotifications;
}

/**
 * Encrypts the plaintext afresh and posts it, as reference 10.2 has it: the body is Base64 alone, the type literally
 * `text/plain`.
 */
export async function send(webhook: Webhook, plaintext: string, { corrupt, chance, post }: Sending): Promise<Answered> {
  const { body, headers } = sealed(plaintext, webhook.secret, chance.bytes(12));
  try {
    return await post(new URL(webhook.url), headers, corrupt ? damaged(body) : body);
  } catch (error) {
    return { status: null, body: reasonOf(error) };
  }
}

/**
 * AES-256-GCM by Node itself: by the Web's interface each would wait for a thread of its own, which costs more than the
 * work.
 */
function sealed(plaintext: string, secret: string, iv: Uint8Array) {
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(secret, "base64"), iv);
  const body = cipher.update(plaintext, "utf8", "base64") + cipher.final("base64");
  const headers = {
    "Content-Type": "text/plain",
    "X-Initialization-Vector": Buffer.from(iv).toString("base64"),
    "X-Authentication-Tag": cipher.getAuthTag().toString("base64"),
  };
  return { body, headers };
}

/** Connections are kept: a merchant is told of many things. */
const ways = {
  "http:": { request: http.request, agent: new http.Agent({ keepAlive: true }) },
  "https:": { request: https.request, agent: new https.Agent({ keepAlive: true }) },
};

/** By a connection of Node's, which is kept for the next; a redirect is an answer like others. */
export const postByHttp: PostsNotifications = (url, headers, body) => {
  const { request, agent } = url.protocol === "https:" ? ways["https:"] : ways["http:"];
  return new Promise((resolve, reject) => {
    const length = { "Content-Length": Buffer.byteLength(body), Accept: "*/*" };
    const sending = request(url, { method: "POST", agent, headers: { ...headers, ...length } });
    const callOff = after(PATIENCE_MS, () => {
      reject(new Error(`no answer within ${PATIENCE_MS / 1_000} seconds`));
      sending.destroy();
    });
    const end = (how: () => void) => {
      callOff();
      how();
    };
    sending.on("error", (error) => end(() => reject(error)));
    sending.on("response", (response) => {
      let text = "";
      const answer = () => end(() => resolve({ status: response.statusCode ?? null, body: text }));
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        if (text.length < MOST_READ) return;
        answer();
        response.destroy();
      });
      response.on("end", answer);
      response.on("error", (error) => end(() => reject(error)));
    });
    sending.end(body);
  });
};

/** Why there was no answer: `ECONNREFUSED`, `no answer within 10 seconds` … */
function reasonOf(error: unknown): string {
  const { message, code } = error as Error & { code?: string };
  return code ?? message;
}

function damaged(body: string): string {
  const bytes = Buffer.from(body, "base64");
  bytes.writeUInt8((bytes[0] ?? 0) ^ 1);
  return bytes.toString("base64");
}
