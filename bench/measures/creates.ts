import type { Extent } from "../extent.ts";
import type { House } from "../house.ts";
import { atRate, inFlight, type Load } from "../load.ts";

const WIDTH = 32;

/** Payments that the server alone takes in, so many at once; nobody is told of them. */
export function createsInFlight(house: House, { creates, seconds }: Extent): Promise<Load> {
  return inFlight(WIDTH, { count: creates, seconds }, () => create(house));
}

/** The same at a steady rate. */
export function createsAtRate(house: House, rate: number, { creates, seconds }: Extent): Promise<Load> {
  return atRate(rate, { count: creates, seconds: seconds / 2 }, () => create(house));
}

async function create({ server, headers }: House): Promise<void> {
  await server.json("POST", "/v1/payments", { amount: 550, currency: "EUR", reference: "order-17" }, headers());
}
