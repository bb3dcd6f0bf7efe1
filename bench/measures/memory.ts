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
  console.log(`first: ${describeMemory(first)}\nlast: ${describeMemory(last)}`);
  return { payments, first, last };
}

async function after(house: House, payments: number, extent: Extent): Promise<Readonly<Record<string, number>>> {
  console.log(`making ${payments.toLocaleString("en")} payments…`);
  await paymentsInFlight(house, { ...extent, payments, seconds: Number.POSITIVE_INFINITY });
  return house.processors.memory();
}

/** In words: what each program holds. */
export function describeMemory(memory: Readonly<Record<string, number>>): string {
  return ["server", "gateway"].map((name) => `${name} ${((memory[name] ?? 0) / 2 ** 20).toFixed(0)} MiB`).join(", ");
}
