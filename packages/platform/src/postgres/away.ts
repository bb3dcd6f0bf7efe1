import pg from "pg";

/**
 * PostgreSQL cannot be asked, has not answered in time, or cannot do what it is asked for now: nothing is wrong with
 * what was asked, and it may be asked again.
 */
export class DatabaseAway extends Error {
  override name = "DatabaseAway";
  /** PostgreSQL's or the system's own code, where there is one. */
  readonly code: string | undefined;
  /**
   * Whether the connection is at fault, and with it those that were made at the same time; else PostgreSQL itself, for
   * the moment.
   */
  readonly isConnectionLost: boolean;

  constructor(cause: Error, isConnectionLost: boolean) {
    super(`the database cannot be used now: ${cause.message || codeOf(cause)}`, { cause });
    this.code = codeOf(cause);
    this.isConnectionLost = isConnectionLost;
  }
}

// Of PostgreSQL's codes (its manual, appendix A): 08 the connection, 57P shut down or starting, 25006 only a standby,
// 25P03 and 25P04 a transaction that stood still.
const CONNECTION_LOST = /^(08...|57P..|25006|25P0[34])$/;
// 53 no room, 55P03 and 57014 a statement that took too long, 58 the system under it.
const NOT_NOW = /^(53...|55P03|57014|58...)$/;
// Two that hindered one another: nothing was done, and done again it may well pass.
const CONFLICT = /^(40001|40P01)$/;

/**
 * What went wrong with a statement: a {@link DatabaseAway} where that is what the driver or PostgreSQL says, else the
 * same error.
 */
export function judged(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseAway) return error;
  if (error instanceof pg.DatabaseError) {
    const code = error.code ?? "";
    if (CONNECTION_LOST.test(code)) return new DatabaseAway(error, true);
    return NOT_NOW.test(code) || CONFLICT.test(code) ? new DatabaseAway(error, false) : error;
  }
  // whatever is neither PostgreSQL's word nor a value that cannot be read or written is of the connection
  return error instanceof TypeError || error instanceof RangeError ? error : new DatabaseAway(error, true);
}

/** Others changed the same thing each time that it was to be changed: nothing was done, and it may be asked again. */
export class Contended extends Error {
  override name = "Contended";
}

/**
 * Whether somebody else was quicker: each time, or a statement found that they had just made what it was to make
 * (23505, 23P01), or removed what it needs (23503). What was wrong by itself (23502, 23514) is a fault, and stays one.
 */
export function isRace(error: unknown): boolean {
  if (error instanceof Contended) return true;
  return error instanceof pg.DatabaseError && /^(23503|23505|23P01)$/.test(error.code ?? "");
}

/** Does the work, and once again when it met somebody else's: PostgreSQL has then undone it, and says so. */
export async function onceMoreAfterConflict<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DatabaseAway) || !CONFLICT.test(error.code ?? "")) throw error;
    return work();
  }
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}
