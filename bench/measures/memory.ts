import type { Extent } from "../extent.ts";
import type { House } from "../house.ts";
import { paymentsInFlight } from "./payments.ts";

/** What server and gateway hold in memory after a tenth of so many payments, and after all of them. */
export async function measureMemory(house: House, payments: number, extent: Extent): Promise<object> {
  await house.shop.open();
  const some = Math.round(payments / 10);
  const first = await after(house, some, extent);
  const last = await after(house, payments - some, extent);
  console.log(
    `\nheld in memory after ${some.toLocaleString("en")} payments, and after ${payments.toLocaleString("en")}\n`,
  );
  for (const name of ["server", "gateway"]) {
    const [before, now] = [first[name] ?? 0, last[name] ?? 0];
    const mib = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
    console.log(`${name}: ${mib(before)}, ${mib(now)}: ${(now / before).toFixed(2)} times`);
  }
  return { payments, first, last };
}

async function after(house: House, payments: number, extent: Extent): Promise<Readonly<Record<string, number>>> {
  console.log(`making ${payments.toLocaleString("en")} payments…`);
  await paymentsInFlight(house, { ...extent, payments, seconds: Number.POSITIVE_INFINITY });
  return house.processors.memory();
}
