import { describe, expect, it } from "vitest";
import type { AttemptId } from "../identifiers.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../time.ts";
import { secondsLeft } from "./attempt.ts";
import { endRefused } from "./begin.ts";
import { after } from "./decision.ts";
import { chargeGivenUpAt, nextDue } from "./due.ts";
import { hear, hearNothing } from "./hear.ts";
import { nextTryAt } from "./plan-charges.ts";
import { mandateOf, type Payment } from "./state.ts";
import { at, MANDATE, mandateSent, OF_PLAN, paymentAfter, said, TEN, TERMS } from "./testing/builders.ts";

const attemptOf = (payment: Payment) => payment.attempts.at(-1);
const charged = () => paymentAfter(mandateSent(TEN, "att_1", "customer"));
const byMandate = { paymentMethod: "MANDATE" } as const;

describe("a charge by mandate", () => {
  it("waits for nobody while SIBS works on it", () => {
    const facts = hear(charged(), "att_1", said("InProcessing", byMandate), at(TEN + SECOND));
    const payment = after(charged(), facts);
    expect(attemptOf(payment)).toMatchObject({ status: "pending", phone: null, expiresAt: null });
    expect(payment.attempts.map((one) => secondsLeft(one, TEN + SECOND))).toEqual([null]);
    expect(mandateOf(payment)).toBe(MANDATE.id);
  });

  it("waits on the phone, four minutes from when it was sent, once SIBS says that it asks there", () => {
    const waiting = after(charged(), hear(charged(), "att_1", said("Pending"), at(TEN + 5 * SECOND)));
    const [attempt] = waiting.attempts;
    expect(attempt).toMatchObject({ status: "pending", phone: MANDATE.phone, expiresAt: TEN + 4 * MINUTE });
    const again = hear(waiting, "att_1", said("Pending"), at(TEN + 15 * SECOND));
    expect(again.map(({ kind }) => kind)).toEqual(["attempt_asked"]);
  });

  it("was asked on the phone also when the first word of it is how it ended", () => {
    const refused = after(charged(), hear(charged(), "att_1", said("Declined", { code: "E0500" }), at(TEN + MINUTE)));
    expect(attemptOf(refused)).toMatchObject({
      phone: MANDATE.phone,
      status: "declined",
      failure: { reason: "declined_by_customer" },
    });
  });

  it.each([
    ["E0518", "mandate_refused"],
    ["E0507", "unknown_mandate"],
    ["E0113", "insufficient_funds"],
  ])("refused with %s is %s", (code, reason) => {
    const report = said("Declined", { ...byMandate, code });
    const refused = after(charged(), hear(charged(), "att_1", report, at(TEN + SECOND)));
    expect(refused.status).toBe("open");
    expect(attemptOf(refused)).toMatchObject({ status: "declined", phone: null, failure: { reason, code } });
  });

  it("that SIBS holds to be unpaid after its time was not left unanswered by the customer", () => {
    const facts = hear(charged(), "att_1", said("InProcessing", byMandate), at(TEN + SECOND));
    const pending = after(charged(), facts);
    const given = at(TEN + 330 * SECOND);
    expect(hear(pending, "att_1", said("Pending", byMandate), given)).toMatchObject([
      { kind: "attempt_ended", status: "timed_out", failure: { reason: "technical" } },
    ]);
    const onPhone = after(charged(), hear(charged(), "att_1", said("Pending"), at(TEN + SECOND)));
    expect(hear(onPhone, "att_1", said("Pending"), given)).toMatchObject([{ failure: { reason: "not_answered" } }]);
  });

  it("of a mandate that SIBS does not know fails at its checkout, by name", () => {
    const [begun] = mandateSent(TEN);
    const payment = paymentAfter([begun]);
    const failed = after(payment, endRefused(payment, "att_1", "E0507", at(TEN)));
    expect(attemptOf(failed)).toMatchObject({ status: "failed", failure: { reason: "unknown_mandate" } });
  });
});

