import type { Chance } from "@caravela/platform/chance";
import { type Clock, type StoredClock, storedClock } from "@caravela/platform/clock";
import { createHttp, type Http } from "@caravela/platform/http";
import type { Log } from "@caravela/platform/log";
import type { Pool } from "@caravela/platform/postgres/pool";
import { Faults } from "./faults/faults.ts";
import { Mandates } from "./mandates/mandates.ts";
import { servePages } from "./networks/pages.ts";
import { refusedToPeople } from "./networks/refused.ts";
import { deliveries } from "./notifications/deliveries.ts";
import type { PostsNotifications } from "./notifications/send.ts";
import { httpFollower } from "./sandbox/follower.ts";
import { serveSandbox } from "./sandbox/routes.ts";
import { TimeMachine } from "./sandbox/time-machine.ts";
import { refusedCall, spelledAddress } from "./spg/refusing.ts";
import { serveSpg } from "./spg/routes.ts";
import { loadSignatures } from "./spg/signature.ts";
import { ensureDemonstrationTerminal } from "./terminals/demonstration.ts";
import { Terminals } from "./terminals/terminals.ts";
import { Tokens } from "./tokens/tokens.ts";
import { passing } from "./transactions/passing.ts";
import { Transactions } from "./transactions/transactions.ts";

/** What a gateway is made of, on a database that has its schema. */
export interface Ingredients {
  readonly pool: Pool;
  /** The machine's own time. */
  readonly systemClock: Clock;
  readonly chance: Chance;
  readonly log: Log;
  /** The way of its notifications. */
  readonly post: PostsNotifications;
  /** Addresses of programs whose clocks follow this gateway's. */
  readonly clockFollowers: readonly string[];
  /** Where it listens: from this machine alone may others than `127.0.0.1` not steer it. */
  readonly host: string;
  /** How long it goes without looking for what is due, at most, in milliseconds; a second, unless it is said. */
  readonly lookAtLatestMs?: number;
}

/** A gateway that answers, listens nowhere yet, and does nothing by itself. */
export interface Gateway {
  readonly http: Http;
  /** Does by itself what is due from now on. */
  start(): void;
  /** Ends it; what is in hand is finished first. Its pool is whoever's it was. */
  close(): Promise<void>;
}

/** Builds a gateway: its API, sandbox and pages, and what works by the clock. */
export async function assemble({ pool, systemClock, chance, log, ...others }: Ingredients): Promise<Gateway> {
  const { post, clockFollowers, host, lookAtLatestMs } = others;
  const every = { pool, log, ...(lookAtLatestMs !== undefined && { lookAtLatestMs }) };
  const clock: StoredClock = await storedClock(pool, systemClock);
  const terminals = new Terminals(pool, systemClock);
  await ensureDemonstrationTerminal(terminals, clock, chance);
  const faults = new Faults(pool, systemClock, chance);
  const delivering = deliveries({ ...every, clock, chance, terminals, faults, post });
  const onNotices = () => delivering.poke();
  const transactions = new Transactions({ pool, clock, chance, terminals, onNotices });
  const mandates = new Mandates({ transactions, clock });
  const time = passing({ ...every, clock, transactions });
  const followers = clockFollowers.map(httpFollower);
  const timeMachine = new TimeMachine({ clock, systemClock, workers: [time, delivering], followers });
  const signatures = await loadSignatures(pool, chance);

  const http = createHttp({
    log,
    chance,
    refusedAt: (path, problem) => refusedCall(path, problem, clock) ?? refusedToPeople(path, problem),
    rewriteUrl: spelledAddress,
  });
  serveSpg(http, {
    gateway: { clock, chance, transactions, mandates, signatures, tokens: new Tokens(pool) },
    terminals,
    faults,
  });
  const open = host !== "127.0.0.1";
  const names = { host };
  serveSandbox(http, {
    pool,
    clock,
    chance,
    terminals,
    transactions,
    mandates,
    faults,
    timeMachine,
    onDue: onNotices,
    open,
    names,
  });
  servePages(http, { transactions, mandates, terminals, clock, open, names });
  return {
    http,
    start: () => {
      time.start();
      delivering.start();
    },
    close: async () => {
      await http.close();
      await time.stop();
      await delivering.stop();
    },
  };
}
