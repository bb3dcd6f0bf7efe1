import type { Given } from "../domain/decision.ts";
import type { NewEvent } from "../domain/event.ts";
import type { EventId } from "../domain/identifiers.ts";
import type { Instant } from "../domain/time.ts";

/** An event as it is stored: `body` is the JSON that every endpoint is sent, to the letter. */
export interface EventRow {
  readonly id: EventId;
  readonly sequence: number;
  readonly type: string;
  readonly at: string;
  readonly body: string;
}

/** One step of a payment or of a mandate: the fact, and the states on both sides of it. */
export interface Step<S, F> {
  readonly fact: F;
  readonly before: S | null;
  readonly after: S;
}

/** The resources of an event, as `GET` gives them at that moment. */
export type RenderEventData<S> = (state: S, subject: NewEvent["subject"], now: Instant) => object;

interface Telling<S, F> {
  /** How many events told of it before. */
  readonly sequence: number;
  readonly given: Given;
  readonly eventsOf: (fact: F, before: S | null, now: S) => readonly NewEvent[];
  readonly render: RenderEventData<S>;
}

/** The events that tell of some steps, numbered on from the last. */
export function eventRowsOf<S, F extends { readonly at: Instant }>(
  steps: readonly Step<S, F>[],
  { sequence, given, eventsOf, render }: Telling<S, F>,
): EventRow[] {
  const rows: EventRow[] = [];
  for (const { fact, before, after } of steps) {
    for (const { type, subject } of eventsOf(fact, before, after)) {
      const id = given.id("evt");
      const at = new Date(fact.at).toISOString();
      const number = sequence + rows.length + 1;
      const data = render(after, subject, fact.at);
      rows.push({
        id,
        sequence: number,
        type,
        at,
        body: JSON.stringify({ id, type, timestamp: at, sequence: number, data }),
      });
    }
  }
  return rows;
}
