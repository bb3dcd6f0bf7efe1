import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readInquiry, readNotifiedMandate } from "./mandate.ts";
import { cents, eurosText } from "./money.ts";
import { exampleMandateInquiryResponse } from "./protocol/mandate.ts";
import { exampleMandateNotification } from "./protocol/notification.ts";

const { mbwayMandate } = exampleMandateNotification;

/** The documented mandate with some of it changed, as an answer and as a notification tell it. */
function bothWays(changes: { limit?: unknown; end?: unknown; type?: unknown }) {
  const wire = { ...exampleMandateInquiryResponse.mandate, amountLimit: changes.limit, mandateType: changes.type };
  const mandate = { ...wire, mandateExpirationDate: changes.end };
  const notified = { ...mbwayMandate, mandateAmountLimit: changes.limit, mandateType: changes.type };
  return [
    readInquiry({ ...exampleMandateInquiryResponse, mandate }, 200)?.mandate,
    readNotifiedMandate({ ...notified, mandateExpirationDate: changes.end }),
  ];
}

describe("a mandate, told by an answer or by a notification", () => {
  it("has the limit that SIBS tells, whether as a number or as text", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), fc.boolean(), (amount, asText) => {
        const text = eurosText(cents(amount));
        const limit = { value: asText ? text : Number(text), currency: "EUR" };
        for (const read of bothWays({ limit })) expect(read).toMatchObject({ limit: amount });
      }),
    );
  });

  it.each([
    undefined,
    null,
    100,
    "100.00",
    { value: "1,00" },
    { value: -1 },
    { value: "1.005" },
    { value: 5, currency: "USD" },
  ])("has no limit that could be misread: %j", (limit) => {
    for (const read of bothWays({ limit })) expect(read).toMatchObject({ limit: null });
  });

  it("is good until the day that SIBS tells, whatever follows it", () => {
    const days = fc.date({ min: new Date("2000-01-01"), max: new Date("2999-12-31"), noInvalidDate: true });
    const tails = fc.constantFrom("", "T00:00:00.000Z", "T23:59:59+01:00", " 00:00", "Z", "+00:00");
    fc.assert(
      fc.property(days, tails, (date, tail) => {
        const validUntil = date.toISOString().slice(0, 10);
        for (const read of bothWays({ end: validUntil + tail })) expect(read).toMatchObject({ validUntil });
      }),
    );
  });

  it.each([undefined, null, 20271231, "", "2027-02-29", "2027-13-01", "2027-12-311", "31-12-2027", "20271231", {}])(
    "has no end that the calendar does not have: %j",
    (end) => {
      for (const read of bothWays({ end })) expect(read).toMatchObject({ validUntil: null });
    },
  );

  it.each([
    ["SUBSCRIPTION", "SUBSCRIPTION"],
    ["SBSC", "SUBSCRIPTION"],
    ["ONECLICK", "ONECLICK"],
    ["ONCE", null],
    [undefined, null],
  ])("is of the kind that SIBS means by %s", (type, expected) => {
    for (const read of bothWays({ type })) expect(read).toMatchObject({ type: expected });
  });

  it("is not there without its id", () => {
    expect(readNotifiedMandate({ ...mbwayMandate, mandateIdentification: undefined })).toBeNull();
    expect(readNotifiedMandate("03170048986451307711")).toBeNull();
  });
});
