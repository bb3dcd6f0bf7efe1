import { describe, expect, it } from "vitest";
import { isRefusal } from "../decision.ts";
import { type Method, rulesOf } from "../methods/index.ts";
import { DAY, HOUR, MINUTE, SECOND } from "../time.ts";
import { doubtAttempt, endRefused, endUnsent, startAttempt } from "./begin.ts";
import { after } from "./decision.ts";
import { chargeGivenUpAt, nextDue, tasksOf } from "./due.ts";
import { expire, giveUpCharge } from "./end.ts";
import { eventsOf } from "./events-of.ts";
import { tellExpiry } from "./expiring.ts";
import type { Fact } from "./facts.ts";
import { hear, hearNothing, notifiedOfAttempt } from "./hear.ts";
import { nextTryAt } from "./plan-charges.ts";
import type { Report } from "./report.ts";
import type { Payment } from "./state.ts";
import {
  at,
  MANDATE,
  mandateSent,
  mbwayWaiting,
  OF_PLAN,
  PHONE,
  paymentAfter,
  referenceWaiting,
  said,
  saidOfReference,
  TEN,
  TERMS,
} from "./testing/builders.ts";
import { keepWish } from "./wish.ts";
import { withdrawalDone, withdrawReference } from "./withdraw.ts";

const NOTICE = { notification: "n1", success: true, paid: true } as const;
const attemptOf = (payment: Payment) => payment.attempts.at(-1);
const hearing = (payment: Payment, report: Report, now: number, askedAt = now) =>
  after(payment, hear(payment, "att_1", report, at(now), askedAt));
const silence = (payment: Payment, now: number) => after(payment, hearNothing(payment, "att_1", at(now)));
const noticed = (payment: Payment, now: number) => after(payment, notifiedOfAttempt(payment, "att_1", NOTICE, at(now)));

/** An attempt by any method that SIBS is known to have, and that waits. */
function waitingBy(method: Method): Payment {
  if (method === "multibanco") return paymentAfter(referenceWaiting(TEN));
  const terms = { ...TERMS, method, ...(method === "mandate" ? { mandate: MANDATE } : {}) };
  const phone = method === "mbway" ? MANDATE.phone : null;
  const submitted = {
    kind: "attempt_submitted",
    at: TEN,
    attempt: "att_1",
    transactionId: "s2_att_1",
    merchantTransactionId: "att_1",
    checkoutExpiresAt: TEN + 10 * MINUTE,
    expiresAt: rulesOf(method).expiresAt(TEN, TEN + 3 * DAY),
  } as const;
  const facts: Fact[] = [
    { kind: "attempt_prepared", at: TEN, attempt: "att_1", ...terms, phone },
    submitted,
    { kind: "attempt_pending", at: TEN, attempt: "att_1", reference: null },
  ];
  return paymentAfter(facts, { methods: ["mbway", "multibanco", "card"] });
}

const BY_CLOCK = [
  ["mbway", 330 * SECOND],
  ["mandate", 330 * SECOND],
  ["card", 11 * MINUTE],
  ["token", 11 * MINUTE],
] as const satisfies [Method, number][];
const METHODS: readonly Method[] = ["mbway", "multibanco", "card", "token", "mandate"];
const METHOD_WORDS = { mbway: "MBWAY", mandate: "MANDATE", card: "CARD", token: "TOKEN", multibanco: "REFERENCE" };
const saidOf = (method: Method, paymentStatus: string, changes: Partial<Report> = {}) =>
  method === "multibanco"
    ? saidOfReference(paymentStatus, "UNPAID", changes)
    : said(paymentStatus, { paymentMethod: METHOD_WORDS[method], ...changes });

