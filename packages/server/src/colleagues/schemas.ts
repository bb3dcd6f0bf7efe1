import { Type } from "typebox";
import { ROLES } from "../domain/person.ts";
import { amount, instant, nullable, onlyTerminal, optional, text } from "../http/schemas.ts";

const name = text(100, "What they are called, in one line: it stands with everything that they do.", {
  format: "line",
});
const role = Type.Enum([...ROLES], { description: "What they may: each call says which roles may ask it." });
const most = (done: string) =>
  `Whole cents: the most that may be ${done} of one payment, whoever did it, and by them within a day of Lisbon's.`;
const invited = (done: string) => optional(Type.Integer({ ...amount, description: most(done) }));
const changed = (done: string) =>
  Type.Optional(
    nullable(Type.Integer({ ...amount, description: `${most(done)} Null: any amount; as it is unless given.` })),
  );
const shown = nullable(Type.Integer({ minimum: 1, description: "Whole cents; null: there is none." }));
const oneTerminal = "The one terminal of which they are: they see and make nothing of another.";

export const inviteBody = Type.Object(
  {
    name,
    role,
    terminal: optional(
      onlyTerminal(`${oneTerminal} Your own unless given; where you have none of your own, all of them.`),
    ),
    refundLimit: invited("refunded"),
    captureLimit: invited("captured"),
  },
  { additionalProperties: false, examples: [{ name: "Rui Costa", role: "refunder", refundLimit: 5000 }] },
);

export const changeBody = Type.Object(
  {
    name: optional(name),
    role: optional(role),
    terminal: Type.Optional(nullable(onlyTerminal(`${oneTerminal} Null: of all; as it is unless given.`))),
    refundLimit: changed("refunded"),
    captureLimit: changed("captured"),
  },
  { additionalProperties: false, examples: [{ role: "support" }] },
);

export const operatorSchema = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    role,
    terminal: nullable(Type.String({ description: "The number of the terminal that they are of; null: of all." })),
    refundLimit: shown,
    captureLimit: shown,
    createdAt: instant,
    lastSeenAt: nullable(Type.String({ format: "date-time", description: "To the minute; null: never yet." })),
    passkeys: Type.Integer({
      minimum: 0,
      description:
        "How many they have; 0: they have not come in by their link yet, or come in by the company's own provider.",
    }),
    signsOn: Type.Boolean({
      description:
        "Whether they sign in by the company's own provider, which says what they are called and their role.",
    }),
    inviteUrl: nullable(
      Type.String({ description: "Only in the first answer: the link that they come in by, within 15 minutes, once." }),
    ),
  },
  { title: "Operator", description: "A person at work." },
);

export const sessionSchema = Type.Object(
  {
    id: Type.String(),
    operator: Type.String({ description: "The id of whoever is signed in." }),
    name: Type.String({ description: "What they are called." }),
    createdAt: instant,
    seenAt: Type.String({ format: "date-time", description: "When they last did something." }),
    endsAt: Type.String({ format: "date-time", description: "When it is over, if they do nothing more." }),
    address: nullable(Type.String({ description: "From where they signed in." })),
    agent: nullable(Type.String({ description: "What their browser says of itself." })),
    current: Type.Boolean({ description: "Whether it is the one that asks." }),
  },
  { title: "Session", description: "A person being signed in, in one browser." },
);
