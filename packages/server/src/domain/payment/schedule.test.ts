import { describe, expect, it } from "vitest";
import type { Given } from "../decision.ts";
import { failure } from "../failure.ts";
import { SECOND } from "../time.ts";
import { after } from "./decision.ts";
import type { Fact } from "./facts.ts";
import { hear, hearNothing, notifiedOfAttempt } from "./hear.ts";
import type { Payment } from "./state.ts";
import {
  at,
  DAY,
  HOUR,
  MINUTE,
  mbwaySent,
  mbwayWaiting,
  paymentAfter,
  referenceWaiting,
  said,
  saidOfReference,
  TEN,
} from "./testing/builders.ts";

type Inquiry = (payment: Payment, given: Given) => readonly Fact[];

/**
 * When the first attempt is asked about, each inquiry ending as told; at most so many. From ten o'clock, in seconds.
 */
function askedAfter(facts: readonly Fact[], inquiry: Inquiry, most = 100): number[] {
  const asked: number[] = [];
  let payment = paymentAfter(facts);
  for (let next = askAt(payment); next !== null && asked.length < most; next = askAt(payment)) {
    asked.push((next - TEN) / SECOND);
    payment = after(payment, inquiry(payment, at(next)));
  }
  return asked;
}

const askAt = (payment: Payment) => payment.attempts[0]?.askAt ?? null;
const pending: Inquiry = (payment, given) => hear(payment, "att_1", said("Pending"), given);
const silence: Inquiry = (payment, given) => hearNothing(payment, "att_1", given);
const unpaid: Inquiry = (payment, given) => hear(payment, "att_1", saidOfReference("Pending", "UNPAID"), given);
const hours = (list: readonly number[]) => list.map((seconds) => seconds * (SECOND / HOUR));

const MBWAY = [5, 15, 30, 60, 120, 180, 240, 270, 300, 330, HOUR / SECOND, DAY / SECOND];
const IN_DOUBT = [1, 2, 4, 8, 15, 30, 60, 120, 180];

describe("when SIBS is asked", () => {
  it("about MB WAY: after 5, 15, 30, 60, 120, 180, 240, 270, 300 and 330 s, an hour and a day", () => {
    expect(askedAfter(mbwayWaiting(TEN), pending)).toEqual(MBWAY);
  });

  it("about MB WAY that SIBS timed out at four minutes: on as before, for late money", () => {
    const timedOut: Inquiry = (payment, given) =>
      hear(payment, "att_1", said(given.now < TEN + 4 * MINUTE ? "Pending" : "Timeout"), given);
    expect(askedAfter(mbwayWaiting(TEN), timedOut)).toEqual(MBWAY);
  });

  it("about MB WAY of which SIBS does not say how it ended: each minute for an hour after its time, then each hour", () => {
    const asked = askedAfter(mbwayWaiting(TEN), silence);
    expect(asked.slice(0, 10)).toEqual(MBWAY.slice(0, 10));
    const late = asked.slice(10).map((seconds) => (seconds - 330) / 60);
    expect(late.slice(0, 60)).toEqual(Array.from({ length: 60 }, (_, minute) => minute + 1));
    expect(late.slice(60, 64)).toEqual([120, 180, 240, 300]);
  });

  it("about MB WAY that was timed out unread by the merchant's wish, when a whole day brought no answer: each hour", () => {
    const speedy: Inquiry = (payment, given) => hearNothing(payment, "att_1", given, { timeOutUnasked: true });
    const asked = askedAfter(mbwayWaiting(TEN), speedy, 15);
    expect(asked.slice(0, 12)).toEqual(MBWAY);
    expect(hours(asked.slice(12))).toEqual([25, 26, 27]);
  });

  it("about a reference: hourly, then 5 minutes and an hour after its end, and once more a day after it", () => {
    const asked = askedAfter(referenceWaiting(TEN), unpaid);
    expect(hours(asked.slice(0, 3))).toEqual([1, 2, 3]);
    expect(hours(asked.slice(70, 72))).toEqual([71, 72]);
    expect(hours(asked.slice(72))).toEqual([72 + 5 / 60, 73, 96]);
  });

  it("in doubt: after 1, 2, 4, 8, 15 and 30 s, each minute for an hour, then each hour", () => {
    const doubted: Fact[] = [...mbwaySent(TEN), { kind: "attempt_in_doubt", at: TEN, attempt: "att_1" }];
    const asked = askedAfter(doubted, silence);
    expect(asked.slice(0, IN_DOUBT.length)).toEqual(IN_DOUBT);
    expect(hours(asked.slice(64, 70))).toEqual([59 / 60, 1, 2, 3, 4, 5]);
  });

  const unsent = (sent: readonly Fact[]): Fact[] => [
    ...sent,
    {
      kind: "attempt_ended",
      at: TEN + 2 * MINUTE,
      attempt: "att_1",
      status: "failed",
      failure: failure("not_sent"),
    },
  ];
  const minutes = (list: readonly number[]) => list.map((seconds) => seconds / 60);

  it("about a request that counts as never sent: each minute until one that came at the last moment is over, an hour and a day", () => {
    const whole = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 60, 24 * 60];
    expect(minutes(askedAfter(unsent(mbwaySent(TEN)), pending))).toEqual(whole);
    // a last one without an answer is never the last
    expect(minutes(askedAfter(unsent(mbwaySent(TEN)), silence, 16))).toEqual([...whole, 25 * 60]);
  });

  it("in time for the approval of a request that reached the phone although it counted as never sent", () => {
    const checkoutLapses = TEN + 10 * MINUTE;
    const approvedAt = checkoutLapses + 4 * MINUTE;
    const asked: Inquiry = (payment, given) =>
      hear(payment, "att_1", given.now < approvedAt ? said("Pending") : said("Success"), given);
    let payment = paymentAfter(unsent(mbwaySent(TEN)));
    for (let next = askAt(payment); next !== null && payment.status === "open"; next = askAt(payment)) {
      payment = after(payment, asked(payment, at(next)));
    }
    expect(payment).toMatchObject({ status: "paid", paidAt: approvedAt });
  });

  it("again within seconds, when a success was notified that SIBS does not confirm yet", () => {
    const moment = TEN + 6 * SECOND;
    const waiting = paymentAfter(mbwayWaiting(TEN));
    const noticed = notifiedOfAttempt(waiting, "att_1", { notification: "n1", success: true, paid: false }, at(moment));
    expect(askedAfter([...mbwayWaiting(TEN), ...noticed], pending, 6)).toEqual([6, 7, 8, 10, 14, 15]);
    const paid = notifiedOfAttempt(waiting, "att_1", { notification: "n1", success: true, paid: true }, at(moment));
    expect(askedAfter([...mbwayWaiting(TEN), ...paid], pending, 9)).toEqual([6, 7, 8, 10, 14, 21, 36, 66, 126]);
  });
});
