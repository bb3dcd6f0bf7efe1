import { createHash } from "node:crypto";
import type { Clock } from "@caravela/platform/clock";
import type { Pool } from "@caravela/platform/postgres/pool";
import { Problem } from "@caravela/platform/problems";
import { pause } from "@caravela/platform/timer";
import type { FastifyReply, FastifyRequest } from "fastify";
import { DAY } from "../domain/time.ts";
import { problem } from "./problems.ts";

/** How long an answer is kept, at least, for a request that is made again. */
const KEPT = 7 * DAY;
/** How long a second request waits for the first, in milliseconds of system time, and how often it looks. */
const WAIT_MS = 5_000;
const LOOK_MS = 50;
/** Refusals of the request itself: sent again, it is looked at again. */
const NOT_KEPT: readonly number[] = [400, 401, 413, 415, 429];

/** What is committed together with what a request made. `status` and `body` are null while it is being carried out. */
export interface IdempotencyRow {
  readonly scope: string;
  readonly key: string;
  readonly fingerprint: string;
  /** What the request made, so that a retry after a crash can be answered with it as it is now. */
  readonly resource: string | null;
  readonly status: number | null;
  readonly body: string | null;
}

/** What a request is answered with. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** What a replay is answered with instead, where the first answer tells a secret. */
  readonly kept?: unknown;
}

/** Makes the row to commit with the first decision; with the answer, when that is known already. */
export type KeyRow = (resource: string, answer?: Answer) => IdempotencyRow;

interface Parts {
  /** Does what was asked, committing the key's row together with what it makes. */
  carryOut(key: KeyRow): Promise<Answer>;
  /** The answer to a request that died before it could answer: what it made, as it is now. */
  recall(resource: string): Promise<Answer>;
}

type Identity = Pick<IdempotencyRow, "scope" | "key" | "fingerprint">;
type Replayed = Answer & { readonly replayed: boolean };

/** Answers a request once, however often it is sent (the IETF draft `Idempotency-Key`). */
export class Idempotency {
  readonly #pool: Pool;
  readonly #clock: Clock;

  constructor(pool: Pool, clock: Clock) {
    this.#pool = pool;
    this.#clock = clock;
  }

  /**
   * Carries a POST out, or answers it as it was answered before.
   * @throws Problem when the key is missing, was used for another request, or the first request is still being carried out.
   */
  async answer(request: FastifyRequest, reply: FastifyReply, parts: Parts): Promise<unknown> {
    const identity = identify(request);
    const { status, body, replayed } = (await this.#earlier(identity, parts)) ?? (await this.#first(identity, parts));
    reply.code(status);
    if (replayed) reply.header("Idempotent-Replayed", "true");
    if (status >= 400) reply.type("application/problem+json").serializer(JSON.stringify);
    return body;
  }

  /** Forgets the answers that are older than seven days. */
  async purge(): Promise<void> {
    const oldest = new Date(this.#clock.now().getTime() - KEPT);
    await this.#pool.query("delete from idempotency where created_at < $1", [oldest]);
  }

  async #first(identity: Identity, parts: Parts): Promise<Replayed> {
    let isKept = false;
    const key: KeyRow = (resource, answer) => {
      isKept = answer !== undefined;
      return { ...identity, resource, status: answer?.status ?? null, body: bodyText(answer) };
    };
    try {
      const answer = await parts.carryOut(key);
      if (!isKept) await this.#keep(identity, answer);
      return { ...answer, replayed: false };
    } catch (error) {
      if (isTaken(error)) return (await this.#earlier(identity, parts)) ?? inFlight();
      if (error instanceof Problem && error.status < 500 && !NOT_KEPT.includes(error.status)) {
        await this.#keep(identity, { status: error.status, body: error.toJSON() });
      }
      throw error;
    }
  }

  /** What an earlier request of this key was answered with; null when there was none. Waits for one that is under way. */
  async #earlier(identity: Identity, parts: Parts): Promise<Replayed | null> {
    for (let waited = 0; ; waited += LOOK_MS) {
      const row = await this.#find(identity);
      if (row === null) return null;
      if (row.fingerprint !== identity.fingerprint) {
        throw problem("idempotency_key_reused", "Use a new key for a new request.", { field: "Idempotency-Key" });
      }
      if (row.status !== null) return { status: row.status, body: JSON.parse(row.body ?? "null"), replayed: true };
      if (!row.held && row.resource !== null) return { ...(await parts.recall(row.resource)), replayed: true };
      if (waited >= WAIT_MS) return inFlight();
      await pause(LOOK_MS);
    }
  }

  async #find({ scope, key }: Identity): Promise<(IdempotencyRow & { held: boolean }) | null> {
    const { rows } = await this.#pool.query<IdempotencyRow & { held: boolean }>({
      name: "idempotency-find",
      text: `select scope, key, fingerprint, resource, status, body, held_until > now() as held
               from idempotency where scope = $1 and key = $2`,
      values: [scope, key],
    });
    return rows[0] ?? null;
  }

  /** Keeps the answer: in the row that was committed with what the request made, or, of a refusal, in a row of its own. */
  async #keep({ scope, key, fingerprint }: Identity, answer: Answer): Promise<void> {
    await this.#pool.query({
      name: "idempotency-keep",
      text: `insert into idempotency (scope, key, fingerprint, status, body, created_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (scope, key) do update
               set status = excluded.status, body = excluded.body
             where idempotency.status is null and idempotency.fingerprint = excluded.fingerprint`,
      values: [scope, key, fingerprint, answer.status, bodyText(answer), this.#clock.now()],
    });
  }
}

function bodyText(answer: Answer | undefined): string | null {
  return answer === undefined ? null : JSON.stringify(answer.kept ?? answer.body);
}

/** Keys are told apart by API key, HTTP method and path; requests of one key by their body. */
function identify(request: FastifyRequest): Identity {
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || key === "" || key.length > 255) {
    throw problem("idempotency_key_missing", "Send an Idempotency-Key header of 1 to 255 characters.", {
      field: "Idempotency-Key",
    });
  }
  const caller = digest(request.headers.authorization ?? "");
  const path = request.url.split("?", 1)[0];
  return { scope: `${caller} ${request.method} ${path}`, key, fingerprint: digest(canonical(request.body)) };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

/** JSON with its members in order, so that the same request written differently is the same request. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "constraint" in error && error.constraint === "idempotency_pkey";
}

function inFlight(): never {
  throw problem("idempotency_in_flight", "Ask again in a moment with the same key.", {
    headers: { "Retry-After": "1" },
  });
}
