import { describe, expectTypeOf, it } from "vitest";
import type { Failure } from "./failure.ts";
import type { AttemptId } from "./identifiers.ts";
import type { Mandate } from "./mandate/state.ts";
import type { Attempt } from "./payment/attempt.ts";
import type { Operation } from "./payment/operation.ts";
import type { Payment } from "./payment/state.ts";
import type { Plan } from "./plan/state.ts";
import type { Instant } from "./time.ts";

/** What is left of a state's type where its status is known. */
type At<State extends { readonly status: string }, Status extends State["status"]> = Extract<
  State,
  { readonly status: Status }
>;

describe("whoever has looked at a status knows what is there", () => {
  it("of a payment, of an attempt, of an operation", () => {
    expectTypeOf<At<Payment, "paid">["paidAt"]>().toEqualTypeOf<Instant>();
    expectTypeOf<At<Payment, "open">["paidAt"]>().toEqualTypeOf<null>();
    expectTypeOf<At<Payment, "authorized">["fundedBy"]>().toEqualTypeOf<AttemptId>();
    expectTypeOf<At<Attempt, "pending">["submittedAt"]>().toEqualTypeOf<Instant>();
    expectTypeOf<At<Attempt, "declined">["failure"]>().toEqualTypeOf<Failure>();
    expectTypeOf<At<Attempt, "approved">["taken"]>().not.toBeNullable();
    expectTypeOf<At<Attempt, "action_required">["action"]>().not.toBeNullable();
    expectTypeOf<At<Operation, "in_doubt">["doubtSince"]>().toEqualTypeOf<Instant>();
    expectTypeOf<At<Operation, "failed">["failure"]>().toEqualTypeOf<Failure>();
  });

  it("of a mandate, of a plan", () => {
    expectTypeOf<At<Mandate, "active">["activatedAt"]>().toEqualTypeOf<Instant>();
    expectTypeOf<At<Mandate, "refused">["failure"]>().toEqualTypeOf<Failure>();
    expectTypeOf<At<Plan, "canceled">["endedAt"]>().toEqualTypeOf<Instant>();
  });
});

describe("a status is never written without what belongs to it", () => {
  it("does not compile", () => {
    const wrong = (payment: Payment, attempt: Attempt, operation: Operation, mandate: Mandate, plan: Plan) => [
      // @ts-expect-error a payment that is paid was paid at a moment
      { ...payment, status: "paid" } satisfies Payment,
      // @ts-expect-error one that is open was not
      { ...payment, status: "open", fundedBy: null, paidAt: 1 } satisfies Payment,
      // @ts-expect-error an attempt that was declined says why
      { ...attempt, status: "declined", endedAt: 1 } satisfies Attempt,
      // @ts-expect-error one that goes on has not ended
      { ...attempt, status: "pending", submittedAt: 1, endedAt: 1 } satisfies Attempt,
      // @ts-expect-error an operation in doubt is so since a moment
      { ...operation, status: "in_doubt" } satisfies Operation,
      // @ts-expect-error a mandate that can be charged was agreed to
      { ...mandate, status: "active" } satisfies Mandate,
      // @ts-expect-error a plan that is over ended at a moment
      { ...plan, status: "ended" } satisfies Plan,
      // @ts-expect-error nobody reads a moment of what may not have one
      payment.paidAt satisfies Instant,
    ];
    expectTypeOf(wrong).toBeFunction();
  });
});
