import type { Given } from "../domain/decision.ts";
import type { EventId, TerminalId } from "../domain/identifiers.ts";

/** An event as it is written down: `body` is what every endpoint is sent, to the letter. */
export interface EventRow {
  readonly id: EventId;
  readonly sequence: number;
  readonly type: string;
  readonly at: string;
  /** Whose it is. */
  readonly terminal: TerminalId;
  readonly body: string;
}

/** One step of a payment or of a mandate: the fact, and the states on both sides of it. */
export interface Step<S, F> {
  readonly fact: F;
  readonly before: S | null;
  readonly after: S;
}

/**
 * The events that tell of some steps, numbered on from the last before them. Written together with the facts, or not at
 * all.
 */
export type MakesEvents<S, F> = (steps: readonly Step<S, F>[], last: number, given: Given) => readonly EventRow[];

/** Of a row of an endpoint: it is there. What stays of one that is being removed is nobody's any more. */
export const isThere = (endpoint: string): string => `${endpoint}.end_reason is distinct from 'removed'`;
