import type { Property } from "./properties/property.ts";
import type { Asked, Told } from "./told.ts";
import { FAULT_KINDS, type FaultKind } from "./weather.ts";

/** A run in which something is wrong, with as little else in it as still shows that. */
export interface Shrunk {
  readonly payments: number;
  readonly only: readonly FaultKind[];
  readonly told: Told;
}

/**
 * Leaves kinds of faults out of a run that failed, many at once and then one by one, and payments, as long as the same
 * property is broken still.
 */
export async function shrunk(asked: Asked, failed: Told, live: (asked: Asked) => Promise<Told>): Promise<Shrunk> {
  const property = failed.violations[0]?.property;
  // a run that came to no end of its own tells of none
  const isTold = Object.keys(failed.faults).length > 0;
  const happened = (asked.only ?? FAULT_KINDS).filter((kind) => !isTold || (failed.faults[kind] ?? 0) > 0);
  let best: Shrunk = { payments: asked.payments, only: happened, told: failed };
  const attempt = async (payments: number, only: readonly FaultKind[]): Promise<boolean> => {
    const told = await live({ ...asked, trace: null, payments, only });
    const isWrong = breaks(told, property);
    if (isWrong) best = { payments, only, told };
    return isWrong;
  };
  for (let payments = best.payments >> 1; payments > 0 && (await attempt(payments, best.only)); ) payments >>= 1;
  for (let size = best.only.length; size > 0; size >>= 1) {
    for (let place = 0; place < best.only.length; ) {
      const left = best.only.toSpliced(place, size);
      if (!(await attempt(best.payments, left))) place += size;
    }
  }
  return best;
}

const breaks = ({ violations }: Told, property: Property | undefined): boolean =>
  violations.some((one) => one.property === property);
