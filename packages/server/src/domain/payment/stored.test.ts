import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { bringUpMandate } from "../mandate/stored.ts";
import { after } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { hear } from "./hear.ts";
import { type Payment, returnedOf, takenAside } from "./state.ts";
import { bringUpPayment } from "./stored.ts";
import { at, mbwayWaiting, paymentAfter, referenceWaiting, said, TEN } from "./testing/builders.ts";

const payment = () => paymentAfter([]);

describe("a stored state", () => {
  it("of this version is read as it was written", () => {
    const stored = payment();
    expect(bringUpPayment(JSON.parse(JSON.stringify(stored)))).toEqual(stored);
  });

  it.each([
    ["no object", "later"],
    ["without what every version has", { id: "pay_1" }],
    ["without operations or refunds", { ...payment(), operations: undefined }],
    ["whose attempts are of another shape", { ...payment(), attempts: [{ id: "att_1", method: "mbway" }] }],
  ])("that is %s stops with a name", (_what, stored) => {
    expect(() => bringUpPayment(stored)).toThrow(/^the stored \w+ .+ is of a shape that this version does not know/);
  });

  describe("of an attempt of before", () => {
    const before = (state: Payment): Payment => {
      const attempts = state.attempts.map(({ paidNoticeAt: _notice, taken: _taken, ...one }) => one);
      return bringUpPayment(JSON.parse(JSON.stringify({ ...state, attempts })));
    };
    const noticed = { kind: "attempt_notified", attempt: "att_1", notification: "n1", success: true } as const;
    const approved = (amount: number): Fact => ({
      kind: "attempt_approved",
      at: TEN,
      attempt: "att_1",
      for: "other_amount",
      amount: cents(amount),
      hold: false,
      reference: null,
    });

    it.each([
      ["on a phone stands, if it may say that money moved", mbwayWaiting(TEN), TEN],
      ["by a reference may be of its withdrawal, and is asked about only", referenceWaiting(TEN), null],
    ])("a notice of success %s", (_what, facts, paidNoticeAt) => {
      const state = paymentAfter([...facts, { ...noticed, at: TEN, paid: paidNoticeAt !== null }]);
      expect(state.attempts).toMatchObject([{ noticedAt: TEN, paidNoticeAt }]);
      expect(before(state)).toEqual(state);
    });

    it("what it took is what was asked for, and what came late went back of it", () => {
      const canceled: Fact = { kind: "payment_canceled", at: TEN };
      const waiting = paymentAfter([...mbwayWaiting(TEN), canceled]);
      const late = after(waiting, hear(waiting, "att_1", said("Success"), at(TEN)));
      const [attempt] = before(late).attempts;
      expect(before(late)).toEqual(late);
      expect(attempt && takenAside(late, attempt)).toBe(550);
      expect(returnedOf(late, "att_1")).toBe(550);
    });

    it("what it took is known to nobody where it was another amount than asked for", () => {
      const raised: Fact = { kind: "attention_raised", at: TEN, attempt: "att_1", reason: "amount_differs" };
      const differing = before(paymentAfter([...mbwayWaiting(TEN), approved(500), raised]));
      expect(differing.attempts).toMatchObject([{ taken: { amount: null, hold: false } }]);
    });
  });

  it("of a mandate likewise", () => {
    expect(() => bringUpMandate({ id: "man_1" })).toThrow(
      "the stored mandate man_1 is of a shape that this version does not know (no authorizeToken): run the version that wrote it, or a newer one",
    );
  });
});
