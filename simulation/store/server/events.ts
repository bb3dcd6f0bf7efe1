import type { Row } from "../columns.ts";
import { microseconds } from "../columns.ts";
import { type Statement, touched } from "../database.ts";
import { deliveriesOf, newDelivery, receiversOf } from "./deliveries.ts";

/** So many old events are forgotten at once. */
const PART = 500;

/** What the shop was told. */
export const eventStatements: Readonly<Record<string, Statement>> = {
  "event-read": (tables, [id]) => {
    const event = tables.of("caravela.event").get(String(id));
    return event === undefined ? [] : [{ body: event.body, ...deliveriesOf(tables, String(id)) }];
  },

  "event-hold": (tables, [id]) => {
    const event = tables.of("caravela.event").get(String(id));
    return event === undefined ? [] : [{ subject_id: event.subject_id }];
  },

  "event-resend": (tables, [id, now, before]) => {
    const event = tables.of("caravela.event").get(String(id));
    if (event === undefined) return touched(0);
    const again = { due_at: now, first_due_at: now, recorded_at: event.at };
    const receivers = receiversOf(tables, event, event.terminal ?? String(before));
    for (const endpoint of receivers) {
      tables
        .of("caravela.delivery")
        .upsert({ ...newDelivery(event, endpoint), ...again }, "delivery_pkey", ({ round }) => ({
          ...again,
          round: Number(round) + 1,
          try_count: 0,
          given_up_at: null,
        }));
    }
    return touched(receivers.length);
  },

  "events-old": (tables, [before, at, sequence, id]) => {
    const after = { at: microseconds(at), sequence: Number(sequence), id: String(id) };
    return tables
      .of("caravela.event")
      .inOrder("by_age")
      .after(after.at - 1)
      .filter((event) => Number(event.at) < microseconds(before) && isOlder(after, placeOf(event)))
      .toArray()
      .toSorted((one, other) => (isOlder(placeOf(one), placeOf(other)) ? -1 : 1))
      .slice(0, PART)
      .map((event) => tables.of("caravela.event").read(event, ["id", "at", "sequence"]));
  },

  "events-forget": (tables, [ids]) => {
    const deliveries = tables.of("caravela.delivery");
    const done = (ids as readonly string[]).filter((id) =>
      deliveries.having("event_id", id).every(({ due_at }) => due_at === null),
    );
    for (const id of done) {
      for (const one of deliveries.having("event_id", id)) deliveries.remove(one);
      const event = tables.of("caravela.event").get(id);
      if (event !== undefined) tables.of("caravela.event").remove(event);
    }
    return touched(done.length);
  },
};

/** Where an event stands among all, by age. */
interface Place {
  readonly at: number;
  readonly sequence: number;
  readonly id: string;
}

const placeOf = ({ at, sequence, id }: Row): Place => ({ at: Number(at), sequence: Number(sequence), id: String(id) });

function isOlder(one: Place, other: Place): boolean {
  if (one.at !== other.at) return one.at < other.at;
  return one.sequence === other.sequence ? one.id < other.id : one.sequence < other.sequence;
}
