import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { DAY, SECOND } from "../time.ts";
import { meaningOf } from "./report.ts";
import {
  HOUR,
  MINUTE,
  mbwayWaiting,
  paymentAfter,
  referenceWaiting,
  said,
  saidOfReference,
  TEN,
} from "./testing/builders.ts";

const attemptOf = (facts: Parameters<typeof paymentAfter>[0]) => {
  const [attempt] = paymentAfter(facts).attempts;
  if (attempt === undefined) throw new Error("no attempt");
  return attempt;
};
const phone = attemptOf(mbwayWaiting(TEN));
const reference = attemptOf(referenceWaiting(TEN));
const soon = TEN + MINUTE;

describe("what SIBS says, and what it means", () => {
  it("Success with PURS is approved", () => {
    expect(meaningOf(said("Success"), phone, soon)).toEqual({ kind: "approved", amount: 550, hold: false });
  });

  it.each(["AUTH", "MITR"])("Success with %s is approved, a hold", (paymentType) => {
    expect(meaningOf(said("Success", { paymentType }), phone, soon)).toEqual({
      kind: "approved",
      amount: 550,
      hold: true,
    });
  });

  it("Partial wants the browser to do something, which only the answer can say", () => {
    const action = {
      id: "a1",
      type: "3ds_challenge" as const,
      url: "https://issuer.example/acs",
      fields: { creq: "x" },
    };
    expect(meaningOf(said("Partial", { source: "answer", action }), phone, soon)).toEqual({ kind: "action", action });
    expect(meaningOf(said("Partial"), phone, soon).kind).toBe("nothing");
    const doubted = { ...phone, inDoubt: true };
    expect(meaningOf(said("Partial"), doubted, soon).kind).toBe("not_arrived");
  });

  it("a reference's Success is approved only with PAID", () => {
    expect(meaningOf(saidOfReference("Success", "PAID"), reference, soon).kind).toBe("approved");
    expect(meaningOf(saidOfReference("Success", "UNPAID"), reference, soon).kind).toBe("nothing");
    expect(meaningOf(saidOfReference("Success", "CANC"), reference, soon).kind).toBe("nothing");
    expect(meaningOf(said("Success", { paymentType: "PREF" }), reference, soon).kind).toBe("nothing");
    expect(meaningOf(said("Success", { paymentType: "PURS" }), reference, soon).kind).toBe("nothing");
  });

  it.each(["CPRF", "RFND", "CAUT", "RVSL", "CMBW", "CAPT", "XXXX"])(
    "Success of type %s says nothing about the payment",
    (paymentType) => {
      expect(meaningOf(said("Success", { paymentType }), phone, soon).kind).toBe("nothing");
    },
  );

  it("a purchase's own Success does not say of what kind it is: the status is asked", () => {
    expect(meaningOf(said("Success", { source: "answer", paymentType: null }), phone, soon).kind).toBe("ask_again");
  });

  it.each(["Pending", "InProcessing"])("%s is pending", (paymentStatus) => {
    expect(meaningOf(said(paymentStatus), phone, soon)).toEqual({ kind: "pending", known: true });
  });

  it("a reference that ended has failed with no code of SIBS: its 000 says that the inquiry went well", () => {
    const lapsed = meaningOf(saidOfReference("Pending", "UNPAID"), reference, TEN + 4 * DAY);
    expect(lapsed).toMatchObject({ status: "expired", failure: { reason: "reference_expired", code: null } });
  });

  it("Pending with a cancelled reference is canceled", () => {
    expect(meaningOf(saidOfReference("Pending", "CANC"), reference, soon)).toMatchObject({ status: "canceled" });
  });

  it("Pending without a method means that the call has not arrived", () => {
    expect(meaningOf(said("Pending", { paymentMethod: null }), phone, soon).kind).toBe("not_arrived");
  });

  it("Declined is declined, in the customer's own words", () => {
    const refused = meaningOf(said("Declined", { code: "E0500" }), phone, soon);
    expect(refused).toMatchObject({ status: "declined", failure: { reason: "declined_by_customer", code: "E0500" } });
    const unknown = meaningOf(said("Declined", { code: "E0506" }), phone, soon);
    expect(unknown).toMatchObject({ status: "declined", failure: { reason: "unknown_phone", next: "other_phone" } });
  });

  it.each(["E0500", "00.110.1601"])("Declined with %s after four minutes was not answered", (code) => {
    const late = TEN + 4 * MINUTE;
    expect(meaningOf(said("Declined", { code }), phone, late - 1)).toMatchObject({ status: "declined" });
    expect(meaningOf(said("Declined", { code }), phone, late)).toMatchObject({ status: "timed_out" });
    expect(meaningOf(said("Declined", { code: "E0113" }), phone, late)).toMatchObject({ status: "declined" });
  });

  it("Timeout is timed out, Error failed, Expired expired", () => {
    expect(meaningOf(said("Timeout", { code: "999" }), phone, soon)).toMatchObject({ status: "timed_out" });
    expect(meaningOf(said("Error"), phone, soon)).toMatchObject({ status: "failed" });
    expect(meaningOf(said("Expired"), reference, soon)).toMatchObject({ status: "expired" });
  });

  it("a reference is expired when it is unpaid one hour after its end, not before", () => {
    const end = TEN + 3 * DAY;
    expect(meaningOf(saidOfReference("Pending", "UNPAID"), reference, end + HOUR - SECOND).kind).toBe("pending");
    expect(meaningOf(saidOfReference("Pending", "UNPAID"), reference, end + HOUR)).toMatchObject({ status: "expired" });
  });

  it("anything unknown is pending, and known to be unknown", () => {
    expect(meaningOf(said("Annulled"), phone, soon)).toEqual({ kind: "pending", known: false });
  });

  it("an amount that is not said is the one asked for; one that cannot be read is none", () => {
    expect(meaningOf(said("Success", { amount: null }), phone, soon)).toMatchObject({ kind: "approved", amount: 550 });
    expect(meaningOf(said("Success", { amount: "unreadable" }), phone, soon)).toMatchObject({
      kind: "approved",
      amount: null,
    });
  });

  it("the amount is what SIBS says, not what was asked", () => {
    expect(meaningOf(said("Success", { amount: cents(1) }), phone, soon)).toEqual({
      kind: "approved",
      amount: 1,
      hold: false,
    });
  });
});
