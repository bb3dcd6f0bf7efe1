import { Type } from "typebox";
import { instant, nullable } from "../http/schemas.ts";

export const eventMembers = {
  id: Type.String(),
  type: Type.String(),
  timestamp: instant,
  sequence: Type.Integer({ minimum: 1, description: "Counts the events of one payment, or of one mandate." }),
  // open: an event is shown as it was sent, by whichever version of the server
  data: Type.Object(
    {},
    {
      additionalProperties: true,
      description:
        "`payment`, and of `refund.*` also `refund`, likewise `capture`, `cancellation` and `token`; of `mandate.*` `mandate`, and of `plan.*` also `plan`: the whole resources as `GET` gave them at that moment.",
    },
  ),
};

export const eventSchema = Type.Object(
  {
    ...eventMembers,
    undelivered: Type.Boolean({
      description: "Whether an endpoint has not taken it: it is sent still, or was given up. No part of what was sent.",
    }),
  },
  { title: "Event", description: "Something that happened, as it was sent." },
);

export const eventWithDeliveries = Type.Object(
  {
    ...eventMembers,
    endpoints: Type.Array(
      Type.Object({
        endpoint: Type.String(),
        standing: Type.Enum(["waiting", "delivered", "given_up"], {
          description: "`waiting`: to be sent still. `given_up`: not taken, and not tried any more by itself.",
        }),
        tries: Type.Integer({ minimum: 0 }),
        nextTryAt: nullable(Type.String({ format: "date-time", description: "UTC. Null: not by itself." })),
      }),
      { description: "Where it goes, and how it stands there." },
    ),
    deliveries: Type.Array(
      Type.Object({
        endpoint: Type.String(),
        at: instant,
        status: nullable(Type.Integer({ description: "Null: no answer." })),
        ms: Type.Integer({ description: "How long the answer took." }),
      }),
    ),
  },
  { title: "EventWithDeliveries", description: "An event, and every try to deliver it." },
);

/** The saved card that an event tells of, which the payment that follows may name. */
export const tokenOfEvent = Type.Object(
  {
    id: Type.String(),
    brand: nullable(Type.String()),
    lastFour: nullable(Type.String()),
    expiry: nullable(Type.String({ description: "As 2028-12." })),
  },
  { title: "SavedCard", description: "What a customer recognises a saved card by." },
);
