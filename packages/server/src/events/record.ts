import type { Given } from "../domain/decision.ts";
import type { Fact } from "../domain/facts.ts";
import type { Payment } from "../domain/payment.ts";
import { type EventType, tidingsOf } from "../domain/tidings.ts";

/** An event as it is stored: `body` is the JSON that every endpoint is sent, to the letter. */
export interface EventRow {
  readonly id: string;
  readonly sequence: number;
  readonly type: EventType;
  readonly at: string;
  readonly body: string;
}

/** One step of a payment: the fact, and the states on both sides of it. */
export interface Step {
  readonly fact: Fact;
  readonly before: Payment | null;
  readonly after: Payment;
}

/** The resources of an event, as `GET` gives them at that moment. */
export type RenderEventData = (payment: Payment, subject: string | null, now: number) => object;

/** The events that tell of some steps, numbered on from the payment's last. */
export function eventsOf(steps: readonly Step[], sequence: number, render: RenderEventData, given: Given): EventRow[] {
  const rows: EventRow[] = [];
  for (const { fact, before, after } of steps) {
    for (const { type, subject } of tidingsOf(fact, before, after)) {
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
