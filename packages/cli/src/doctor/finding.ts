/** One thing that was looked at. */
export interface Finding {
  readonly isWell: boolean;
  readonly says: string;
  /** What a person can do about it. */
  readonly todo?: string;
}

/** Nothing to do. */
export function well(says: string): Finding {
  return { isWell: true, says };
}

/** All works, and something would make it better. */
export function hint(says: string, todo: string): Finding {
  return { isWell: true, says, todo };
}

/** Something to do, and what. */
export function wrong(says: string, todo: string): Finding {
  return { isWell: false, says, todo };
}

/** How long anything that is asked may take to answer, in milliseconds. */
export const PATIENCE_MS = 10_000;
