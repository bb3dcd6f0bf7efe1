import type { Extent } from "../extent.ts";
import type { House } from "../house.ts";
import { atRate, inFlight, type Load, Timings } from "../load.ts";
import { type Cost, costOf } from "../processors.ts";
import type { Wire } from "../wire.ts";

/** How many payments are under way at once. */
export const PAYMENTS_IN_FLIGHT = 32;

/** The steps of an MB WAY payment, from the shop's order to the shop being told; `pressed`: the last two together. */
export type Steps = Record<"create" | "attempt" | "approve" | "told" | "pressed", Timings>;

/** A load of payments: how long each step took, and what each cost. */
export type PaymentLoad = Load & { readonly steps: Steps; readonly cost: Cost };

/** Whoever is asked for payments. */
export type Caller = Pick<Wire, "json">;

/** Complete MB WAY payments, so many at once, by the server or by the floor beside it. */
export async function paymentsInFlight(
  house: House,
  extent: Extent,
  by: Caller = house.server,
  width = PAYMENTS_IN_FLIGHT,
): Promise<PaymentLoad> {
  const warming: Steps = newSteps();
  const warm = { count: extent.payments / 8, seconds: extent.seconds };
  await inFlight(width, warm, (_, lane) => pay(house, by, lane, warming));
  const steps = newSteps();
  const bound = { count: extent.payments, seconds: 2 * extent.seconds };
  const before = await house.processors.snapshot();
  const load = await inFlight(width, bound, (_, lane) => pay(house, by, lane, steps));
  return { ...load, steps, cost: costOf(load.done, before, await house.processors.snapshot()) };
}

/** The same at a steady rate: how long a customer waits when the house is not full. */
export async function paymentsAtRate(
  house: House,
  rate: number,
  { payments: count, seconds }: Pick<Extent, "payments" | "seconds">,
): Promise<Load & { readonly steps: Steps }> {
  const steps = newSteps();
  const load = await atRate(rate, { count, seconds }, (place) =>
    pay(house, house.server, 100 + (place % 1_000), steps),
  );
  return { ...load, steps };
}

async function pay({ gateway, headers, shop }: House, by: Caller, lane: number, steps: Steps): Promise<void> {
  const phone = `9100${String(lane).padStart(5, "0")}`;
  const order = { amount: 550, currency: "EUR", reference: "order-17" };
  const { id } = await timed(steps.create, () => by.json<{ id: string }>("POST", "/v1/payments", order, headers()));
  const told = shop.told(id);
  const attempt = await timed(steps.attempt, () => {
    const wanted = { method: "mbway", phone };
    return by.json<{ transactionId: string }>("POST", `/v1/payments/${id}/attempts`, wanted, headers());
  });
  await timed(steps.pressed, async () => {
    await timed(steps.approve, () =>
      gateway.json("POST", `/sandbox/phones/351%23${phone}/approve`, { id: attempt.transactionId }),
    );
    await timed(steps.told, () => told);
  });
}

async function timed<T>(timings: Timings, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  timings.record(performance.now() - begun);
  return result;
}

function newSteps(): Steps {
  return {
    create: new Timings(),
    attempt: new Timings(),
    approve: new Timings(),
    told: new Timings(),
    pressed: new Timings(),
  };
}
