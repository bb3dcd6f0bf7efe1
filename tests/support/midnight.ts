import { lisbonDate, lisbonTime } from "@caravela/platform/lisbon";
import type { Stage } from "./stage.ts";

/** In how many seconds the day ends in Lisbon. */
export function untilMidnight(stage: Pick<Stage, "now">): number {
  const tomorrow = lisbonDate(stage.now() + 24 * 3_600_000);
  return Math.ceil((lisbonTime(tomorrow, 0) - stage.now()) / 1000);
}

/** Lets the day begin anew in its last hour: no test of a day is cut in two by its end. */
export async function keepFromMidnight(stage: Pick<Stage, "now" | "advance">): Promise<void> {
  const left = untilMidnight(stage);
  if (left < 3600) await stage.advance(left + 1);
}
