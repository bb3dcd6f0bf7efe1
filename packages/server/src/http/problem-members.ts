import { type Static, type TObject, Type } from "typebox";
import { SCOPES } from "../domain/api-key.ts";
import { ROLES } from "../domain/person.ts";
import { failure, nullable } from "./schemas.ts";

const secondsLeft = Type.Integer({ minimum: 0, description: "For so long at most." });
const attempt = Type.String({ description: "The attempt that is in the way." });
const mandate = Type.String({ description: "The authorised payment's id." });
const limited = Type.Object({
  of: Type.Enum(["payment", "day"], { description: "Whether of this payment, or of today." }),
  left: Type.Integer({ description: "So many cents are left." }),
});
const refused = Type.Object({ failure });

/** What problems of some codes have beside the members of all: for programs. */
export const MEMBERS = {
  attempt_in_progress: Type.Object({ attempt: Type.Optional(attempt), secondsLeft: Type.Optional(secondsLeft) }),
  attempt_in_doubt: Type.Object({ attempt }),
  terminal_not_served: Type.Object({ terminal: Type.String({ description: "Its terminal's number." }) }),
  refund_limit: limited,
  capture_limit: limited,
  capture_refused: refused,
  cancellation_refused: refused,
  approval_over: Type.Object({ approvalStatus: Type.String({ description: "How it stands now." }) }),
  phone_asked_too_often: Type.Object({ secondsLeft }),
  mandate_in_progress: Type.Object({ mandate, secondsLeft: nullable(secondsLeft) }),
  mandate_not_active: Type.Object({ mandate, mandateStatus: Type.String({ description: "How it stands now." }) }),
  scope_missing: Type.Object({ scope: Type.Enum([...SCOPES], { description: "What the key lacks." }) }),
  role_missing: Type.Object({
    roles: Type.Array(Type.Enum([...ROLES]), { description: "Whoever may; empty: a program alone." }),
  }),
  customer_live: Type.Object({
    live: Type.Array(Type.Object({ id: Type.String(), why: Type.String() }), { description: "All that is not over." }),
  }),
  contradicted_by_sibs: Type.Object({
    sibs: Type.Object(
      {
        paymentStatus: Type.String(),
        paymentType: nullable(Type.String()),
        amount: nullable(Type.Integer({ description: "Whole cents." })),
        transactionId: nullable(Type.String()),
        code: nullable(Type.String()),
      },
      { description: "What SIBS says." },
    ),
  }),
} as const satisfies Readonly<Record<string, TObject>>;

/** A problem's code that has members of its own. */
export type Membered = keyof typeof MEMBERS;

/** The members that a problem of this code has. */
export type MembersOf<Code extends Membered> = Code extends Membered ? Static<(typeof MEMBERS)[Code]> : never;

/** What is known of a problem's own members; undefined: it has none. */
export function membersOf(code: string): TObject | undefined {
  return Object.hasOwn(MEMBERS, code) ? MEMBERS[code as Membered] : undefined;
}
