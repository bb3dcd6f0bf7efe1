import { FIRST_KEY, HOST, type Programs } from "./programs.ts";
import type { Recorded } from "./things.ts";

/** Any JSON that is answered. */
// biome-ignore lint/suspicious/noExplicitAny: what sets a world up knows what it reads
export type Json = any;

/** Calls the programs as a shop, a customer and SIBS do, and keeps what was called. */
export class Client {
  readonly #programs: Programs;
  readonly recorded: Recorded[] = [];
  #calls = 0;

  constructor(programs: Programs) {
    this.#programs = programs;
  }

  /** @throws Error where the API does not do it */
  async api(method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<Json> {
    const own = { authorization: `Bearer ${FIRST_KEY}`, ...headers };
    return this.#call(this.#programs.server.url, { method, target: path, body: jsonOf(body) }, own);
  }

  /** Steers the gateway. @throws Error where it does not */
  async sandbox(method: string, path: string, body?: object): Promise<Json> {
    return this.#call(this.#programs.gateway.url, { method, target: `/sandbox${path}`, body: jsonOf(body) }, {});
  }

  /** Calls SIBS's API. @throws Error where it refuses */
  async spg(path: string, body: object | undefined, headers: Record<string, string>): Promise<Json> {
    const method = body === undefined ? "GET" : "POST";
    return this.#call(this.#programs.gateway.url, { method, target: path, body: jsonOf(body) }, headers);
  }

  /** Lets all that is due be done. */
  async settle(): Promise<void> {
    await this.sandbox("POST", "/clock/advance", { seconds: 0 });
  }

  async #call(
    url: string,
    { method, target, body }: { method: string; target: string; body: string | null },
    headers: Record<string, string>,
  ): Promise<Json> {
    this.#calls += 1;
    for (const chance of this.#programs.chances) chance.begin(`set up ${this.#calls}`);
    const all = {
      ...(method === "POST" && target.startsWith("/v1/") && { "idempotency-key": `set-up-${this.#calls}` }),
      ...(body !== null && { "content-type": "application/json" }),
      ...headers,
    };
    const answer = await fetch(url + target, { method, headers: { host: HOST, ...all }, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${target}: ${answer.status} ${text.slice(0, 500)}`);
    this.recorded.push({ method, target, headers: Object.entries(all), body });
    return text === "" ? null : JSON.parse(text);
  }
}

function jsonOf(body: object | undefined): string | null {
  return body === undefined ? null : JSON.stringify(body);
}
