import type { Pool } from "@caravela/platform/postgres/pool";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { insertSql, type PartName, saveStatement } from "../../../../packages/gateway/src/transactions/statements.ts";
import { type Both, type Kept, openBoth } from "../../testing/both.ts";
import { gatewayShapes, knowsOfGateway } from "../index.ts";
import { partsOf, type WrittenRow } from "./rows.ts";
import { VisitedGateway, WEBHOOK } from "./visited.ts";

/** A gateway on one of both, and its tables by the statements that write them. */
export interface KeptGateway {
  readonly pool: Pool;
  readonly gateway: VisitedGateway;
  rows: Kept["rows"];
  /** Records transactions, by one statement. */
  insert(...rows: readonly WrittenRow[]): Promise<void>;
  /** Writes changes with what they bring, by one statement: the ids of those that were written. */
  save(parts: Partial<Record<PartName, readonly WrittenRow[]>>): Promise<readonly string[]>;
}

/** Opens both for the tests of a file. */
export function bothGateways(): (name: Kept["name"]) => KeptGateway {
  let opened: Both;
  beforeAll(async () => {
    opened = await openBoth({ schema: "sibs_gateway", shapes: gatewayShapes, knows: knowsOfGateway });
  });
  afterAll(() => opened.close());
  return (name) => keptGateway(() => opened.both.find((one) => one.name === name) as Kept);
}

/** A gateway with a webhook, that has forgotten all before each test. */
function keptGateway(keptOf: () => Kept): KeptGateway {
  let kept: Kept;
  let gateway: VisitedGateway;
  beforeAll(async () => {
    kept = keptOf();
    gateway = new VisitedGateway(kept.pool);
    await gateway.start();
    await gateway.sandbox("/terminals/52221", { webhook: WEBHOOK }, "PUT");
  });
  afterAll(() => gateway.close());
  beforeEach(async () => {
    await gateway.sandbox("/reset", {});
  });
  return {
    get pool() {
      return kept.pool;
    },
    get gateway() {
      return gateway;
    },
    rows: (...tables) => kept.rows(...tables),
    insert: async (...rows) => {
      await kept.pool.query({ name: "transaction-insert", text: insertSql, values: [JSON.stringify(rows)] });
    },
    save: async (some) => {
      const parts = partsOf(some);
      const { rows } = await kept.pool.query({ ...saveStatement(parts), values: [JSON.stringify(parts)] });
      return rows.map(({ transaction_id }) => transaction_id).toSorted();
    },
  };
}
