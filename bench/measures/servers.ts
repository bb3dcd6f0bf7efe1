import type { Extent } from "../extent.ts";
import type { House } from "../house.ts";
import type { Cost } from "../processors.ts";
import { figuresOf, print, printCosts, type Row, sumOf } from "../table.ts";
import { type Caller, PAYMENTS_IN_FLIGHT, paymentsInFlight } from "./payments.ts";

/**
 * Payments by one server, and by two on one database, twice as many at once, each step of a payment asked of whichever
 * comes next: what a payment costs then says what two do that have cores of their own. A server is one thread: where
 * PostgreSQL has cores enough, what its own process spends bounds it; where it has not, what all of them spend.
 */
export async function measureTwoServers(house: House, extent: Extent): Promise<object> {
  await house.shop.open();
  console.log("measuring payments by one server…");
  await paymentsInFlight(house, extent);
  const one = await paymentsInFlight(house, extent);
  const both = inTurn([house.server, await house.addServer()]);
  console.log("measuring twice as many by two…");
  // a program that has just started is slow at first
  await paymentsInFlight(house, extent, both, 2 * PAYMENTS_IN_FLIGHT);
  const two = await paymentsInFlight(house, extent, both, 2 * PAYMENTS_IN_FLIGHT);
  const rows: Row[] = [
    { what: `MB WAY payments, ${PAYMENTS_IN_FLIGHT} in flight, by one server`, key: "oneServer", ...one },
    { what: `by two called in turn, ${2 * PAYMENTS_IN_FLIGHT} in flight`, key: "twoServers", ...two },
  ];
  const costs = { oneServer: one.cost, twoServers: two.cost };
  print(rows);
  printCosts(costs);
  const ratio = sumOf(two.cost.cpuMs) / sumOf(one.cost.cpuMs);
  const ownRatio = serversOwn(two.cost) / serversOwn(one.cost);
  const times = (by: number) => `${by.toFixed(2)} times as much by two: ${(2 / by).toFixed(2)} times as many payments`;
  console.log(`\na payment costs the servers themselves ${times(ownRatio)} where each has a core of its own`);
  console.log(`a payment costs all programs together ${times(ratio)} where all of them share what cores there are`);
  return { ...figuresOf(rows, costs), costRatio: ratio, serversCostRatio: ownRatio };
}

/** What of a payment's cost is the servers' own, PostgreSQL's sessions not among it. */
function serversOwn({ cpuMs }: Cost): number {
  return (cpuMs.server ?? 0) + (cpuMs["the other server"] ?? 0);
}

function inTurn(servers: readonly [Caller, ...Caller[]]): Caller {
  let next = 0;
  return { json: (...asked) => (servers[next++ % servers.length] ?? servers[0]).json(...asked) };
}
