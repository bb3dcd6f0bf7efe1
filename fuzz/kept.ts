import type { Batch } from "./batch.ts";

/** What was found once and mended: sent again each time. */
export const KEPT: readonly Batch[] = [];
