import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import type { AttemptId } from "../identifiers.ts";
import { SECOND } from "../time.ts";
import { doubtAttempt } from "./begin.ts";
import { after } from "./decision.ts";
import { eventsOf } from "./events-of.ts";
import type { Fact } from "./facts.ts";
import { hear, hearNothing } from "./hear.ts";
import type { Report } from "./report.ts";
import { resolveAttention } from "./settle.ts";
import type { Payment } from "./state.ts";
import { at, DAY, HOUR, MINUTE, mbwayWaiting, paymentAfter, said, TEN, TERMS } from "./testing/builders.ts";

const PARTIAL: Report = said("Partial", { paymentMethod: "CARD" });
const CHALLENGE: Report["action"] = { id: "a1", type: "3ds_challenge", url: "https://issuer.example/acs", fields: {} };

/** A card's purchase that was sent at ten o'clock. */
const sent: readonly Fact[] = [
  { kind: "attempt_prepared", at: TEN, attempt: "att_1", ...TERMS, method: "card" },
  {
    kind: "attempt_submitted",
    at: TEN,
    attempt: "att_1",
    transactionId: "s2_1",
    merchantTransactionId: "att_1",
    checkoutExpiresAt: TEN + 10 * MINUTE,
    expiresAt: null,
  },
];

/** A card's purchase of which nobody knows since ten o'clock whether SIBS has it. */
function inDoubt(): Payment {
  const payment = paymentAfter(sent, { methods: ["card"] });
  return after(payment, doubtAttempt(payment, "att_1", at(TEN)));
}

const hearing = (payment: Payment, report: Report, now: number) =>
  after(payment, hear(payment, "att_1", report, at(now)));

describe("an inquiry that says an amount which cannot be read, of what SIBS has not finished", () => {
  const garbled = said("Pending", { amount: "unreadable" });
  const waiting = paymentAfter(mbwayWaiting(TEN));
  const hears = (payment: Payment, reports: readonly Report[]) =>
    reports.reduce((state, report, place) => hearing(state, report, TEN + (place + 1) * SECOND), payment);

  it("once may be an accident", () => {
    expect(hears(waiting, [garbled]).attention).toBeNull();
    expect(hears(waiting, [garbled, said("Pending"), garbled]).attention).toBeNull();
  });

  it("twice on end is for a person, once", () => {
    const asked = hears(waiting, [garbled, garbled, garbled]);
    expect(asked.attention).toMatchObject({ reason: "amount_differs", attempt: "att_1", operation: null });
    expect(asked.attentionNext).toEqual([]);
    const resolved = resolveAttention(asked, { note: "Seen." }, null, at(TEN + MINUTE));
    const seen = "refused" in resolved ? asked : after(asked, resolved);
    expect(hearing(seen, garbled, TEN + 2 * MINUTE).attention).toBeNull();
  });
});

describe("two things that a person must look at", () => {
  it("are kept both, in their order, and the second is told again when it comes first", () => {
    const raised = (attempt: AttemptId, moment: number) =>
      ({ kind: "attention_raised", at: moment, attempt, reason: "amount_differs", beside: true }) as const;
    const both = paymentAfter([raised("att_1", TEN), raised("att_2", TEN + SECOND), raised("att_1", TEN + MINUTE)]);
    expect(both).toMatchObject({ attention: { attempt: "att_1", at: TEN }, attentionNext: [{ attempt: "att_2" }] });
    const resolved: Fact = { kind: "attention_resolved", at: TEN + MINUTE, note: "Seen." };
    const one = after(both, [resolved]);
    expect(one).toMatchObject({ attention: { attempt: "att_2" }, attentionNext: [] });
    expect(eventsOf(resolved, both, one).map(({ type }) => type)).toEqual(["payment.attention"]);
    expect(after(one, [resolved]).attention).toBeNull();
    expect(eventsOf(resolved, one, after(one, [resolved]))).toEqual([]);
  });
});

describe("a card's call whose answer is lost", () => {
  it("is not given up while it may still arrive: SIBS must have said Partial for a minute", () => {
    let payment = hearing(inDoubt(), PARTIAL, TEN + SECOND);
    payment = hearing(payment, PARTIAL, TEN + 60 * SECOND);
    expect(payment.attempts[0]).toMatchObject({ status: "submitted", inDoubt: true });
    payment = hearing(payment, PARTIAL, TEN + 61 * SECOND);
    expect(payment).toMatchObject({ status: "open", attempts: [{ status: "failed", inDoubt: false }] });
  });

  it("goes on where its answer comes late after all", () => {
    const doubted = hearing(inDoubt(), PARTIAL, TEN + SECOND);
    const late = hearing(doubted, said("Partial", { source: "answer", action: CHALLENGE }), TEN + 20 * SECOND);
    expect(late.attempts[0]).toMatchObject({ status: "action_required", inDoubt: false, notArrivedSince: null });
  });

  it("asks a person after a day, once, and goes on being asked about each hour", () => {
    let payment = inDoubt();
    const told: string[] = [];
    let asked = 0;
    for (let now = TEN + SECOND; now < TEN + 3 * DAY; now = payment.attempts[0]?.askAt ?? Number.POSITIVE_INFINITY) {
      if (now > TEN + DAY) asked += 1;
      for (const fact of hearNothing(payment, "att_1", at(now))) {
        const next = after(payment, [fact]);
        for (const { type } of eventsOf(fact, payment, next)) told.push(`${type} after ${(now - TEN) / DAY}`);
        payment = next;
      }
    }
    expect(told).toEqual(["payment.attention after 1"]);
    expect(payment.attention).toMatchObject({ reason: "in_doubt", attempt: "att_1" });
    expect(asked).toBe((2 * DAY) / HOUR - 1);
  });

  it("asks nobody any more once it is known what became of it", () => {
    const doubted = after(inDoubt(), hearNothing(inDoubt(), "att_1", at(TEN + DAY)));
    expect(doubted.attention).not.toBeNull();
    expect(hearing(doubted, said("Declined"), TEN + DAY + HOUR)).toMatchObject({ status: "open", attention: null });
    const approved = said("Success", { amount: cents(550) });
    expect(hearing(doubted, approved, TEN + DAY + HOUR)).toMatchObject({ status: "paid", attention: null });
  });
});

describe("an action that the browser does not do", () => {
  const again = said("Partial", { source: "answer", action: CHALLENGE });

  it("is asked for again while the checkout lives, and no longer", () => {
    const payment = paymentAfter(sent, { methods: ["card"] });
    const waiting = hearing(payment, again, TEN + 9 * MINUTE);
    expect(waiting.attempts[0]?.status).toBe("action_required");
    expect(hearing(waiting, again, TEN + 11 * MINUTE)).toMatchObject({
      status: "open",
      attempts: [{ status: "timed_out", action: null }],
    });
  });
});
