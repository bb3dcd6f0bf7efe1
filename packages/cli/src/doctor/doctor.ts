import type { Environment } from "@caravela/platform/settings";
import { type Output, PEOPLE } from "../output.ts";
import { examine } from "./examination.ts";
import type { Finding } from "./finding.ts";

/**
 * Examines the settings against SIBS and prints what it found, with what to do where something is wrong. Exit code 1
 * when something is.
 */
export async function doctor(env: Environment, output: Output = PEOPLE): Promise<void> {
  const findings = await examine(env);
  const wrong = findings.filter(({ isWell }) => !isWell).length;
  const data = findings.map(({ isWell, says, todo = null }) => ({ isWell, says, todo }));
  output.result({ isWell: wrong === 0, data }, [
    ...findings.map(lineOf),
    wrong === 0 ? "all is well" : `${wrong} of ${findings.length} checks found something to do`,
  ]);
  process.exitCode = wrong === 0 ? 0 : 1;
}

function lineOf({ isWell, says, todo }: Finding): string {
  const sign = isWell ? (todo === undefined ? "  ok" : "hint") : "FAIL";
  return `${sign}  ${says}${todo === undefined ? "" : `\n      → ${todo}`}`;
}
