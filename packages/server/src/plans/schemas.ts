import { REMEDY } from "@caravela/platform/validation";
import { Type } from "typebox";
import { amount, loose, metadata, optional, text } from "../http/schemas.ts";
import { every, missed } from "../mandates/schemas.ts";

const date = (description: string) =>
  Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", [REMEDY]: "must be a day, as 2026-12-31", description });

/** The body of `POST /v1/mandates/{id}/plans`. */
export const createPlanBody = Type.Object(
  {
    amount,
    currency: Type.Literal("EUR"),
    every,
    firstDate: optional(
      date("Of the first charge, in Lisbon: today, unless given, or later. Every later date is reckoned from it."),
    ),
    endDate: optional(date("Nothing is charged after it.")),
    description: optional(loose(255, "What for: shown to the customer. The mandate's unless given.")),
    reference: optional(
      text(100, "Your own, on each payment of the plan. The mandate's unless given, or else the plan's id."),
    ),
    metadata: optional(metadata),
    missed: optional(missed),
  },
  {
    additionalProperties: false,
    examples: [
      { amount: 990, currency: "EUR", every: "month", firstDate: "2026-12-01", description: "Tea, every month" },
    ],
  },
);

/** The body of `POST /v1/plans/{id}/amount`. */
export const amountBody = Type.Object({ amount }, { additionalProperties: false, examples: [{ amount: 1190 }] });

/** The body of `POST /v1/plans/{id}/skip`. */
export const skipBody = Type.Union([
  Type.Object(
    {
      period: optional(
        Type.Integer({ minimum: 1, description: "Which charge you mean: refused unless it is the next one." }),
      ),
    },
    { additionalProperties: false, examples: [{ period: 2 }] },
  ),
  Type.Null(),
]);
