import { seededChance } from "@caravela/platform/chance";
import { createLog } from "@caravela/platform/log";
import type { Pool } from "@caravela/platform/postgres/pool";
import { openNotification } from "@caravela/sibs/notification";
import { assemble, type Gateway } from "../../../../packages/gateway/src/assemble.ts";
import type { Terminal } from "../../../../packages/gateway/src/terminals/terminals.ts";
import type { Json } from "../../../../packages/gateway/testing/gateway.ts";

/** What a call was answered; null: the connection was cut. */
export type Answer = { readonly status: number; readonly body: Json } | null;

/** How a call differs from one without a body by nobody. */
export interface Differing {
  readonly method?: "GET" | "POST" | "PUT";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Where notifications go, and their key. */
export const WEBHOOK = { url: "http://127.0.0.1:1/sibs", secret: Buffer.alloc(32, 7).toString("base64") };

const SEED = 17;
const BEGINS_AT = new Date("2026-11-29T10:00:00.000Z");

/** A gateway that works on a database as it would on any other: by a time and a chance that are the same each time. */
export class VisitedGateway {
  readonly #pool: Pool;
  readonly #chance = seededChance(SEED);
  readonly #tries = new Map<string, number>();
  #gateway: Gateway | null = null;
  #terminal: Terminal | undefined;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Starts it, and ends the one before: what is kept is in the database. */
  async start(): Promise<void> {
    await this.#gateway?.close();
    this.#gateway = await assemble({
      pool: this.#pool,
      // time goes on only where it is told to
      systemClock: { now: () => BEGINS_AT },
      chance: this.#chance,
      log: createLog({ name: "gateway", level: "silent" }),
      post: (_url, headers, body) => this.#received(headers, body),
      clockFollowers: [],
      host: "127.0.0.1",
    });
    this.#terminal = (await this.sandbox("/terminals")).body.terminals[0];
  }

  /** The seed's terminal. */
  get terminal(): Terminal {
    if (this.#terminal === undefined) throw new Error("it was not started");
    return this.#terminal;
  }

  async close(): Promise<void> {
    await this.#gateway?.close();
  }

  /** Calls SIBS's API. */
  spg(path: string, differing: Differing): Promise<Answer> {
    return this.#ask(`/api/v2${path}`, differing);
  }

  /** Steers it: what it answers to that is never cut. */
  async sandbox(path: string, body?: unknown, method: Differing["method"] = body === undefined ? "GET" : "POST") {
    const answer = await this.#ask(`/sandbox${path}`, { method, body });
    if (answer === null) throw new Error(`nothing was answered to ${path}`);
    return answer;
  }

  async #ask(url: string, { method, headers = {}, body }: Differing): Promise<Answer> {
    const json = { "content-type": "application/json" };
    const payload = body === undefined ? {} : { payload: JSON.stringify(body) };
    const asked = this.#gateway?.http.inject({
      method: method ?? (body === undefined ? "GET" : "POST"),
      url,
      headers: { host: "127.0.0.1", ...(body === undefined ? {} : json), ...headers },
      ...payload,
    });
    const answer = await asked?.catch(() => null);
    if (answer == null) return null;
    return { status: answer.statusCode, body: answer.body.startsWith("{") ? JSON.parse(answer.body) : answer.body };
  }

  /** A merchant who takes some notifications at the third try only, and says so in as many ways as there are. */
  async #received(headers: Readonly<Record<string, string>>, body: string) {
    const notice = await openNotification({ body, headers, secrets: WEBHOOK.secret });
    const { notificationID } = notice.body as { notificationID: string };
    const tries = (this.#tries.get(notificationID) ?? 0) + 1;
    this.#tries.set(notificationID, tries);
    const kind = (Number.parseInt(notificationID.slice(0, 2), 16) + tries) % 5;
    if (tries < 3 && kind === 0) throw Object.assign(new Error("cut"), { code: "ECONNRESET" });
    if (tries < 3 && kind === 1) return { status: 500, body: "not now\0" };
    return { status: 200, body: JSON.stringify({ statusCode: "200", statusMsg: "Success", notificationID }) };
  }
}
