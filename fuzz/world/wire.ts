import { connect, type Socket } from "node:net";

/** What came back. */
export interface Answer {
  readonly status: number;
  /** Names in small letters, in the order in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** In milliseconds. */
  readonly took: number;
}

/** What became of some bytes: an answer, or none and why. */
export type Heard = Answer | { readonly none: "closed" | "silent"; readonly took: number };

/** What one answer is read as far as it has come. */
interface Read {
  readonly status: number;
  readonly headers: Answer["headers"];
  readonly body: Buffer;
  /** How many bytes it has; what follows is another's. */
  readonly length: number;
}

/**
 * One connection to a program that is kept from input to input, and on which anything may be written: what no client of
 * HTTP would send, too.
 */
export class Wire {
  readonly #port: number;
  #socket: Socket | null = null;

  constructor(url: string) {
    this.#port = Number(new URL(url).port);
  }

  /**
   * Writes some bytes and reads one answer.
   * @param patienceMs for how long an answer is waited for
   * @param isMangled whether the other side may wait for more than comes: after a moment of silence it is told that
   *   nothing more does, and the connection is not used again
   */
  async send(bytes: Buffer, { patienceMs, isMangled }: { patienceMs: number; isMangled: boolean }): Promise<Heard> {
    const socket = await this.#open();
    const startedAt = performance.now();
    return new Promise((resolve) => {
      let received: Buffer = Buffer.alloc(0);
      const end = (heard: Heard, keeps: boolean) => {
        clearTimeout(patience);
        clearTimeout(hint);
        socket.removeAllListeners();
        socket.on("error", () => undefined);
        if (!keeps || isMangled) this.close();
        resolve(heard);
      };
      const took = () => performance.now() - startedAt;
      const patience = setTimeout(() => end({ none: "silent", took: took() }, false), patienceMs);
      const hint = isMangled ? setTimeout(() => socket.end(), HINT_MS) : undefined;
      socket.on("data", (part: Buffer) => {
        received = received.length === 0 ? part : Buffer.concat([received, part]);
        const read = readAnswer(received, isHead(bytes));
        if (read === null) return;
        const { status, headers, body, length } = read;
        const isOver = length < received.length || /close/i.test(headerIn(headers, "connection") ?? "");
        end({ status, headers, body, took: took() }, !isOver && !isStream(headers));
      });
      socket.on("error", () => end({ none: "closed", took: took() }, false));
      socket.on("close", () => end({ none: "closed", took: took() }, false));
      socket.write(bytes);
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = null;
  }

  async #open(): Promise<Socket> {
    if (this.#socket !== null && !this.#socket.destroyed && this.#socket.readyState === "open") return this.#socket;
    const socket = connect({ host: "127.0.0.1", port: this.#port, noDelay: true });
    await new Promise<void>((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    this.#socket = socket;
    return socket;
  }
}

/** How long whoever reads may wait for the rest of a request that has none, in milliseconds. */
const HINT_MS = 100;

function isHead(bytes: Buffer): boolean {
  return bytes.subarray(0, 5).toString("latin1") === "HEAD ";
}

/** Reads one answer; null: it is not all there. What has no end is read up to its beginning. */
export function readAnswer(received: Buffer, isOfHead: boolean): Read | null {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const [line = "", ...lines] = received.subarray(0, end).toString("latin1").split("\r\n");
  const status = Number(line.split(" ")[1]);
  const headers = lines.map((one) => {
    const at = one.indexOf(":");
    return [one.slice(0, at).toLowerCase(), one.slice(at + 1).trim()] as const;
  });
  const from = end + 4;
  const nothing = { status, headers, body: Buffer.alloc(0), length: from };
  if (status < 200) {
    const rest = readAnswer(received.subarray(from), isOfHead);
    return rest === null ? null : { ...rest, length: from + rest.length };
  }
  if (isOfHead || status === 204 || status === 304 || isStream(headers)) return nothing;
  if (/chunked/i.test(headerIn(headers, "transfer-encoding") ?? "")) {
    const chunked = readChunks(received, from);
    return chunked === null ? null : { status, headers, ...chunked };
  }
  const length = Number(headerIn(headers, "content-length") ?? 0);
  if (received.length < from + length) return null;
  return { status, headers, body: received.subarray(from, from + length), length: from + length };
}

function readChunks(received: Buffer, from: number): Pick<Read, "body" | "length"> | null {
  const parts: Buffer[] = [];
  for (let at = from; ; ) {
    const lineEnd = received.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(received.subarray(at, lineEnd).toString("latin1"), 16);
    const next = lineEnd + 2 + size + 2;
    if (received.length < next) return null;
    if (size === 0) return { body: Buffer.concat(parts), length: next };
    parts.push(received.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}

function isStream(headers: Answer["headers"]): boolean {
  return (headerIn(headers, "content-type") ?? "").startsWith("text/event-stream");
}

/** The value of a header; null: there is none. */
export function headerIn(headers: Answer["headers"], name: string): string | null {
  return headers.find(([one]) => one === name)?.[1] ?? null;
}
