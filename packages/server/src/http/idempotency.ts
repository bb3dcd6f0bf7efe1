import type { Clock } from "@caravela/platform/clock";
import type { Http } from "@caravela/platform/http";
import type { Pool } from "@caravela/platform/postgres/pool";
import { purge } from "@caravela/platform/postgres/purge";
import { Problem } from "@caravela/platform/problems";
import { after, deadline, pause } from "@caravela/platform/timer";
import type { FastifyContextConfig, FastifyReply, FastifyRequest, FastifySchema } from "fastify";
import type { Static, TSchema } from "typebox";
import type { Caller, Scope } from "../domain/api-key.ts";
import { DAY } from "../domain/time.ts";
import { type FoundRow, KeptAnswers, nameOf } from "../storage/kept-answers.ts";
import type { Answer, Identity, KeyRow } from "../storage/keys.ts";
import type { ProblemCode } from "./problem-kinds.ts";
import { problem } from "./problems.ts";
import { identify, isSameScope } from "./request-key.ts";
import { idempotencyHeaders } from "./schemas.ts";

/** How long an answer is kept for a request that is made again. */
const KEPT = 7 * DAY;
/**
 * How long a second request waits for the first, in milliseconds of system time, and how often it looks when that is
 * another process's.
 */
const WAIT_MS = 5_000;
const LOOK_MS = 50;
/** How often the hold on a key is renewed while its request is carried out; it lasts three seconds. */
const RENEW_MS = 1_000;
/** Refusals of the request itself, or of the key that it came by: sent again, it is looked at again. */
const NOT_KEPT: readonly number[] = [400, 401, 403, 413, 415, 429];

/** What a route takes, and what it answers with. */
interface RouteSchema extends FastifySchema {
  /** Its name in generated clients. */
  readonly operationId: string;
  readonly summary: string;
  readonly params?: TSchema;
  readonly body?: TSchema;
}

/** What a request asks for, as its route's schemas say. */
interface Asked<Schema> extends Pick<FastifyRequest, "inAudit"> {
  readonly params: Schema extends { readonly params: infer Params extends TSchema } ? Static<Params> : unknown;
  readonly body: Schema extends { readonly body: infer Body extends TSchema } ? Static<Body> : unknown;
  /** By which key it is asked for, or as which person. */
  readonly caller: Caller;
  /** What it is in the audit (`http/audited.ts`). */
  readonly inAudit: FastifyRequest["inAudit"];
}

/** A route of which each request is carried out once. */
export interface Once<Schema> {
  /** As of any route (`http/own-terminal.ts`). */
  readonly keepsToTerminal?: true;
  /** What a key must be good for; null: as of any route (`http/authorize.ts`). */
  readonly scope: Scope | null;
  /** As of any route (`http/audited.ts`). */
  readonly audited?: "people";
  /** As of any route (`http/touch.ts`). */
  readonly wantsTouch?: true;
  /** How often it may be asked, as `@fastify/rate-limit` takes it where its scope has that. */
  readonly rateLimit?: NonNullable<FastifyContextConfig["rateLimit"]>;
  /** The problems that it may answer by beside those of every such route. */
  readonly problems?: readonly ProblemCode[];
  /** The body as far as a fingerprint may be taken of it: a card's number and code are in no hash either. */
  traceOf?(body: unknown): unknown;
  /** Whether its address says who somebody is: then the key's row has a digest of that in its place. */
  readonly isOfPerson?: true;
  /** Does what was asked, committing the key's row together with what it makes. */
  carryOut(asked: Asked<Schema>, key: KeyRow): Promise<Answer>;
  /**
   * The answer to a request that died before it could answer: what it made, as it is now. Absent where the row is
   * committed with its answer.
   */
  recall?(asked: Asked<Schema>, resource: string): Promise<Answer>;
}

/** The same, of the one request at hand. */
interface Parts {
  readonly carryOut: (key: KeyRow) => Promise<Answer>;
  readonly recall: ((resource: string) => Promise<Answer>) | undefined;
}

const carriedOutOnce = new WeakSet<object>();

/** Whether a route's handler carries each request out once. */
export function isOnce(handler: object): boolean {
  return carriedOutOnce.has(handler);
}

