import { chanceFrom } from "@caravela/platform/chance";
import type { Http } from "@caravela/platform/http";
import { STATEMENT_LIMIT_MS } from "@caravela/platform/postgres/pool";
import type { ServerSettings } from "@caravela/server";
import type { Parts } from "../packages/server/src/assemble.ts";
import type { Post } from "../packages/server/src/events/reach.ts";
import type { Wake } from "../packages/server/src/work/rows.ts";
import type { Dice } from "./dice.ts";
import { forwarded } from "./forwarded.ts";
import { type CrashPoints, Cut, Life } from "./life.ts";
import { served, type WayToSibs, type WireAnswer, type WireRequest } from "./network.ts";
import type { EachAnswer } from "./properties/answers.ts";
import type { Wrong } from "./properties/property.ts";
import { routesOf, startServer } from "./server.ts";
import type { MemoryDatabase } from "./store/database.ts";
import { type CarryStatement, MemoryPool } from "./store/pool.ts";
import type { VirtualTime } from "./virtual-time.ts";
import type { Weather } from "./weather.ts";

const SECOND = 1_000;

/** What the servers of a run live in. */
export interface Surroundings {
  readonly time: VirtualTime;
  readonly weather: Weather;
  readonly points: CrashPoints;
  readonly database: MemoryDatabase;
  readonly sibs: WayToSibs;
  /** Takes an event as the shop does. */
  readonly shop: (event: WireRequest, signal: AbortSignal) => Promise<WireAnswer>;
  readonly settings: ServerSettings;
  /** How long a server goes without looking for what is due, at most. */
  readonly lookAtLatestMs: number;
  /** The statements that were seen to change something. */
  readonly writers: Set<string>;
  /** Told which statement has just changed something, and what rows it gave. */
  readonly committed: (statement: string, rows: readonly object[]) => void;
  /** Looks at what is asked of servers, and at what they answer. */
  readonly answers: Pick<EachAnswer, "asked" | "answered">;
  readonly told: (line: string) => void;
  /** Told what must not be of a server. */
  readonly wrong: Wrong;
}

/** One of the servers of a run: started, killed and started again, on a machine whose clock is its own. */
export class Node {
  readonly name: string;
  readonly #world: Surroundings;
  readonly #dice: Dice;
  #life: Life;
  /** What its server is made of, while it is up. */
  #parts: Parts | null = null;
  /** Laid once: each life of the server answers by them. */
  #routes: Http | null = null;
  #skewMs = 0;
  /** For how long it stays down when it is killed next; null: whatever keeps it running starts it again. */
  #staysDownMs: number | null = null;

  constructor(name: string, world: Surroundings, dice: Dice) {
    this.name = name;
    this.#world = world;
    this.#dice = dice;
    this.#life = this.#newLife();
    if (world.weather.is("clock_skewed", name)) this.#skewMs = dice.between(-3 * SECOND, 3 * SECOND);
  }

  /** The server's own parts, while it is up. */
  get parts(): Parts | null {
    return this.#parts;
  }

