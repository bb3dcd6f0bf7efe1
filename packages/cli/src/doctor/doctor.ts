import type { Environment } from "@caravela/platform/settings";
import { examine } from "./examination.ts";
import type { Finding } from "./finding.ts";

/**
 * Examines the settings against SIBS and prints what it found, with what to do where something is wrong. Exit code 1
 * when something is.
 */
export async function doctor(env: Environment): Promise<void> {
  const findings = await examine(env);
  for (const finding of findings) console.log(lineOf(finding));
  const wrong = findings.filter(({ isWell }) => !isWell).length;
  console.log(wrong === 0 ? "all is well" : `${wrong} of ${findings.length} checks found something to do`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

function lineOf({ isWell, says, todo }: Finding): string {
  const sign = isWell ? (todo === undefined ? "  ok" : "hint") : "FAIL";
  return `${sign}  ${says}${todo === undefined ? "" : `\n      → ${todo}`}`;
}
