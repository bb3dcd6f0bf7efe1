import { get } from "node:http";
import type { Extent } from "../extent.ts";
import type { House } from "../house.ts";
import { inFlight, Timings } from "../load.ts";

/**
 * From the press on the phone to "paid" on the customer's page, one after the other: what somebody waits for who looks
 * at it.
 */
export async function approvalToScreen(house: House, { screens, seconds }: Extent): Promise<Timings> {
  const timings = new Timings();
  await inFlight(1, { count: screens, seconds }, async (place) =>
    timings.record(await payLookingAtThePage(house, place)),
  );
  return timings;
}

async function payLookingAtThePage({ server, gateway, headers }: House, place: number): Promise<number> {
  const phone = `9300${String(place).padStart(5, "0")}`;
  const order = { amount: 550, currency: "EUR", reference: "order-17" };
  const { id, payUrl } = await server.json<{ id: string; payUrl: string }>("POST", "/v1/payments", order, headers());
  await server.json("POST", `/v1/payments/${id}/attempts`, { method: "mbway", phone }, headers());
  const page = await openPage(`${payUrl}/events`);
  const pressed = performance.now();
  await gateway.json("POST", `/sandbox/phones/351%23${phone}/approve`);
  await page.paid;
  return performance.now() - pressed;
}

/** A page that is looked at: its live updates have begun, and `paid` resolves when they say so. */
function openPage(url: string): Promise<{ paid: Promise<void> }> {
  const [shown, paid] = [Promise.withResolvers<{ paid: Promise<void> }>(), Promise.withResolvers<void>()];
  const request = get(url, (response) => {
    response.setEncoding("utf8");
    response.on("data", (text: string) => {
      shown.resolve({ paid: paid.promise });
      if (!text.includes('"kind":"paid"')) return;
      paid.resolve();
      request.destroy();
    });
  });
  request.on("error", shown.reject);
  return shown.promise;
}
