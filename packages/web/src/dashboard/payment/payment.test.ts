import { describe, expect, it } from "vitest";
import { paid } from "../../../gallery/sample-payments.ts";
import type { JournalLine } from "../api/happenings.ts";
import type { Operation, Payment } from "../api/payments.ts";
import { ACTIONS } from "./actions.ts";
import { capturableOf, fundingOf, partsOf, refundableOf } from "./money.ts";
import { nextOf } from "./next.ts";
import { timelineOf } from "./timeline.ts";

const unpaid: Payment = {
  ...paid,
  status: "open",
  amountAuthorized: 0,
  amountCaptured: 0,
  amountRefunded: 0,
  refunds: [],
  fundedBy: null,
  attempts: [],
  paidAt: null,
};
const [declined, byReference] = paid.attempts;
const refund = paid.refunds[0] as Operation;
const nextKinds = (payment: Payment, journal: JournalLine[] = []) => nextOf(payment, journal).map(({ kind }) => kind);

describe("what happens next by itself", () => {
  const waiting = { ...byReference, status: "pending" } as Payment["attempts"][number];
  const onPhone = { ...declined, status: "pending", expiresAt: "2026-11-27T09:35:04Z" } as Payment["attempts"][number];
  it.each<[string, Payment, string[]]>([
    ["paid", paid, ["nothing"]],
    ["unpaid", unpaid, ["open"]],
    ["a request on a phone", { ...unpaid, status: "pending", attempts: [onPhone] }, ["phone"]],
    ["a reference", { ...unpaid, status: "pending", attempts: [waiting] }, ["reference"]],
    ["a lost answer", { ...unpaid, status: "pending", attempts: [{ ...onPhone, inDoubt: true }] }, ["in_doubt"]],
    ["a refund under way", { ...paid, refunds: [{ ...refund, status: "pending" }] }, ["operation"]],
    ["a refund in doubt", { ...paid, refunds: [{ ...refund, status: "in_doubt" }] }, ["operation_in_doubt"]],
    ["held", { ...paid, status: "authorized", capture: "manual", amountCaptured: 0, amountRefunded: 0 }, ["held"]],
    ["expired", { ...unpaid, status: "expired" }, ["late_refund"]],
    ["canceled, and late money accepted", { ...unpaid, status: "canceled", latePayments: "accept" }, ["late_accept"]],
  ])("%s", (_name, payment, kinds) => {
    expect(nextKinds(payment)).toEqual(kinds);
  });

  it("is a plan's next charge while it is put off, and not once it was given up", () => {
    const planned = { ...unpaid, plan: { id: "plan_1", period: 2, date: "2026-11-27" } };
    const line = { number: 1, at: "2026-11-27T09:00:00Z", by: null, text: "" };
    const putOff = { ...line, kind: "charge_put_off", data: { until: "2026-11-28T09:00:00Z" } };
    const stopped = { ...line, kind: "charges_stopped", data: {} };
    expect(nextOf(planned, [putOff])[0]).toEqual({ kind: "charge", at: "2026-11-28T09:00:00Z" });
    expect(nextKinds(planned, [putOff, stopped])).toEqual(["open"]);
  });
});

describe("the money", () => {
  it("adds up to what was asked for, whatever became of it", () => {
    const sums = [
      [0, 0, 0, 0],
      [4_950, 4_950, 0, 1_200],
      [4_950, 2_000, 950, 500],
      [4_950, 0, 4_950, 0],
    ] as const;
    for (const [amountAuthorized, amountCaptured, amountReleased, amountRefunded] of sums) {
      const parts = partsOf({ ...paid, amountAuthorized, amountCaptured, amountReleased, amountRefunded });
      expect(Object.values(parts).reduce((sum, part) => sum + part)).toBe(4_950);
      expect(Math.min(...Object.values(parts))).toBeGreaterThanOrEqual(0);
    }
  });

  it("that is on its way back, or may be, can not be refunded again; what failed can", () => {
    const also = (status: Operation["status"], reason: Operation["reason"] = "requested") =>
      refundableOf({ ...paid, refunds: [refund, { ...refund, id: "rfd_2", amount: 1_000, status, reason }] });
    expect(["pending", "in_doubt"].map((status) => also(status as Operation["status"]))).toEqual([2_750, 2_750]);
    expect([also("failed"), also("in_doubt", "late")]).toEqual([3_750, 3_750]);
  });

  it("that is held can be captured, but what is being captured already", () => {
    const held = {
      ...paid,
      amountCaptured: 0,
      amountRefunded: 0,
      captures: [{ ...refund, status: "pending" as const }],
    };
    expect(capturableOf(held)).toBe(3_750);
    expect(capturableOf(paid)).toBe(0);
  });
});

describe("the timeline", () => {
  it("tells the story, keeps technical steps together, and what it does not know it tells", () => {
    const kinds = ["payment_created", "attempt_submitted", "attempt_asked", "a_new_kind", "attempt_asked"];
    const journal = kinds.map((kind, index) => ({
      number: index + 1,
      at: "2026-11-27T23:30:00Z",
      kind,
      by: null,
      text: kind,
      data: {},
    }));
    const [day, ...others] = timelineOf(paid, journal, "en");
    expect(others).toEqual([]);
    expect(day?.day).toBe("Friday, 27 November 2026");
    expect(day?.pieces.map((piece) => (piece.is === "told" ? piece.told.line.kind : piece.steps.length))).toEqual([
      "payment_created",
      2,
      "a_new_kind",
      1,
    ]);
  });
});

it("what can be done follows from how it stands", () => {
  const possible = (payment: Payment) =>
    ACTIONS.filter(({ isPossible }) => isPossible(payment)).map(({ kind }) => kind);
  expect(possible(paid)).toEqual(["refund"]);
  expect(possible(unpaid)).toEqual(["ask_phone", "new_reference", "cancel"]);
  expect(possible({ ...paid, status: "authorized", amountCaptured: 0, amountRefunded: 0 })).toEqual([
    "capture",
    "release",
  ]);
});

it("of a payment that was paid twice, the try is shown whose money it has, and not the one that goes back", () => {
  const twice = paid.attempts.map((one) => ({ ...one, status: "approved" as const }));
  for (const { id } of twice) expect(fundingOf({ ...paid, attempts: twice, fundedBy: id })?.id).toBe(id);
  expect(fundingOf(unpaid)).toBeUndefined();
});
