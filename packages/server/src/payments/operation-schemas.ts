import { Type } from "typebox";
import { STATED_REASONS } from "../domain/payment/operation.ts";
import { amount, failure, instant, nullable } from "../http/schemas.ts";

/** What a person said became of something that nobody could find out; null while nobody had to. */
export function settlementSchema(outcomes: string[]) {
  return nullable(
    Type.Object(
      {
        outcome: Type.Enum(outcomes),
        note: nullable(Type.String({ description: "Null once the customer is erased." })),
        at: instant,
        by: Type.Object({
          type: Type.Enum(["shop", "operator"]),
          id: nullable(Type.String()),
          name: nullable(Type.String()),
        }),
      },
      { description: "What a person said became of it. What SIBS says later wins, and then `status` differs." },
    ),
  );
}

export const refundSchema = Type.Object(
  {
    id: Type.String(),
    payment: Type.String(),
    reference: Type.String({ description: "The payment's: the order that it is of." }),
    amount,
    status: Type.Enum(["pending", "succeeded", "failed", "in_doubt"]),
    reason: Type.Enum(["requested", "late", "duplicate", "returned"]),
    failure: nullable(failure),
    statedReason: nullable(Type.Enum([...STATED_REASONS], { description: "Why, as whoever asked for it said." })),
    note: nullable(Type.String({ description: "The same in their own words; null once the customer is erased." })),
    requestedBy: nullable(
      Type.Object(
        { id: nullable(Type.String()), name: nullable(Type.String()) },
        { description: "The person who asked, where another had to approve it. Null: nobody had to." },
      ),
    ),
    settled: settlementSchema(["done", "not_done"]),
    createdAt: instant,
  },
  { title: "Refund", description: "Money given back." },
);

/** A capture or a cancellation, as a refund is shown. */
export const operationSchema = Type.Object(
  {
    ...refundSchema.properties,
    reason: Type.Enum(["requested", "automatic", "late", "duplicate", "returned"]),
  },
  { title: "Operation", description: "A capture, a cancellation or a refund." },
);
