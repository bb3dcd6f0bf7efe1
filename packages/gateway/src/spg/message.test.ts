import * as examples from "@caravela/sibs/examples";
import Type from "typebox";
import { describe, expect, it } from "vitest";
import { message } from "./message.ts";
import * as messages from "./messages.ts";
import { Refusal } from "./refusals.ts";

const Sample = Type.Object({
  first: Type.Object({ inner: Type.String(), list: Type.Optional(Type.Array(Type.Object({ word: Type.String() }))) }),
  second: Type.Optional(Type.Integer({ minimum: 1 })),
  third: Type.Optional(Type.Union([Type.Literal("A"), Type.Literal("B")])),
});

/** The code and the words of the refusal. */
function refused(read: (body: unknown) => unknown, body: unknown): string {
  try {
    return `taken: ${JSON.stringify(read(body))}`;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `${error.statusCode} ${error.message}`;
  }
}

describe("a message", () => {
  const read = message(Sample, {
    "first.inner": {
      is: { pattern: "^[a-z]+$" },
      codes: { missing: "E1", malformed: "E2" },
      says: "is not lower case",
    },
    "first.list": { is: { maxItems: 2 } },
    "first.second": { belongs: "at the top" },
  });

  it("is read without what nobody knows and what is null", () => {
    expect(read({ first: { inner: "x", more: 1, list: null }, second: null, fourth: {} })).toEqual({
      first: { inner: "x" },
    });
  });

  it.each([
    [undefined, "E0002 The body is missing"],
    ["text", "E0002 The body must be an object"],
    [{}, "E0002 first is missing"],
    [{ first: [] }, "E0002 first must be an object"],
    [{ first: {} }, "E1 first.inner is missing"],
    [{ first: { inner: null } }, "E1 first.inner is missing"],
    [{ first: { inner: 17 } }, "E1 first.inner must be text"],
    [{ first: { inner: "X" } }, "E2 first.inner is not lower case"],
    [{ first: { inner: "x", list: [{ word: "a" }, {}] } }, "E0002 first.list[1].word is missing"],
    [{ first: { inner: "x", list: [{}, {}, {}] } }, "E0002 first.list has more than 2 elements"],
    [{ first: { inner: "x", list: [{ word: "\ud800" }] } }, "E0002 first.list[0].word holds a character that is none"],
    [{ first: { inner: "x", second: null } }, "E0002 first.second is misplaced: it belongs at the top"],
    [{ first: { inner: "x" }, second: 1.5 }, "E0002 second must be a whole number from 1"],
    [{ first: { inner: "x" }, second: 0 }, "E0002 second must be a whole number from 1"],
    [{ first: { inner: "x" }, third: "C" }, "E0002 third must be one of A, B"],
    [{ first: { inner: "x" }, third: 1 }, "E0002 third must be text"],
  ])("that is %j is refused: %s", (body, words) => {
    expect(refused(read, body)).toBe(words);
  });

  it("is refused for what is first in the schema's order, missing or malformed", () => {
    expect(refused(read, { second: 0 })).toContain("first is missing");
    expect(refused(read, { first: { list: [{}] }, second: 0 })).toContain("first.inner is missing");
    expect(refused(read, { second: 0, third: 0, first: { inner: "x", list: [{ word: 1 }] } })).toContain(
      "first.list[0].word must be text",
    );
  });

  it("has no deviation of a member that its schema does not have", () => {
    expect(() => message(Sample, { "first.innner": { unread: true } })).toThrow("first.innner");
    expect(() => message(Sample, { "elsewhere.second": { belongs: "at the top" } })).toThrow("elsewhere.second");
  });
});

describe("SIBS's own messages, and those met in production,", () => {
  it.each<[string, (body: unknown) => object, object]>([
    ["exampleCheckoutRequest", messages.readCheckout, examples.exampleCheckoutRequest],
    ["exampleFullCheckoutRequest", messages.readCheckout, examples.exampleFullCheckoutRequest],
    ["exampleUnscheduledCheckoutRequest", messages.readCheckout, examples.exampleUnscheduledCheckoutRequest],
    ["exampleMandateCheckoutRequest", messages.readCheckout, examples.exampleMandateCheckoutRequest],
    ["exampleMbwayPurchaseRequest", messages.readPhone, examples.exampleMbwayPurchaseRequest],
    ["exampleMandatePurchaseRequest", messages.readMandateUse, examples.exampleMandatePurchaseRequest],
    ["exampleCardPurchaseRequest", messages.readCardPurchase, examples.exampleCardPurchaseRequest],
    ["exampleCardContinuationRequest", messages.readAction, examples.exampleCardContinuationRequest],
    ["exampleTokenPurchaseRequest", messages.readTokenPurchase, examples.exampleTokenPurchaseRequest],
    ["exampleOperationRequest", messages.readOperation, examples.exampleOperationRequest],
    ["exampleCaptureRequest", messages.readCapture, examples.exampleCaptureRequest],
    ["exampleMitRequest", messages.readCharge, examples.exampleMitRequest],
    ["exampleMandateCreationRequest", messages.readMandateCreation, examples.exampleMandateCreationRequest],
    ["exampleMandateCancellationRequest", messages.readMandateCancellation, examples.exampleMandateCancellationRequest],
  ])("are taken: %s", (_name, read, example) => {
    expect(example).toMatchObject(read(example));
  });
});