type Replayed = Answer & { readonly replayed: boolean };
/** A request that this process is carrying out. */
interface UnderWay {
  readonly fingerprint: string;
  readonly ended: Promise<void>;
}

/** Answers a request once, however often it is sent (the IETF draft `Idempotency-Key`). */
export class Idempotency {
  readonly #pool: Pool;
  readonly #clock: Clock;
  readonly #merchant: string;
  readonly #underWay = new Map<string, UnderWay>();
  readonly #answers: KeptAnswers;

  /** @param merchant whom the requests speak for: a key of one is none of another's. */
  constructor(pool: Pool, clock: Clock, merchant: string) {
    this.#pool = pool;
    this.#clock = clock;
    this.#merchant = merchant;
    this.#answers = new KeptAnswers(pool);
  }

  /**
   * Makes a route of which each request is carried out once, or answered as it was answered before. It answers by a
   * problem when the key is missing, was used for another request, or the first request is still being carried out.
   */
  post<Schema extends RouteSchema>(http: Http, url: string, schema: Schema, route: Once<Schema>): void {
    // What the schemas let through is what they say.
    const handler = (request: FastifyRequest, reply: FastifyReply) =>
      this.answer(request as unknown as FastifyRequest & Asked<Schema>, reply, route);
    carriedOutOnce.add(handler);
    const described: FastifySchema = { ...schema, headers: idempotencyHeaders };
    http.post(
      url,
      {
        schema: described,
        config: {
          scope: route.scope,
          problems: route.problems ?? [],
          ...(route.keepsToTerminal === true && { keepsToTerminal: true }),
          ...(route.audited !== undefined && { audited: route.audited }),
          ...(route.wantsTouch === true && { wantsTouch: true }),
          ...(route.rateLimit !== undefined && { rateLimit: route.rateLimit }),
        },
      },
      handler,
    );
  }

