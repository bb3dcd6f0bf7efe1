import { afterAll, beforeAll, expect } from "vitest";
import { type Both, openBoth } from "../../testing/both.ts";
import { knowsOfServer, serverShapes } from "../index.ts";
import { openStores, type Stores } from "./stores.ts";

/** The server's contract, held by PostgreSQL and in memory at once. */
export interface BothServers {
  /** Does the same on both: their answers are the same. Gives that of the memory. */
  same<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** All rows of some tables are the same on both; of all tables, unless some are named. */
  sameRows(...tables: readonly string[]): Promise<Readonly<Record<string, readonly object[]>>>;
  /** Which statements the memory was asked for. */
  readonly asked: ReadonlySet<string>;
}

/** Opens both for the tests of a file. */
export function bothServers(): BothServers {
  let opened: Both;
  let stores: readonly [Stores, Stores];
  beforeAll(async () => {
    opened = await openBoth({ schema: "caravela", shapes: serverShapes, knows: knowsOfServer });
    stores = [openStores(opened.both[0].pool), openStores(opened.both[1].pool)];
  });
  afterAll(() => opened.close());
  return {
    same: async (work) => {
      const [there, here] = await Promise.all([outcome(work(stores[0])), outcome(work(stores[1]))]);
      expect(here).toEqual(there);
      if ("thrown" in here) throw here.thrown;
      return here.value;
    },
    sameRows: async (...tables) => {
      const [there, here] = await opened.each((one) => one.rows(...tables));
      expect(here).toEqual(there);
      return here;
    },
    get asked() {
      return opened.asked;
    },
  };
}

/** What came of work: also where it fails on one, it is done on the other. */
async function outcome<T>(work: Promise<T>): Promise<{ readonly value: T } | { readonly thrown: unknown }> {
  try {
    return { value: await work };
  } catch (thrown) {
    return { thrown };
  }
}