describe("an attempt whose time is over", () => {
  it.each(BY_CLOCK)("by %s is not ended while SIBS cannot be asked, however long", (method, overdue) => {
    let payment = waitingBy(method);
    for (const wait of [overdue, overdue + MINUTE, HOUR, DAY, 9 * DAY]) {
      payment = silence(payment, TEN + wait);
      expect(payment.status).toBe("pending");
      expect(attemptOf(payment)).toMatchObject({ status: "pending", failure: null });
    }
  });

  it.each(BY_CLOCK)("by %s is not ended by any word that does not say that it is unpaid", (method, overdue) => {
    const words = [
      saidOf(method, "InProcessing"),
      saidOf(method, "Annulled"),
      saidOf(method, "Success", { paymentType: "RFND" }),
      saidOf(method, "Pending", { transactionId: "s2_another" }),
      saidOf(method, "Declined", { transactionId: "s2_another" }),
    ];
    for (const word of words) {
      const payment = hearing(waitingBy(method), word, TEN + overdue + MINUTE);
      expect(attemptOf(silence(payment, TEN + overdue + 2 * MINUTE))?.status).toBe("pending");
    }
  });

  it.each(BY_CLOCK)("by %s is ended by SIBS's word that it is unpaid still", (method, overdue) => {
    const payment = hearing(waitingBy(method), saidOf(method, "Pending"), TEN + overdue);
    expect(payment).toMatchObject({ status: "open", attempts: [{ status: "timed_out" }] });
  });

  it("is ended without a fresh word where SIBS said so after the window closed, and nothing else since", () => {
    const read = hearing(waitingBy("mbway"), said("Pending"), TEN + 4 * MINUTE);
    expect(attemptOf(silence(read, TEN + 329 * SECOND))?.status).toBe("pending");
    expect(attemptOf(silence(read, TEN + 330 * SECOND))?.status).toBe("timed_out");
    const early = hearing(waitingBy("mbway"), said("Pending"), TEN + 239 * SECOND);
    expect(attemptOf(silence(early, TEN + 330 * SECOND))?.status).toBe("pending");
    const working = hearing(read, said("InProcessing"), TEN + 5 * MINUTE);
    expect(attemptOf(silence(working, TEN + 330 * SECOND))?.status).toBe("pending");
  });

  it("is ended in the same breath in which a doubt of it is settled late", () => {
    const doubted = paymentAfter([
      ...mbwayWaiting(TEN).slice(0, 2),
      { kind: "attempt_in_doubt", at: TEN, attempt: "att_1" },
    ]);
    expect(hearing(doubted, said("Pending"), TEN + HOUR)).toMatchObject({
      status: "open",
      attempts: [{ status: "timed_out", inDoubt: false }],
    });
    expect(attemptOf(hearing(doubted, said("InProcessing"), TEN + HOUR))?.status).toBe("pending");
  });

  it("is ended all the same where the merchant wants speed, but not once SIBS notified that money moved", () => {
    const speedy = (payment: Payment) =>
      attemptOf(after(payment, hearNothing(payment, "att_1", at(TEN + 330 * SECOND), { timeOutUnasked: true })));
    expect(speedy(waitingBy("mbway"))?.status).toBe("timed_out");
    expect(speedy(noticed(waitingBy("mbway"), TEN + MINUTE))?.status).toBe("pending");
  });

  it("of a reference is not expired while SIBS works on it, or cannot be asked", () => {
    const end = TEN + 3 * DAY;
    const waiting = waitingBy("multibanco");
    const reference = after(waiting, tellExpiry(waiting, "att_1", at(end - DAY)));
    expect(attemptOf(silence(reference, end + 2 * HOUR))?.status).toBe("pending");
    expect(attemptOf(hearing(reference, saidOfReference("InProcessing", "UNPAID"), end + 2 * HOUR))?.status).toBe(
      "pending",
    );
    expect(attemptOf(hearing(reference, saidOfReference("Pending", "UNPAID"), end + 2 * HOUR))?.status).toBe("expired");
    expect(nextDue(silence(reference, end + 2 * HOUR))).toBe(end + 3 * HOUR);
  });

  it.each(METHODS)("by %s asks a person after a day, once, and no more once it is known", (method) => {
    let payment = waitingBy(method);
    const told: string[] = [];
    const overdue = method === "multibanco" ? 3 * DAY + HOUR : Number(Object.fromEntries(BY_CLOCK)[method]);
    for (let now = TEN + overdue; now <= TEN + overdue + 3 * DAY; now += HOUR) {
      for (const fact of hearNothing(payment, "att_1", at(now))) {
        const next = after(payment, [fact]);
        told.push(...eventsOf(fact, payment, next).map(({ type }) => `${type} after ${(now - TEN - overdue) / DAY}`));
        payment = next;
      }
    }
    expect(told).toEqual(["payment.attention after 1"]);
    expect(payment.attention).toMatchObject({ reason: "in_doubt", attempt: "att_1" });
    expect(hearing(payment, saidOf(method, "Declined"), TEN + 9 * DAY)).toMatchObject({
      status: "open",
      attention: null,
    });
  });

  it("asks a person also where SIBS answers and does not know itself", () => {
    const late = hearing(waitingBy("mbway"), said("InProcessing"), TEN + 330 * SECOND + DAY);
    expect(late.attention).toMatchObject({ reason: "in_doubt" });
  });
});

