import { type TObject, type TSchema, Type } from "typebox";

/** PostgreSQL's JSON cannot hold U+0000, and no name or address needs it. */
const WITHOUT_NUL = "^[^\\u0000]*$";

/** A text of the shop's, 1 to so many characters. */
export function text(maxLength: number, description: string) {
  return Type.String({ minLength: 1, maxLength, pattern: WITHOUT_NUL, description });
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
  maximum: 99_999_999,
  description: "Whole cents: 550 is 5.50 €.",
});

export const sum = Type.Integer({ minimum: 0, description: "Whole cents." });

export const instant = Type.String({ format: "date-time", description: "UTC." });

/** One page of a list, newest first. */
export function pageOfSchema<T extends TSchema>(item: T): TObject {
  return Type.Object({
    data: Type.Array(item),
    hasMore: Type.Boolean(),
    next: nullable(Type.String({ description: "What `after` is to be for the next page." })),
  });
}

export const pageQuery = {
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  after: Type.Optional(Type.String({ description: "The `next` of the page before." })),
};

export const idempotencyHeaders = Type.Object({
  "idempotency-key": Type.Optional(
    Type.String({
      description: "Required: 1 to 255 characters. The same request sent again is answered as the first was.",
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
    errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
  },
  { description: "A problem (RFC 9457)." },
);

/** A route's answers, with the problems that any of them may be instead. */
export function answers(good: Record<number, TSchema>): Record<string, TSchema> {
  return { ...good, "4xx": problemSchema, "5xx": problemSchema };
}
