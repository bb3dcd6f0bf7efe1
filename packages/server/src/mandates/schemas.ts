import { REMEDY } from "@caravela/platform/validation";
import { Type } from "typebox";
import { LOCALES } from "../domain/locale.ts";
import {
  amount,
  failure,
  instant,
  locale,
  loose,
  looseWebAddress,
  nullable,
  optional,
  terminal,
  terminalNumber,
  text,
  typed,
} from "../http/schemas.ts";

const type = Type.Enum(["subscription", "oneclick"], {
  description: "`subscription`: the customer's limit is per calendar month. `oneclick`: per purchase.",
});

export const mandateStatus = Type.Enum(["pending", "active", "suspended", "canceled", "expired", "refused"]);

/** The body of `POST /v1/mandates`. */
export const createBody = Type.Object(
  {
    phone: typed(40, "The customer's mobile number, as people type it."),
    customer: Type.Object(
      {
        id: optional(loose(100, "Your own id of the customer.")),
        name: text(45, "Shown as the holder in the MB WAY app."),
      },
      { additionalProperties: false, description: "Who is to agree." },
    ),
    type,
    description: text(70, "What for: shown to the customer."),
    reference: optional(loose(100, "Your own reference, for instance the contract's number.")),
    returnUrl: optional(looseWebAddress("Where the customer goes once they have agreed.")),
    cancelUrl: optional(looseWebAddress("Where a customer goes who would rather not agree: `returnUrl` without it.")),
    locale: optional(locale),
    terminal: optional(terminalNumber),
  },
  {
    additionalProperties: false,
    examples: [
      {
        phone: "912345678",
        customer: { id: "c9", name: "Ana" },
        type: "subscription",
        description: "Tinned fish, every month",
      },
    ],
  },
);

const date = (description: string) => Type.String({ format: "date", description });

export const every = Type.Union(
  [
    Type.Literal("month"),
    Type.Object({ days: Type.Integer({ minimum: 1, maximum: 366 }) }, { additionalProperties: false }),
  ],
  { [REMEDY]: 'must be "month", or {"days": 14}, of 1 to 366 days', description: '`month`, or `{"days": 14}`.' },
);

export const missed = Type.Enum(["charge", "latest", "skip"], {
  description:
    "What becomes of charges whose time came while the server could not make them: each is made up for, only the latest (unless given), or none. Never more than one a day, each announced a day before.",
});

export const planSchema = Type.Object(
  {
    id: Type.String(),
    mandate: Type.String(),
    status: Type.Enum(["pending", "active", "paused", "ended", "canceled"]),
    amount: Type.Integer({
      ...amount,
      description: "Whole cents: of each charge that is not announced yet. What was announced is charged as announced.",
    }),
    currency: Type.Literal("EUR"),
    every,
    firstDate: date("Of the first charge."),
    endDate: nullable(date("Nothing is charged after it.")),
    description: nullable(Type.String()),
    reference: Type.String(),
    metadata: Type.Record(Type.String(), Type.String()),
    retries: Type.Object(
      { afterDays: Type.Array(Type.Integer()) },
      { description: "When a refused charge is tried again, counted from its first try." },
    ),
    missed,
    chargesAt: Type.String({ description: "`09:00 Europe/Lisbon`." }),
    nextCharge: nullable(
      Type.Object({
        period: Type.Integer({ minimum: 1, description: "Counted from 1." }),
        date: date("In Lisbon."),
        amount,
        at: instant,
        announcedAt: nullable(instant),
      }),
    ),
    charged: Type.Integer({ minimum: 0, description: "How many payments it has made." }),
    createdAt: instant,
    endedAt: nullable(instant),
  },
  { title: "Plan", description: "A schedule of charges on a mandate: one payment for each period." },
);

export const mandateSchema = Type.Object(
  {
    id: Type.String(),
    terminal,
    status: mandateStatus,
    type,
    phone: nullable(
      Type.String({ description: "Masked. Null, as what else is known of the customer, once they are erased." }),
    ),
    customer: Type.Object({ id: nullable(Type.String()), name: nullable(Type.String()) }),
    description: nullable(Type.String()),
    reference: nullable(Type.String()),
    limit: nullable(Type.Integer({ description: "Whole cents, as the customer set it; null until they agreed." })),
    validUntil: nullable(date("The last day on which it can be charged, as the customer set it.")),
    inDoubt: Type.Boolean({ description: "The request was sent and its answer was lost: SIBS is being asked." }),
    secondsLeft: nullable(Type.Integer({ description: "To answer on the phone." })),
    failure: nullable(failure),
    returnUrl: nullable(Type.String()),
    cancelUrl: nullable(Type.String()),
    locale: nullable(Type.Enum([...LOCALES])),
    authorizeUrl: Type.String({ description: "The page that shows the customer what to do." }),
    manageUrl: Type.String({ description: "The page where the customer sees what was charged, and ends it." }),
    plans: Type.Array(planSchema),
    createdAt: instant,
    activatedAt: nullable(instant),
    endedAt: nullable(instant),
  },
  { title: "Mandate", description: "An authorised payment (MB WAY): a customer's standing consent to be charged." },
);
