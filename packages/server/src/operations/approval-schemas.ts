import { Type } from "typebox";
import { STATED_REASONS } from "../domain/payment/operation.ts";
import { amount, instant, note, nullable, optional, text } from "../http/schemas.ts";
import { APPROVAL_STATUSES, type Approval } from "../storage/approvals.ts";

/** What may be said of a refund when it is asked for. */
export const refundBody = nullable(
  Type.Object(
    {
      amount: optional(amount),
      reason: optional(Type.Enum([...STATED_REASONS], { description: "Why, for your own books: SIBS is not told." })),
      note: optional(text(1000, "Why, in your own words: kept with the refund until the customer is erased.")),
    },
    {
      additionalProperties: false,
      description: "Without an amount: all that is left.",
      examples: [{ amount: 100, reason: "requested_by_customer", note: "One mug was broken." }],
    },
  ),
);

/** The body of a refusal. */
export const refuseBody = Type.Object(
  { note },
  { additionalProperties: false, examples: [{ note: "The parcel is on its way back: wait for it." }] },
);

const person = Type.Object({ id: Type.String(), name: Type.String() });

/** A refund that waits for a second person, or waited. */
export const approvalSchema = Type.Object(
  {
    id: Type.String(),
    status: Type.Enum([...APPROVAL_STATUSES], {
      description: "`withdrawn`: by whoever asked. `expired`: nobody decided within seven days.",
    }),
    payment: Type.String(),
    reference: Type.String({ description: "The payment's: the order that it is of." }),
    attempt: nullable(Type.String({ description: "Whose money it gives back that is in no sum of the payment." })),
    amount,
    statedReason: nullable(Type.Enum([...STATED_REASONS])),
    note: nullable(Type.String({ description: "Null, too, once the customer is erased." })),
    requestedBy: person,
    decidedBy: nullable(person),
    decidedAt: nullable(instant),
    decisionNote: nullable(Type.String({ description: "Why it was refused." })),
    refund: nullable(Type.String({ description: "The refund that was made of it." })),
    createdAt: instant,
    expiresAt: instant,
  },
  { title: "Approval", description: "A refund that waits for a second person: nothing was given back by it yet." },
);

/** A refund that waits as the API shows it. */
export function presentApproval(approval: Approval) {
  const { id, status, payment, reference, attempt, amount: wanted, statedReason } = approval;
  const { note: said, requestedBy, decision } = approval;
  return {
    id,
    status,
    payment,
    reference,
    attempt,
    amount: wanted,
    statedReason,
    note: said,
    requestedBy,
    decidedBy: decision?.by ?? null,
    decidedAt: decision === null ? null : new Date(decision.at).toISOString(),
    decisionNote: decision?.note ?? null,
    refund: decision?.refund ?? null,
    createdAt: new Date(approval.createdAt).toISOString(),
    expiresAt: new Date(approval.expiresAt).toISOString(),
  };
}
