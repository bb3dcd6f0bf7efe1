import { Agent, request } from "node:http";

/** What the sandbox refused, in its own words: `message` says what to do. */
export class SandboxError extends Error {
  override name = "SandboxError";
  readonly status: number;
  /** The problem as it was answered (RFC 9457). */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: Readonly<Record<string, unknown>>) {
    super(String(problem.detail ?? problem.title ?? `the gateway answered ${status}`));
    this.status = status;
    this.problem = problem;
  }
}

// A test may set another clock, or another `fetch`: the gateway is none of what it tests, and is reached without
// either.
const { setTimeout } = globalThis;
const clock = performance.now.bind(performance);
const connections = new Agent({ keepAlive: false });

const LOOK_MS = 20;

/** Speaks to a gateway's `/sandbox`. */
export class Sandbox {
  /** Without a slash at its end. */
  readonly url: string;
  /** How long something that a test waits for may take to happen, in milliseconds. */
  readonly patienceMs: number;

  constructor(url: string, patienceMs: number) {
    this.url = `${url}/sandbox`;
    this.patienceMs = patienceMs;
  }

  get<T>(path: string): Promise<T> {
    return this.#ask("GET", path);
  }

  post<T>(path: string, body: object = {}): Promise<T> {
    return this.#ask("POST", path, body);
  }

  put<T>(path: string, body: object): Promise<T> {
    return this.#ask("PUT", path, body);
  }

  /** Looks again and again until there is something. @throws Error that says what was waited for, and in vain */
  async until<T>(look: () => Promise<T | null | undefined>, inVain: () => string | Promise<string>): Promise<T> {
    const startedAt = clock();
    for (;;) {
      const found = await look();
      if (found != null) return found;
      if (clock() - startedAt > this.patienceMs) throw new Error(await inVain());
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  async #ask<T>(method: string, path: string, body?: object): Promise<T> {
    const { status, text } = await exchange(method, `${this.url}${path}`, body).catch((error: Error) => {
      throw new Error(`There is no gateway at ${this.url} (${error.message}): was it closed?`, { cause: error });
    });
    const answer = readJson(text);
    if (status !== 200) throw new SandboxError(status, answer ?? {});
    return answer as T;
  }
}

function exchange(method: string, url: string, body?: object): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent: connections }, async (response) => {
      try {
        let text = "";
        for await (const chunk of response.setEncoding("utf8")) text += chunk;
        resolve({ status: response.statusCode ?? 0, text });
      } catch (error) {
        reject(error);
      }
    });
    sent.once("error", reject);
    if (body !== undefined) sent.setHeader("content-type", "application/json");
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function readJson(text: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
