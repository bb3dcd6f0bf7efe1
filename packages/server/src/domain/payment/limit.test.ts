import { cents } from "@caravela/sibs/money";
import { expect } from "vitest";
import type { Given } from "../decision.ts";
import { isRefusal } from "../decision.ts";
import { after, type Decision } from "./decision.ts";
import { askedIn, type Bounds, doneByShop } from "./limit.ts";
import { requestCapture, requestRefund } from "./operate.ts";
import { requestReturn } from "./settle.ts";
import { capturable, type Payment, refundable, returnable } from "./state.ts";
import { propertiesOfLives } from "./testing/lives.ts";

const always = propertiesOfLives();

/** What may be asked for of a payment's money by whoever may give back so much of it, for some amount. */
function asked(payment: Payment, amount: number | null, bounds: Bounds, given: Given): Decision[] {
  const wanted = { amount: amount === null ? null : cents(amount), ...bounds };
  return [
    requestRefund(payment, { id: "rfd_limited", ...wanted }, given),
    ...payment.attempts
      .filter((one) => returnable(payment, one) > 0)
      .map((one) => requestReturn(payment, { attempt: one.id, ...wanted }, given)),
  ];
}

{
  const seen = new Set<string>();
  always(
    "whoever may give back so much of a payment never brings what the shop gave back of it above that, and else may do what anybody may",
    {
      step: ({ payment, now }) => {
        if (refundable(payment) === 0 && !payment.attempts.some((one) => returnable(payment, one) > 0)) return;
        const given: Given = { now, id: (prefix) => `${prefix}_limited` };
        const before = doneByShop(payment, "refund");
        const limit = cents(before + 100);
        for (const amount of [null, 100, 101]) {
          const free = asked(payment, amount, { limit: null }, given);
          // whoever would have to touch their passkey for more is refused just there
          const untouched = asked(payment, amount, { limit: null, touchAbove: limit }, given);
          for (const [place, decision] of asked(payment, amount, { limit }, given).entries()) {
            const freely = free[place];
            if (isRefusal(decision) && decision.refused === "refund_limit") {
              seen.add("refused");
              expect(decision).toMatchObject({ of: "payment", left: 100 });
              expect(untouched[place]).toEqual({ refused: "touch_required", of: "payment", above: limit });
              expect(freely !== undefined && !isRefusal(freely) && askedIn(freely, "refund")).toBeGreaterThan(100);
              continue;
            }
            expect(decision).toEqual(freely);
            expect(untouched[place]).toEqual(freely);
            if (isRefusal(decision)) continue;
            const later = doneByShop(after(payment, decision), "refund");
            seen.add(askedIn(decision, "refund") === 0 ? "only held" : "given back");
            expect(later).toBe(before + askedIn(decision, "refund"));
            expect(later).toBeLessThanOrEqual(limit);
          }
        }
        const byRule = payment.operations.some(({ kind, reason }) => kind === "refund" && reason === "late");
        if (byRule && before === 0) seen.add("by a rule");
      },
      all: () => {
        // giving up what is only held, and what a rule gave back, counts in nobody's limit
        expect([...seen].sort()).toEqual(["by a rule", "given back", "only held", "refused"]);
      },
    },
  );
}

{
  const seen = new Set<string>();
  always(
    "one person alone never brings what the shop gave back of a payment above what needs two, and two may what anybody may",
    {
      step: ({ payment, now }) => {
        if (refundable(payment) === 0 && !payment.attempts.some((one) => returnable(payment, one) > 0)) return;
        const given: Given = { now, id: (prefix) => `${prefix}_alone` };
        const before = doneByShop(payment, "refund");
        for (const amount of [null, 100, 101]) {
          const together = asked(payment, amount, { limit: null }, given);
          const alone = cents(before + 100);
          for (const [place, decision] of asked(payment, amount, { limit: null, alone }, given).entries()) {
            const freely = together[place];
            if (isRefusal(decision) && decision.refused === "second_person") {
              seen.add("waits");
              expect(decision.amount).toBeGreaterThan(100);
              expect(freely !== undefined && !isRefusal(freely) && askedIn(freely, "refund")).toBe(decision.amount);
              continue;
            }
            expect(decision).toEqual(freely);
            if (!isRefusal(decision)) seen.add("at once");
            if (!isRefusal(decision))
              expect(doneByShop(after(payment, decision), "refund")).toBeLessThanOrEqual(before + 100);
          }
        }
      },
      all: () => {
        expect([...seen].sort()).toEqual(["at once", "waits"]);
      },
    },
  );
}

{
  const seen = new Set<string>();
  always(
    "whoever may capture so much of a payment never brings what the shop captured of it above that, and else may do what anybody may",
    {
      step: ({ payment, now }) => {
        if (capturable(payment) === 0) return;
        const given: Given = { now, id: (prefix) => `${prefix}_limited` };
        const before = doneByShop(payment, "capture");
        const limit = cents(before + 100);
        for (const amount of [null, 100, 101]) {
          const wanted = { id: "cap_limited", amount: amount === null ? null : cents(amount) } as const;
          const freely = requestCapture(payment, { ...wanted, limit: null }, given);
          const decision = requestCapture(payment, { ...wanted, limit }, given);
          if (isRefusal(decision) && decision.refused === "capture_limit") {
            seen.add("refused");
            expect(decision).toMatchObject({ of: "payment", left: 100 });
            expect(!isRefusal(freely) && askedIn(freely, "capture")).toBeGreaterThan(100);
            continue;
          }
          expect(decision).toEqual(freely);
          if (isRefusal(decision)) continue;
          seen.add(before === 0 ? "captured first" : "captured more");
          const later = doneByShop(after(payment, decision), "capture");
          expect(later).toBe(before + askedIn(decision, "capture"));
          expect(later).toBeLessThanOrEqual(limit);
        }
      },
      all: () => {
        expect([...seen].sort()).toEqual(["captured first", "captured more", "refused"]);
      },
    },
  );
}
