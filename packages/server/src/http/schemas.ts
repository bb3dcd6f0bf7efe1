import { REMEDY } from "@caravela/platform/validation";
import { HIGHEST_AMOUNT } from "@caravela/sibs/limits";
import { type TObject, type TSchema, Type } from "typebox";

/**
 * Characters that PostgreSQL's JSON can hold: no U+0000 and no half of a surrogate pair. No name or address needs them.
 */
const STORABLE = "[^\\u0000\\ud800-\\udfff]";

/** A text of the shop's of so many characters at most, in which there is something to see unless it may be empty. */
export function text(maxLength: number, description: string, more: { minLength?: number; format?: string } = {}) {
  const { minLength = 1, format = minLength > 0 ? "seen" : "storable" } = more;
  return Type.String({ minLength, maxLength, format, description });
}

/** A text as a customer typed it, whose reader has more to say of what is wrong with it. */
export function typed(maxLength: number, description: string) {
  return text(maxLength, description, { format: "storable" });
}

/**
 * The member of a schema that lists what a text may be now, where another is refused by a problem of its own, or may
 * come with a later version: for whoever makes a client from the description.
 */
export const VALUES = "x-values";

/** Why a person settled something, in words that whoever reads it in a year will understand. */
export const note = text(1000, "Why: what you looked at, and where. It is kept with who said it and when.");

/** SIBS's id of a transaction. */
export const transactionId = Type.String({
  pattern: "^[!-~]{1,64}$",
  [REMEDY]: "must be SIBS's id of the transaction, as SIBS Backoffice shows it: up to 64 letters and digits, no blanks",
  description: "SIBS's id of the transaction, as SIBS Backoffice shows it.",
});

/**
 * A text of which blanks are no part and that may be blank, which is as if it were left out: shop systems send such.
 */
export function loose(maxLength: number, description: string, format = "storable") {
  return text(maxLength, description, { minLength: 0, format });
}

/** Texts that the shop keeps with something of ours. */
export const metadata = Type.Record(
  Type.String({ pattern: `^${STORABLE}{1,40}$` }),
  text(500, "A value of yours.", { minLength: 0 }),
  {
    additionalProperties: false,
    maxProperties: 50,
    [REMEDY]: "must have a name of 1 to 40 characters, and a text as its value",
    description: "Up to 50 texts of your own, given back as they are.",
  },
);

const WEB_ADDRESS = "must be a whole address on the web, as https://shop.example/thanks, of 2000 characters at most";

/** The language of customers' pages. */
export const locale = loose(
  35,
  "The language of the customer's pages: `pt`, `en`, `es` or `fr`, also as `pt-PT`. Without it, as their browser asks.",
);

/** An address that a browser or we ourselves shall go to, as RFC 3986 writes it: never `javascript:` or a file. */
export function webAddress(description: string) {
  return Type.String({
    format: "uri",
    maxLength: 2000,
    pattern: "^[hH][tT][tT][pP][sS]?://[!-~]+$",
    [REMEDY]: WEB_ADDRESS,
    description,
  });
}

/** The same, of which blanks are no part and that may be blank. */
export function looseWebAddress(description: string) {
  return Type.String({
    format: "uri",
    maxLength: 2000,
    pattern: "^\\s*([hH][tT][tT][pP][sS]?://[!-~]+)?\\s*$",
    [REMEDY]: WEB_ADDRESS,
    description,
  });
}

export function nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()]);
}

/** A member that may be left out or null, which is the same. */
export function optional<T extends TSchema>(schema: T) {
  return Type.Optional(nullable(schema));
}

export const amount = Type.Integer({
  minimum: 1,
  maximum: HIGHEST_AMOUNT,
  [REMEDY]: `must be whole cents, from 1 to ${HIGHEST_AMOUNT}: 550 for €5.50`,
  description: "Whole cents: 550 is €5.50.",
});

export const sum = Type.Integer({ minimum: 0, description: "Whole cents." });

export const instant = Type.String({ format: "date-time", description: "UTC." });

/** Why something did not succeed, and what is sensible next. */
export const failure = Type.Object({
  reason: Type.String({ description: "For programs, for instance `unknown_phone`." }),
  code: nullable(Type.String({ description: "SIBS's own code." })),
  message: Type.String({ description: "For your developers; the page has words for customers." }),
  next: nullable(Type.Enum(["try_again", "other_phone", "other_method", "contact_us"])),
});

/** One page of a list, newest first. */
export function pageOfSchema<T extends TSchema>(item: T): TObject {
  return Type.Object(
    {
      data: Type.Array(item),
      hasMore: Type.Boolean(),
      next: nullable(Type.String({ description: "What `after` is to be for the next page." })),
    },
    { description: "One page, newest first." },
  );
}

export const pageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  after: Type.Optional(Type.String({ format: "page", description: "The `next` of the page before." })),
};

/** The `{id}` of an address. Any text: what is no id of ours is of nothing that exists. */
export const params = Type.Object({ id: Type.String() });

/** The body of a POST that needs none. */
export const noBody = nullable(Type.Object({}, { additionalProperties: false }));

export const idempotencyHeaders = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({
      description: "1 to 255 characters. The same request sent again with the same key is answered as the first was.",
    }),
  ),
});

/** A problem of RFC 9457, as every error answers. */
export const problemSchema = Type.Object(
  {
    type: Type.String({ description: "Stable: `/problems/` and the problem's code." }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: "What happened in this case, and what to do next." }),
    errors: Type.Array(
      Type.Object({
        field: Type.String({ description: "A JSON pointer into the body, or the name of a parameter or header." }),
        message: Type.String(),
      }),
      { description: "The fields at fault." },
    ),
  },
  {
    title: "Problem",
    additionalProperties: true,
    description: "A problem (RFC 9457). Some carry further members, as `secondsLeft`.",
  },
);

/**
 * What a route answers when all is well; which problems it can answer is said by its `problems`. The answers' own types
 * are not held against the schemas, whose texts are wider than ours: the tests hold what is answered against them.
 */
export function answers(good: Record<number, TSchema>): Record<number, TSchema> {
  return good;
}

/**
 * The one terminal to which something is held. An empty one, as of a variable that is not set, is no word for all of
 * them.
 */
export function onlyTerminal(description: string) {
  return Type.String({
    pattern: "^\\s*[1-9]\\d{0,9}\\s*$",
    [REMEDY]: "must be a terminal's number, as 52221, or be left out: then it is of all that your API key is of",
    description,
  });
}

/** A terminal as a request names it; an empty one is as if it were left out. */
function namedTerminal(description: string) {
  return Type.String({
    pattern: "^\\s*([1-9]\\d{0,9})?\\s*$",
    [REMEDY]: "must be a terminal's number, as SIBS Backoffice shows it: digits alone, as 52221",
    description,
  });
}

/** At which terminal something is made. */
export const terminalNumber = namedTerminal(
  "At which of your terminals, by its number in SIBS Backoffice: your key's, or else the first, unless given.",
);

/** At which terminal something was made. */
export const terminal = nullable(
  Type.String({ description: "The number of its terminal; null: made before this was kept." }),
);