  /** Starts the server. Resolves when it answers, or was killed while it started. */
  async start(): Promise<void> {
    const { time, settings, sibs, database, shop, lookAtLatestMs } = this.#world;
    const life = this.#life;
    const pool = new MemoryPool(database, this.#carrier(life), { schema: "caravela", max: 20 });
    life.atEnd(() => pool.cut());
    const systemClock = { now: () => new Date(time.now + this.#skewMs) };
    const bytes = (n: number) => Uint8Array.from({ length: n }, () => this.#dice.between(0, 255));
    const reach = {
      post: async ({ url }: { readonly url: string }, { headers, body, signal }: Post) => {
        await life.pass("before an event is sent");
        const { pathname } = new URL(url);
        const answer = await time.outside(() => shop({ method: "POST", path: pathname, headers, body }, signal));
        await life.pass("after an event was sent");
        return { status: answer.status, retryAfter: answer.headers["retry-after"] ?? null };
      },
      close: async () => undefined,
    };
    const chance = chanceFrom(bytes, () => time.now);
    const begun = time.of(life, () =>
      startServer({ settings, pool, systemClock, chance, fetch: sibs.of(life), reach, lookAtLatestMs }),
    );
    try {
      const parts = await life.outside(begun);
      if (this.#life !== life) return;
      this.#parts = parts;
      this.#routes ??= await time.outside(() => routesOf(forwarded(() => this.#mustHaveParts())));
    } catch (error) {
      if (error instanceof Cut) return;
      life.end();
    }
  }

  /** Asks the server. @throws Cut where it is down, or is killed before it answers */
  async ask(request: WireRequest): Promise<WireAnswer> {
    const life = this.#life;
    await life.outside(life.awake());
    const routes = this.#routes;
    if (this.#parts === null || routes === null) throw new Cut("connection refused");
    const { time, answers } = this.#world;
    answers.asked(request);
    const answer = await life.outside(time.of(life, () => served(routes, request)));
    answers.answered(request, answer);
    return answer;
  }

  /** Kills it; it starts again by itself. */
  kill(): void {
    this.#life.end();
  }

  /** Its machine is turned off, and on again after so long. */
  shut(ms: number): void {
    this.#staysDownMs = ms;
    this.kill();
  }

  /** Stops it in order: what is in hand is done first. */
  async stop(): Promise<void> {
    await this.#parts?.workers.stop();
  }

  /** Its machine's clock jumps. */
  jump(ms: number): void {
    this.#skewMs += ms;
  }

  /** Its machine's clock is right from now on. */
  setClockRight(): void {
    this.#skewMs = 0;
  }

  /** Has it look for what is due; whether it is up. */
  remind(look: (wake: Wake) => void): boolean {
    const parts = this.#parts;
    if (parts !== null) this.#world.time.of(this.#life, () => look(parts.wake));
    return parts !== null;
  }

  /** Nothing goes in or out of it for a while. */
  freeze(ms: number): void {
    this.#life.freeze(ms);
  }

  #mustHaveParts(): Parts {
    if (this.#parts === null) throw new Cut("it is not up");
    return this.#parts;
  }

  #newLife(): Life {
    const { time, points, told, wrong } = this.#world;
    const killed = () => {
      told(`${this.name} is killed`);
      this.#parts = null;
      this.#life = this.#newLife();
      // whatever keeps it running starts it again within seconds, mostly
      const longest = this.#dice.happens(0.8) ? 2 : 40;
      const down = this.#staysDownMs ?? this.#dice.between(SECOND / 2, longest * SECOND);
      this.#staysDownMs = null;
      const life = this.#life;
      // unless its machine was turned off meanwhile
      const starts = () => (this.#life === life ? void this.start() : undefined);
      time.outside(() => time.at(time.now + down, starts));
    };
    const strayed = (doing: string) => wrong(this.name, `does by what is of its life before: ${doing}`);
    return new Life(time, points, { killed, strayed });
  }

  #carrier(life: Life): CarryStatement {
    const { time, weather, writers, committed } = this.#world;
    let silentUntil = 0;
    return async ({ name, run, hasChanged }) => {
      await life.awake(name);
      if (weather.is("database_silent", name)) silentUntil = time.now + this.#dice.between(2, 30) * SECOND;
      // a silent line swallows what is sent on it: whether it arrived nobody knows
      const isSilent = silentUntil > time.now;
      if (isSilent && this.#dice.happens(0.5)) return noAnswer(time);
      if (weather.is("statement_refused", name)) throw refusedByPostgres(this.#dice);
      if (this.#dice.happens(0.3)) await time.pass(this.#dice.between(1, 12));
      await (writers.has(name) ? life.pass(`before ${name}`) : life.awake(name));
      const rows = await run();
      if (hasChanged()) {
        writers.add(name);
        committed(name, rows);
        await life.pass(`after ${name}`);
        if (weather.is("commit_answer_lost", name)) throw new Error("Connection terminated unexpectedly");
      }
      return isSilent ? noAnswer(time) : rows;
    };
  }
}

/** As the driver does with a line that is silent: it waits for as long as a statement may take. */
async function noAnswer(time: VirtualTime): Promise<never> {
  await time.pass(STATEMENT_LIMIT_MS);
  throw new Error("Query read timeout");
}

/** Before anything was done: the connection broke, or PostgreSQL is not there now. */
function refusedByPostgres(dice: Dice): Error {
  const code = dice.pick(["ECONNRESET", "ECONNREFUSED", "EPIPE"]);
  return Object.assign(new Error(`connect ${code}`), { code });
}