describe("a plan's payment", () => {
  const planned = (...facts: Parameters<typeof paymentAfter>[0]) => paymentAfter(facts, OF_PLAN);
  const refusedAt = (payment: Payment, moment: number, attempt: AttemptId) => {
    const sent = after(payment, mandateSent(moment, attempt));
    return after(sent, hear(sent, attempt, said("Declined", { ...byMandate, code: "E0518" }), at(moment + SECOND)));
  };

  it("is due at once, and not given up after a minute as a charge of a card is", () => {
    expect(nextTryAt(planned())).toBe(TEN);
    expect(nextDue(planned())).toBe(TEN);
    expect(chargeGivenUpAt(planned())).toBeNull();
  });

  it("is tried again one, three and seven days after it was first refused, and then no more", () => {
    const moments: (number | null)[] = [];
    let payment = planned();
    for (const days of [0, 1, 3, 7]) {
      payment = refusedAt(payment, TEN + days * DAY, `att_${days}`);
      moments.push(nextTryAt(payment));
    }
    expect(moments).toEqual([TEN + DAY, TEN + 3 * DAY, TEN + 7 * DAY, null]);
    expect(nextDue(payment)).toBe(payment.expiresAt);
  });

  it("does not count what never reached SIBS: that is repeated after one, two, four hours, within a day at most", () => {
    let payment = planned();
    const waits: number[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      const now = nextTryAt(payment) ?? 0;
      const [begun] = mandateSent(now, `att_${tries}`);
      const started = after(payment, [begun]);
      payment = after(started, endRefused(started, `att_${tries}`, null, at(now)));
      waits.push(((nextTryAt(payment) ?? 0) - now) / HOUR);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24]);
    const refused = refusedAt(payment, TEN + 4 * DAY, "att_refused");
    expect(nextTryAt(refused)).toBe(TEN + 5 * DAY);
  });

  it("is not tried when it would be over by then", () => {
    const payment = refusedAt(refusedAt(planned(), TEN + 9 * DAY, "att_1"), TEN + 9.5 * DAY, "att_2");
    expect(nextTryAt(payment)).toBeNull();
  });

  it("is not tried again before SIBS has answered whether the try that it never ended was not approved after all", () => {
    const sent = planned(...mandateSent(TEN));
    const silent = (payment: Payment, moment: number) => after(payment, hearNothing(payment, "att_1", at(moment)));
    const waiting = after(sent, hear(sent, "att_1", said("InProcessing", byMandate), at(TEN + SECOND)));
    expect(nextTryAt(silent(waiting, TEN + 6 * MINUTE))).toBeNull();
    const read = after(waiting, hear(waiting, "att_1", said("Pending", byMandate), at(TEN + 6 * MINUTE)));
    const ended = silent(read, TEN + HOUR);
    expect(attemptOf(ended)?.status).toBe("timed_out");
    expect(nextTryAt(ended)).toBe(TEN + DAY);
    const unanswered = silent(ended, TEN + DAY);
    expect(nextTryAt(unanswered)).toBe(TEN + DAY + HOUR);
    const given = at(TEN + DAY + HOUR);
    const declined = after(unanswered, hear(unanswered, "att_1", said("Declined", byMandate), given));
    expect(nextTryAt(declined)).toBe(TEN + DAY);
    const paid = after(unanswered, hear(unanswered, "att_1", said("Success", byMandate), given));
    expect(paid).toMatchObject({ status: "paid", amountCaptured: 550, operations: [] });
    expect(nextTryAt(paid)).toBeNull();
  });

  it("leaves the customer's own tries out of its count, and lets them end first", () => {
    const phone = { ...TERMS, method: "mbway", phone: MANDATE.phone } as const;
    const sent = mandateSent(TEN + HOUR, "att_2", "customer")[1];
    const tried = refusedAt(planned(), TEN, "att_1");
    const trying = after(tried, [{ kind: "attempt_prepared", at: TEN + HOUR, attempt: "att_2", ...phone }, sent]);
    expect(nextTryAt(trying)).toBeNull();
    const ended = after(trying, hear(trying, "att_2", said("Declined", { code: "E0500" }), at(TEN + HOUR)));
    expect(nextTryAt(ended)).toBe(TEN + DAY);
  });
});
