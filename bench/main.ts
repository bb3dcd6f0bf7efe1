import { writeFileSync } from "node:fs";
import { measureFlat } from "./flat.ts";
import { type House, openHouse } from "./house.ts";
import { exportAll, printExport } from "./measures/exports.ts";
import { measureMemory } from "./measures/memory.ts";
import { measurePages, printPages } from "./measures/pages.ts";
import { measurePlans } from "./measures/plans.ts";
import { measureTwoServers } from "./measures/servers.ts";
import { type Options, readOptions } from "./options.ts";
import { printSizes } from "./stored/size.ts";
import { storePayments } from "./stored/store.ts";
import { figuresOf, print, printCosts } from "./table.ts";
import { measureAll } from "./whole-table.ts";

const options = readOptions(process.argv.slice(2));
const begun = performance.now();
keep(options.flat === null ? await measureOnce(options) : await measureFlat(options.extent, options.flat, keep));
console.log(`\nmeasured in ${Math.round((performance.now() - begun) / 1000)} s; bench/README.md says how to read it`);
process.exit();

function keep(figures: object): void {
  if (options.file !== null) writeFileSync(options.file, `${JSON.stringify(figures, null, 2)}\n`);
}

async function measureOnce(options: Options): Promise<object> {
  console.log("starting PostgreSQL, gateway and server…");
  const house = await openHouse();
  try {
    return await measureIn(house, options);
  } finally {
    await house.close();
  }
}

async function measureIn(house: House, { extent, stored, plans, twoServers, memory }: Options): Promise<object> {
  if (plans > 0) return measurePlans(house, plans);
  if (twoServers) return measureTwoServers(house, extent);
  if (memory > 0) return measureMemory(house, memory, extent);
  if (stored > 0) {
    const all = await storePayments(house, stored);
    printSizes(all.sizes, all.payments);
  }
  const { rows, costs } = await measureAll(house, extent, stored);
  print(rows);
  printCosts(costs);
  const exported = await exportAll(house);
  printExport(exported);
  const pages = await measurePages(house, extent);
  printPages(pages);
  return { ...figuresOf(rows, costs), export: exported, pages };
}
