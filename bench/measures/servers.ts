import type { Extent } from "../extent.ts";
import type { House } from "../house.ts";
import { figuresOf, print, printCosts, type Row, sumOf } from "../table.ts";
import { type Caller, PAYMENTS_IN_FLIGHT, paymentsInFlight } from "./payments.ts";

/**
 * Payments by one server, and by two on one database, twice as many at once, each step of a payment asked of whichever
 * comes next: what a payment costs then says what two do that have cores of their own.
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
  console.log(
    `\na payment costs ${ratio.toFixed(2)} times as much by two: with cores of their own they do ${(2 / ratio).toFixed(1)} times as many`,
  );
  return { ...figuresOf(rows, costs), costRatio: ratio };
}

function inTurn(servers: readonly [Caller, ...Caller[]]): Caller {
  let next = 0;
  return { json: (...asked) => (servers[next++ % servers.length] ?? servers[0]).json(...asked) };
}
