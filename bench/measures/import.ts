import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { compile } from "../../scripts/packages/library.ts";
import type { Extent } from "../extent.ts";
import { Timings } from "../load.ts";

/** What a program waits for when it imports the client as it is published, each time in a process of its own. */
export function importOfClient({ imports }: Extent): Timings {
  const folder = mkdtempSync(join(tmpdir(), "caravela-client-"));
  try {
    compile("sibs", folder);
    return measured(imports, pathToFileURL(join(folder, "index.js")).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The yardstick: a module that holds nothing. */
export function importOfNothing({ imports }: Extent): Timings {
  return measured(imports, "data:text/javascript,");
}

function measured(times: number, module: string): Timings {
  const timings = new Timings();
  const program = `const begun = performance.now(); await import("${module}"); console.log(performance.now() - begun);`;
  for (let time = 0; time < times; time += 1) {
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
    timings.record(Number(printed));
  }
  return timings;
}
