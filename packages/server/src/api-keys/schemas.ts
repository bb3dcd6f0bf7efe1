import { Type } from "typebox";
import { SCOPES } from "../domain/api-key.ts";
import { amount, instant, nullable, onlyTerminal, optional, text } from "../http/schemas.ts";

const scopes = Type.Array(Type.Enum([...SCOPES]), {
  minItems: 1,
  maxItems: 20,
  description: "What the key is good for: each route says which of these it needs.",
});

const most = (done: string) =>
  Type.Integer({
    ...amount,
    description: `Whole cents: the most that may be ${done} of one payment, whoever did it, and by this key within a day of Lisbon's.`,
  });

export const createBody = Type.Object(
  {
    name: text(100, "What you know it by, in one line: it stands with everything that is done with the key.", {
      format: "line",
    }),
    scopes,
    terminal: optional(
      onlyTerminal(
        "The one terminal of which the key is: it sees and makes nothing of another. Your own key's unless given; with none of its own, all of them.",
      ),
    ),
    refundLimit: optional(most("refunded")),
    captureLimit: optional(most("captured")),
    expiresAt: optional(instant),
  },
  {
    additionalProperties: false,
    examples: [{ name: "Till", scopes: ["payments:read", "refunds:write"], refundLimit: 2000 }],
  },
);

/** How long the secrets that are replaced go on, in hours, unless it is said otherwise; and at most. */
export const OVERLAP_HOURS = { usual: 24, most: 168 } as const;

export const rollBody = nullable(
  Type.Object(
    {
      overlapHours: optional(
        Type.Integer({
          minimum: 0,
          maximum: OVERLAP_HOURS.most,
          description: `For how long the old secret goes on: ${OVERLAP_HOURS.usual} hours unless you say otherwise; 0: it ends at once.`,
        }),
      ),
    },
    { additionalProperties: false, examples: [{ overlapHours: 2 }] },
  ),
);

export const apiKeySchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    terminal: nullable(Type.String({ description: "The number of the terminal that it is of; null: of all." })),
    scopes,
    refundLimit: nullable(Type.Integer({ minimum: 1, description: "Whole cents; null: there is none." })),
    captureLimit: nullable(Type.Integer({ minimum: 1, description: "Whole cents; null: there is none." })),
    expiresAt: nullable(instant),
    secret: nullable(Type.String({ description: "Only in the first answer." })),
    createdAt: instant,
    lastUsedAt: nullable(Type.String({ format: "date-time", description: "To the minute." })),
    overlapEndsAt: nullable(
      Type.String({ format: "date-time", description: "Until when a secret that was replaced goes on." }),
    ),
  },
  { title: "ApiKey", description: "A key by which this API is used." },
);
