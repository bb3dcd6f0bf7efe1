import { setImmediate } from "node:timers/promises";
import type { Pool } from "@caravela/platform/postgres/pool";

/**
 * A pool that does one statement after another, each when whoever waited for the one before has gone on: what is at
 * work beside each other then takes the same turns, however quick the database is.
 */
export function inTurn(pool: Pool): Pool {
  let before: Promise<unknown> = Promise.resolve();
  const query: Pool["query"] = (...asked: Parameters<Pool["query"]>) => {
    const answer = before.then(() => pool.query(...asked));
    before = answer.catch(() => undefined).then(() => setImmediate());
    return answer as never;
  };
  return new Proxy(pool, {
    get: (_, name) => {
      const value = name === "query" ? query : Reflect.get(pool, name);
      return typeof value === "function" ? value.bind(pool) : value;
    },
  });
}
