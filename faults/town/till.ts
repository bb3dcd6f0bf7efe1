import { pause } from "@caravela/platform/timer";
import type { Dice } from "../../simulation/dice.ts";
import { type Answer, jsonCaller } from "../../tests/support/json.ts";
import { API_KEY, type Ground } from "../ground/ground.ts";
import type { Diary } from "./diary.ts";

/** What one request came to: its answer, or null where nobody answered it until we left off. */
export type Outcome = Answer | null;

/** How long a shop waits for an answer before it asks again, in milliseconds: some are less patient than a server. */
const PATIENCE_MS = [3_000, 12_000] as const;
/** What it lets pass before it asks again: many that ask again at once would be an injury of their own. */
const BREATH_MS = [200, 1_500] as const;
/** How long it asks at all. */
const LEAVES_OFF_MS = 120_000;

const call = jsonCaller();

/** How a request is sent. */
export interface Sending {
  readonly subject?: string | null;
  /** Its idempotency key; another by chance unless it is given. */
  readonly key?: string;
  /** Through which server; any unless it is given. */
  readonly server?: number;
}

/**
 * Where shops ask for things, through either server, again and again until somebody answers in words: with the same
 * key, so that it is done once.
 */
export class Till {
  readonly diary: Diary;
  readonly #ground: Ground;
  /** What each key has made: one thing, whoever answers. */
  readonly #made = new Map<string, string>();

  constructor(ground: Ground, diary: Diary) {
    this.#ground = ground;
    this.diary = diary;
  }

  /** A POST that is sent until it is answered. */
  async post(dice: Dice, path: string, body: object | undefined, how: Sending = {}): Promise<Outcome> {
    const { subject = null, key = dice.uuid() } = how;
    const last = performance.now() + LEAVES_OFF_MS;
    while (performance.now() < last) {
      const server = how.server ?? dice.between(0, this.#ground.servers.length - 1);
      const answer = await this.once("POST", path, body, { server, key, limitMs: dice.between(...PATIENCE_MS) });
      const said = answer === null ? "no answer" : `${answer.status} ${answer.body?.type ?? answer.body?.id ?? ""}`;
      this.diary.note(subject ?? idIn(answer), `POST ${path} ${shown(body)} by server ${server + 1}: ${said}`);
      if (answer !== null && answer.status >= 500 && answer.status !== 503)
        this.diary.violated("other", subject, `POST ${path} was answered ${answer.status}: ${told(answer)}`);
      if (answer !== null && isSaid(answer)) {
        this.#onceFor(key, answer, subject);
        return answer;
      }
      await pause(dice.between(...BREATH_MS));
    }
    this.diary.violated("other", subject, `POST ${path} was not answered for ${LEAVES_OFF_MS / 1000} seconds`);
    return null;
  }

  /** Reads until it is answered; null: nobody did. */
  async read(dice: Dice, path: string): Promise<Outcome> {
    const last = performance.now() + LEAVES_OFF_MS;
    while (performance.now() < last) {
      const server = dice.between(0, this.#ground.servers.length - 1);
      const answer = await this.once("GET", path, undefined, { server, limitMs: dice.between(...PATIENCE_MS) });
      if (answer !== null && isSaid(answer)) return answer;
      await pause(dice.between(...BREATH_MS));
    }
    return null;
  }

  /** One request, sent once. */
  once(
    method: string,
    path: string,
    body: object | undefined,
    { server, key, limitMs }: { server: number; key?: string; limitMs: number },
  ): Promise<Outcome> {
    const headers = { authorization: `Bearer ${API_KEY}`, ...(key !== undefined && { "idempotency-key": key }) };
    const url = `${this.#ground.servers[server]?.url}${path}`;
    return call(url, method, body, headers, limitMs).catch(() => null);
  }

  /** A key makes one thing, and what was acknowledged as made is remembered. */
  #onceFor(key: string, { status, body }: Answer, subject: string | null): void {
    if (status >= 300 || typeof body?.id !== "string") return;
    const before = this.#made.get(key) ?? body.id;
    if (before !== body.id) this.diary.violated("double", subject, `one key made ${before} and ${body.id}`);
    this.#made.set(key, before);
    const kind = KINDS[String(body.id).split("_")[0] ?? ""];
    if (kind !== undefined) this.diary.acknowledged.set(body.id, kind);
  }
}

const KINDS: Readonly<Record<string, "payment" | "refund" | "mandate" | "plan">> = {
  pay: "payment",
  rfd: "refund",
  man: "mandate",
  pln: "plan",
};

/** Whether it was answered by what was asked, and not by an accident. */
function isSaid({ status, body }: Answer): boolean {
  return status < 500 && status !== 429 && body?.type !== "/problems/idempotency_in_flight";
}

function idIn(answer: Outcome): string | null {
  return typeof answer?.body?.id === "string" && answer.body.id.startsWith("pay_") ? answer.body.id : null;
}

function told({ body }: Answer): string {
  return JSON.stringify(body).substring(0, 300);
}

/** A body as it may be shown to whoever reads a failure: no card stands in it. */
function shown(body: object | undefined): string {
  if (body === undefined) return "";
  return JSON.stringify({ ...body, ...("card" in body && { card: "a card" }) });
}
