import { cents } from "@caravela/sibs/money";
import { expect, it } from "vitest";
import { type Caller, FIRST_KEY } from "../domain/api-key.ts";
import { type Limits, NO_LIMITS } from "../domain/limit.ts";
import type { Operator } from "../storage/operators.ts";
import { boundsOfBoth } from "./second-person.ts";

const INVITER = "op_0mx0xhsihce5xsb5ax8w";

/** The limits of somebody whom an owner invited who had this limit then. */
function invitedWithin(most: number): Limits {
  return { ...NO_LIMITS, refund: { most: null, budgets: [{ key: INVITER, most: cents(most) }] } };
}

/** Of two whom the same limited owner invited, each when that limit was another. */
function mostOfBoth(requester: number, approver: number): number[] {
  const position = { name: "Rui", role: "refunder", terminal: null, limits: invitedWithin(requester) } as const;
  const asked: Operator = {
    ...position,
    id: "op_0mx0xhsihce5xsb5ax8x",
    createdAt: new Date(0),
    seenAt: null,
    signsOn: false,
  };
  const approves: Caller = { ...FIRST_KEY, limits: invitedWithin(approver) };
  return boundsOfBoth(asked, approves, { above: null, day: null }).budgets.map(({ most }) => most);
}

it("a day that is both of theirs holds to the lesser of what each may in it", () => {
  expect([mostOfBoth(100, 50), mostOfBoth(50, 100)]).toEqual([[50], [50]]);
});