  /** Answers one request to a route that was made by `post`. */
  async answer<Schema>(request: FastifyRequest & Asked<Schema>, reply: FastifyReply, route: Once<Schema>) {
    const body = route.traceOf?.(request.body) ?? request.body;
    const identity = identify(request, {
      merchant: merchantOf(request, this.#merchant),
      body,
      isOfPerson: route.isOfPerson === true,
    });
    const answer = await this.#alone(identity, {
      carryOut: (key) => route.carryOut(request, key),
      recall: route.recall?.bind(route, request),
    });
    const { status, replayed } = answer;
    reply.code(status);
    if (replayed) reply.header("Idempotent-Replayed", "true");
    if (replayed || status >= 400) {
      // as it is: what was kept by an earlier version need not have all that this one answers with
      reply.type(`application/${status < 400 ? "json" : "problem+json"}; charset=utf-8`).serializer(JSON.stringify);
    }
    return answer.body;
  }

  /** Forgets the answers that are older than seven days. */
  async purge(): Promise<void> {
    await purge(this.#pool, { table: "caravela.idempotency", column: "created_at", before: this.#oldest() });
  }

  #oldest(): Date {
    return new Date(this.#clock.now().getTime() - KEPT);
  }

  /**
   * Requests of one key come one after the other: who comes while the first is carried out waits for it, but not for
   * long.
   */
  async #alone(identity: Identity, parts: Parts): Promise<Replayed> {
    const name = nameOf(identity);
    for (let first = this.#underWay.get(name); first !== undefined; first = this.#underWay.get(name)) {
      if (first.fingerprint !== identity.fingerprint) throw reused();
      if ((await deadline(first.ended, WAIT_MS)) === "timeout") throw inFlight();
    }
    const work = this.#earlierOrFirst(identity, parts);
    const end = () => void this.#underWay.delete(name);
    this.#underWay.set(name, { fingerprint: identity.fingerprint, ended: work.then(end, end) });
    return work;
  }

  async #earlierOrFirst(identity: Identity, parts: Parts): Promise<Replayed> {
    return (await this.#earlier(identity, parts)) ?? (await this.#first(identity, parts));
  }

  async #first(identity: Identity, parts: Parts): Promise<Replayed> {
    let made: string | null = null;
    let isKept = false;
    const stopHolding = this.#hold(identity, () => made);
    try {
      const answer = await outcome(parts, (resource, known) => {
        const committed = () => {
          made = resource;
          isKept = known !== undefined;
        };
        return { ...identity, resource, status: known?.status ?? null, body: bodyText(known), committed };
      });
      if (isKept || (await this.#keep(identity, made, answer))) return { ...answer, replayed: false };
    } catch (error) {
      if (!isTaken(error)) throw error;
    } finally {
      stopHolding();
    }
    // another process was quicker, and what it made is the answer
    const earlier = await this.#earlier(identity, parts);
    if (earlier !== null) return earlier;
    // or the spelling is taken by another merchant's request, which an earlier version could not tell from this one
    if (identity.scope !== identity.operation) return this.#first({ ...identity, scope: identity.operation }, parts);
    throw inFlight();
  }

  /**
   * What an earlier request of this key was answered with; null when there was none. Waits for one that is under way
   * elsewhere.
   */
  async #earlier(identity: Identity, parts: Parts): Promise<Replayed | null> {
    for (let waited = 0; ; waited += LOOK_MS) {
      const row = await this.#find(identity);
      if (row === null) return null;
      if (row.fingerprint !== identity.fingerprint) throw reused();
      if (row.status !== null) return { status: row.status, body: JSON.parse(row.body ?? "null"), replayed: true };
      if (!row.held && row.resource !== null && parts.recall !== undefined) {
        return { ...(await parts.recall(row.resource)), replayed: true };
      }
      if (waited >= WAIT_MS) throw inFlight();
      await pause(LOOK_MS);
    }
  }

  async #find(identity: Identity): Promise<FoundRow | null> {
    const rows = await this.#answers.find(identity);
    const row =
      rows.find((one) => one.operation !== null) ?? rows.find((one) => isSameScope(one.scope, identity.scope));
    if (row === undefined || row.created_at >= this.#oldest()) return row ?? null;
    await this.purge();
    return null;
  }

  /**
   * Keeps the answer: in the row that was committed with what the request made, or, where it made nothing, in a row of
   * its own. False: the key is another process's.
   */
  #keep(identity: Identity, made: string | null, answer: Answer): Promise<boolean> {
    const { status } = answer;
    return this.#answers.keep({ ...identity, made, status, body: bodyText(answer), at: this.#clock.now() });
  }

  /**
   * Renews the hold on a key whose request takes long: one that has run out says that whoever carried it out is dead.
   */
  #hold({ operation, key }: Identity, made: () => string | null): () => void {
    const renew = async () => {
      cancel = after(RENEW_MS, () => void renew());
      // where it cannot be renewed, a retry is answered with what there is by now, which does no harm
      await this.#answers.hold({ operation, key }, made()).catch(() => undefined);
    };
    let cancel = after(RENEW_MS, () => void renew());
    return () => cancel();
  }
}

/**
 * A key of one terminal has a name of its own, and so has each person: what they ask for is nobody else's request, and
 * the other way round.
 */
function merchantOf({ caller }: FastifyRequest, all: string): string {
  if (caller.person !== null) return caller.person.id;
  return caller.terminal === null ? all : `terminal ${caller.terminal}`;
}

/** What a request is answered with, be it a refusal that is kept like any other answer. */
async function outcome(parts: Parts, key: KeyRow): Promise<Answer> {
  try {
    return await parts.carryOut(key);
  } catch (error) {
    const isKept = error instanceof Problem && error.status < 500 && !NOT_KEPT.includes(error.status);
    if (!isKept) throw error;
    return { status: error.status, body: error.toJSON() };
  }
}

function bodyText(answer: Answer | undefined): string | null {
  return answer === undefined ? null : JSON.stringify(answer.kept ?? answer.body);
}

const TAKEN = ["idempotency_operation", "idempotency_pkey"];

function isTaken(error: unknown): boolean {
  return error instanceof Error && "constraint" in error && TAKEN.includes(String(error.constraint));
}

function reused(): Problem {
  return problem("idempotency_key_reused", "Use a new key for a new request.", { field: "Idempotency-Key" });
}

function inFlight(): Problem {
  return problem("idempotency_in_flight", "Ask again in a moment with the same key.", {
    headers: { "Retry-After": "1" },
  });
}