/** What SIBS may say to an inquiry without saying for good that no money moved. */
const NO_REFUTATION: readonly [string, Report][] = [
  ["Pending", said("Pending")],
  ["Pending without a method", said("Pending", { paymentMethod: null })],
  ["InProcessing", said("InProcessing")],
  ["Partial", said("Partial")],
  ["a word that nobody knows", said("Annulled")],
  ["another transaction's end", said("Declined", { transactionId: "s2_another" })],
];

describe("an attempt of which SIBS notified that money moved", () => {
  it.each(METHODS)("by %s ends unpaid by nothing but SIBS's final word to an inquiry", (method) => {
    let payment = noticed(waitingBy(method), TEN + MINUTE);
    for (let days = 1; days < 9; days += 1) {
      payment = silence(payment, TEN + days * DAY);
      for (const [, word] of NO_REFUTATION) payment = hearing(payment, word, TEN + days * DAY);
      expect(attemptOf(payment)).toMatchObject({ status: "pending", paidNoticeAt: TEN + MINUTE });
    }
    expect(payment.attention).toMatchObject({ reason: "in_doubt" });
    const refuted = hearing(payment, saidOf(method, "Declined"), TEN + 9 * DAY);
    expect(refuted).toMatchObject({
      status: "open",
      attention: null,
      attempts: [{ status: "declined", paidNoticeAt: null }],
    });
  });

  it.each(NO_REFUTATION)("in doubt, is not ended by %s for a whole minute", (_name, word) => {
    let payment = paymentAfter([
      ...mbwayWaiting(TEN).slice(0, 2),
      { kind: "attempt_in_doubt", at: TEN, attempt: "att_1" },
    ]);
    payment = noticed(payment, TEN + SECOND);
    for (const wait of [2, 30, 62, 90, 600]) payment = hearing(payment, word, TEN + wait * SECOND);
    expect(["submitted", "pending"]).toContain(attemptOf(payment)?.status);
  });

  it("is not ended by an answer to its call: SIBS contradicts itself, and is asked", () => {
    const sent = noticed(paymentAfter(mbwayWaiting(TEN).slice(0, 2)), TEN + SECOND);
    const declined = hearing(sent, said("Declined", { source: "answer" }), TEN + 2 * SECOND);
    expect(attemptOf(declined)).toMatchObject({ status: "submitted", inDoubt: true });
    const refused = after(sent, endRefused(sent, "att_1", null, at(TEN + 2 * SECOND)));
    expect(attemptOf(refused)).toMatchObject({ status: "submitted", inDoubt: true });
  });

  it("is not refuted by what SIBS was asked before it notified", () => {
    const claimed = noticed(waitingBy("mbway"), TEN + 250 * SECOND);
    const inFlight = hearing(claimed, said("Timeout"), TEN + 251 * SECOND, TEN + 249 * SECOND);
    expect(attemptOf(inFlight)?.status).toBe("pending");
    expect(attemptOf(hearing(inFlight, said("Timeout"), TEN + 252 * SECOND))?.status).toBe("timed_out");
  });

  it("is not ended as never sent, nor as withdrawn", () => {
    const [prepared] = mbwayWaiting(TEN);
    const unsent = noticed(paymentAfter(prepared === undefined ? [] : [prepared]), TEN + SECOND);
    expect(endUnsent(unsent, "att_1", at(TEN + HOUR))).toEqual([]);
    expect(tasksOf(unsent, at(TEN + HOUR))).toEqual([{ do: "ask_attempt", attempt: "att_1", transactionId: null }]);
    const reference = waitingBy("multibanco");
    const leaving = withdrawReference(reference, "att_1", at(TEN + MINUTE));
    const withdrawn = noticed(after(reference, isRefusal(leaving) ? [] : leaving), TEN + 2 * MINUTE);
    const done = after(withdrawn, withdrawalDone(withdrawn, "att_1", at(TEN + 3 * MINUTE)));
    expect(attemptOf(done)).toMatchObject({ status: "pending", paidNoticeAt: TEN + 2 * MINUTE });
    expect(hearing(done, saidOfReference("Pending", "CANC"), TEN + 4 * MINUTE).attempts[0]?.status).toBe("pending");
  });

  it("that had ended unpaid stands in the way of everything until SIBS says", () => {
    const ended = hearing(waitingBy("mbway"), said("Pending"), TEN + 330 * SECOND);
    const claimed = noticed(ended, TEN + 340 * SECOND);
    expect(claimed).toMatchObject({ status: "pending", attempts: [{ status: "timed_out" }] });
    const given = at(TEN + 341 * SECOND);
    const other = startAttempt(claimed, { ...TERMS, id: "att_2", method: "multibanco" }, given);
    expect(other).toEqual({ refused: "attempt_in_doubt", attempt: "att_1" });
    const again = keepWish(claimed, { method: "mbway", phone: PHONE }, given);
    const wished = after(claimed, isRefusal(again) ? [] : again);
    expect(tasksOf(wished, given)).not.toContainEqual(expect.objectContaining({ do: "begin_wish" }));
    expect(expire(claimed, at(claimed.expiresAt + HOUR))).toEqual([]);
    expect(hearing(wished, said("Success"), TEN + 342 * SECOND)).toMatchObject({ status: "paid", wish: null });
    const refuted = hearing(wished, said("Timeout"), TEN + 342 * SECOND);
    expect(refuted).toMatchObject({ status: "open", attempts: [{ status: "timed_out", paidNoticeAt: null }] });
    expect(tasksOf(refuted, at(TEN + 342 * SECOND))).toContainEqual(expect.objectContaining({ do: "begin_wish" }));
  });

  it("keeps a plan from its next try, and a charge by the merchant from being given up", () => {
    const plan = paymentAfter(mandateSent(TEN), OF_PLAN);
    const refused = hearing(plan, said("Declined", { paymentMethod: "MANDATE", code: "E0518" }), TEN + SECOND);
    expect(nextTryAt(refused)).toBe(TEN + DAY);
    expect(nextTryAt(noticed(refused, TEN + MINUTE))).toBeNull();
    const charge = hearing(paymentAfter(mandateSent(TEN), { initiator: "merchant" }), said("Declined"), TEN + SECOND);
    expect(chargeGivenUpAt(charge)).toBe(TEN + MINUTE);
    expect(giveUpCharge(noticed(charge, TEN + 2 * SECOND), at(TEN + HOUR))).toEqual([]);
  });

  it("is asked about each minute for an hour, then each hour, also when it had ended", () => {
    const ended = hearing(waitingBy("mbway"), said("Pending"), TEN + 330 * SECOND);
    let payment = noticed(ended, TEN + HOUR);
    const waits: number[] = [];
    for (let asked = 0; asked < 70; asked += 1) {
      const due = nextDue(payment) ?? Number.NaN;
      waits.push((due - TEN - HOUR) / SECOND);
      payment = silence(payment, due);
    }
    expect(waits.slice(0, 9)).toEqual([0, 1, 2, 4, 8, 15, 30, 60, 120]);
    expect(waits.slice(66, 69)).toEqual([HOUR / SECOND, (2 * HOUR) / SECOND, (3 * HOUR) / SECOND]);
  });
});

describe("a card's purchase that goes on after an action", () => {
  it("is asked about when SIBS refuses to go on: what went through before may have charged the card", () => {
    const sent = paymentAfter(mbwayWaiting(TEN).slice(0, 2));
    const action = { id: "a1", type: "3ds_challenge" as const, url: "https://issuer.example", fields: {} };
    const waiting = hearing(sent, said("Partial", { source: "answer", action }), TEN + SECOND);
    const done = after(waiting, [
      { kind: "attempt_action_done", at: TEN + MINUTE, attempt: "att_1", action: "a1", executed: true },
    ]);
    const refused = after(done, endRefused(done, "att_1", null, at(TEN + MINUTE)));
    expect(attemptOf(refused)).toMatchObject({ status: "submitted", inDoubt: true });
    expect(doubtAttempt(refused, "att_1", at(TEN + MINUTE))).toEqual([]);
  });
});
