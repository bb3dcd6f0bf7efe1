import { describe, expect, it } from "vitest";
import { bringUpMandate } from "./mandates/stored-mandate.ts";
import { bringUpPayment } from "./stored-payment.ts";
import { paymentAfter } from "./testing/builders.ts";

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

  it("of a mandate likewise", () => {
    expect(() => bringUpMandate({ id: "man_1" })).toThrow(
      "the stored mandate man_1 is of a shape that this version does not know (no authorizeToken): run the version that wrote it, or a newer one",
    );
  });
});
