import type { Given } from "../domain/decision.ts";
import type { NewEvent } from "../domain/event.ts";
import type { EventId } from "../domain/identifiers.ts";
import { mandateEvents } from "../domain/mandate/events-of.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { eventsOf } from "../domain/payment/events-of.ts";
import type { Fact } from "../domain/payment/facts.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { Instant } from "../domain/time.ts";
import { presentCharge, presentMandate, presentPlan } from "../mandates/present.ts";
import { presentOperation, presentPayment } from "../payments/present.ts";
import type { EventRow, MakesEvents, Step } from "../storage/events.ts";
import type { OfTerminal, Terminals } from "../terminals.ts";

/** Knows of what terminal something is that does not say. */
type TellsTerminals = Pick<Terminals, "idOf">;

/** An event as every endpoint is sent it. */
export interface ShopEvent {
  readonly id: EventId;
  readonly type: string;
  readonly timestamp: string;
  /** Counted from 1 for each payment, and for each mandate. */
  readonly sequence: number;
  readonly data: object;
}

/** Where the customer's pages are: known once the server listens. */
interface Shown {
  readonly publicUrl: string;
}

/** The events that tell of a payment. */
export function eventsOfPayments(own: Shown, terminals: TellsTerminals): MakesEvents<Payment, Fact> {
  const dataOf: DataOf<Payment> = (...of) => paymentEventData(...of, own.publicUrl);
  return (steps, last, given) => eventsFrom(steps, last, given, { newEvents: eventsOf, dataOf, terminals });
}

/** The events that tell of a mandate and its plans. */
export function eventsOfMandates(own: Shown, terminals: TellsTerminals): MakesEvents<Mandate, MandateFact> {
  const dataOf: DataOf<Mandate> = (...of) => mandateEventData(...of, own.publicUrl);
  return (steps, last, given) => eventsFrom(steps, last, given, { newEvents: mandateEvents, dataOf, terminals });
}

/** The resources of an event, as `GET` gives them at that moment. */
type DataOf<S> = (state: S, subject: NewEvent["subject"], now: Instant) => object;

/** What the events of a fact are, and what each holds. */
interface Contents<S, F> {
  readonly newEvents: (fact: F, before: S | null, now: S) => readonly NewEvent[];
  readonly dataOf: DataOf<S>;
  readonly terminals: TellsTerminals;
}

function eventsFrom<S extends OfTerminal, F extends { readonly at: Instant }>(
  steps: readonly Step<S, F>[],
  last: number,
  given: Given,
  { newEvents, dataOf, terminals }: Contents<S, F>,
): readonly EventRow[] {
  const events = steps.flatMap(({ fact, before, after }) =>
    newEvents(fact, before, after).map((event) => ({ ...event, at: fact.at, state: after })),
  );
  return events.map(({ type, subject, at, state }, place) => {
    const [id, timestamp, sequence] = [given.id("evt"), new Date(at).toISOString(), last + place + 1];
    const event: ShopEvent = { id, type, timestamp, sequence, data: dataOf(state, subject, at) };
    return { id, sequence, type, at: timestamp, terminal: terminals.idOf(state), body: JSON.stringify(event) };
  });
}

/**
 * What an event of a payment holds: the payment, and for events about an operation or a saved card that too, as `GET`
 * gives them at that moment.
 */
function paymentEventData(payment: Payment, subject: NewEvent["subject"], now: Instant, publicUrl: string): object {
  const shown = presentPayment(payment, now, publicUrl);
  const operation = payment.operations.find((one) => one.id === subject);
  if (operation !== undefined) return { [operation.kind]: presentOperation(payment, operation), payment: shown };
  if (subject !== null && payment.savedCard?.id === subject) return { token: payment.savedCard, payment: shown };
  return { payment: shown };
}

/**
 * What an event of a mandate holds: the mandate, and for events about a plan that too, as `GET` gives them at that
 * moment.
 */
function mandateEventData(mandate: Mandate, subject: NewEvent["subject"], now: Instant, publicUrl: string): object {
  const shown = presentMandate(mandate, now, publicUrl);
  const plan = mandate.plans.find(({ id }) => id === subject);
  if (plan === undefined) return { mandate: shown };
  // What is announced now is what the event is about, also while the charge before it is still to be made.
  const { ahead } = plan;
  const announced = ahead !== null && ahead.announcedAt === now ? { nextCharge: presentCharge(plan, ahead) } : {};
  return { plan: { ...presentPlan(mandate, plan), ...announced }, mandate: shown };
}
