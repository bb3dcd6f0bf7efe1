import { BATCH, type Batch } from "./batch.ts";
import type { Options } from "./options.ts";
import type { Kind } from "./request.ts";

/** How many of a hundred inputs are of each kind. */
const SHARES: Readonly<Record<Kind, number>> = {
  api: 50,
  pages: 14,
  notifications: 12,
  gateway: 16,
  sandbox: 8,
  wire: 2,
};

/** The batches of a run. Where each input comes from does not follow from how many there are. */
export function batchesOf({ inputs, seed, day, kinds, again }: Omit<Options, "workers">): Batch[] {
  if (again !== null) {
    const from = again.number - (again.number % BATCH);
    return [{ seed, day, kind: again.kind, from, inputs: again.number - from + 1 }];
  }
  const all = kinds.reduce((sum, kind) => sum + SHARES[kind], 0);
  return kinds.flatMap((kind) => {
    const ofKind = Math.ceil((inputs * SHARES[kind]) / all);
    return Array.from({ length: Math.ceil(ofKind / BATCH) }, (_, place) => {
      const from = place * BATCH;
      return { seed, day, kind, from, inputs: Math.min(BATCH, ofKind - from) };
    });
  });
}
