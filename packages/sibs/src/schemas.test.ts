import { Ajv } from "ajv";
import type { Static, TSchema } from "typebox";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as examples from "./examples.ts";
import type * as wire from "./index.ts";
import * as schemas from "./schemas.ts";

const messages: Readonly<Record<string, unknown>> = { ...examples };

const ajv = new Ajv({ strict: true, allowUnionTypes: true });

/** What a schema says of a message: nothing when it fits, else the members at fault. */
function faults(schema: TSchema, message: unknown): string[] {
  const validate = ajv.compile(schema);
  if (validate(message)) return [];
  return (validate.errors ?? []).map(({ instancePath, params }) =>
    "missingProperty" in params ? `${instancePath}/${params.missingProperty}` : instancePath,
  );
}

/** The seed's checkout with some of its transaction changed. */
function checkoutWith(transaction: Record<string, unknown>): unknown {
  const { merchant, transaction: seeds } = examples.exampleCheckoutRequest;
  return { merchant, transaction: { ...seeds, ...transaction } };
}

/** The seed's checkout with some of its merchant changed. */
function merchantWith(merchant: Record<string, unknown>): unknown {
  const { transaction, merchant: seeds } = examples.exampleCheckoutRequest;
  return { merchant: { ...seeds, ...merchant }, transaction };
}

describe("the schemas", () => {
  it("say the same as the types written by hand", () => {
    expectTypeOf<Static<typeof schemas.CheckoutRequestSchema>>().toEqualTypeOf<wire.CheckoutRequest>();
    expectTypeOf<Static<typeof schemas.CheckoutResponseSchema>>().toEqualTypeOf<wire.CheckoutResponse>();
    expectTypeOf<Static<typeof schemas.FormContextSchema>>().toEqualTypeOf<wire.FormContext>();
    expectTypeOf<Static<typeof schemas.RefusalSchema>>().toEqualTypeOf<wire.Refusal>();
    expectTypeOf<Static<typeof schemas.MbwayPurchaseRequestSchema>>().toEqualTypeOf<wire.MbwayPurchaseRequest>();
    expectTypeOf<Static<typeof schemas.MbwayPurchaseResponseSchema>>().toEqualTypeOf<wire.MbwayPurchaseResponse>();
    expectTypeOf<
      Static<typeof schemas.GenerateReferenceRequestSchema>
    >().toEqualTypeOf<wire.GenerateReferenceRequest>();
    expectTypeOf<
      Static<typeof schemas.GenerateReferenceResponseSchema>
    >().toEqualTypeOf<wire.GenerateReferenceResponse>();
    expectTypeOf<Static<typeof schemas.OperationRequestSchema>>().toEqualTypeOf<wire.OperationRequest>();
    expectTypeOf<Static<typeof schemas.OperationResponseSchema>>().toEqualTypeOf<wire.OperationResponse>();
    expectTypeOf<Static<typeof schemas.StatusResponseSchema>>().toEqualTypeOf<wire.StatusResponse>();
    expectTypeOf<Static<typeof schemas.NotificationSchema>>().toEqualTypeOf<wire.Notification>();
    expectTypeOf<
      Static<typeof schemas.NotificationAcknowledgementSchema>
    >().toEqualTypeOf<wire.NotificationAcknowledgement>();
  });

  it.each([
    ["exampleCheckoutRequest", schemas.CheckoutRequestSchema],
    ["exampleFullCheckoutRequest", schemas.CheckoutRequestSchema],
    ["exampleCheckoutResponse", schemas.CheckoutResponseSchema],
    ["exampleMbwayPurchaseRequest", schemas.MbwayPurchaseRequestSchema],
    ["exampleMbwayPurchaseResponse", schemas.MbwayPurchaseResponseSchema],
    ["exampleGenerateReferenceRequest", schemas.GenerateReferenceRequestSchema],
    ["exampleGenerateReferenceResponse", schemas.GenerateReferenceResponseSchema],
    ["exampleOperationRequest", schemas.OperationRequestSchema],
    ["exampleDeclinedRefundResponse", schemas.OperationResponseSchema],
    ["exampleStatusResponse", schemas.StatusResponseSchema],
    ["exampleReferenceStatusResponse", schemas.StatusResponseSchema],
    ["exampleNotification", schemas.NotificationSchema],
    ["exampleReferencePaidNotification", schemas.NotificationSchema],
    ["exampleAcknowledgement", schemas.NotificationAcknowledgementSchema],
  ])("take %s as it was written", (name, schema) => {
    expect(faults(schema, messages[name])).toEqual([]);
  });

  it("have an example for each message", () => {
    expect(Object.keys(messages)).toHaveLength(14);
  });

  it("take the seed's form context", () => {
    const context: unknown = JSON.parse(atob(examples.exampleCheckoutResponse.formContext));
    expect(faults(schemas.FormContextSchema, context)).toEqual([]);
    expect(context).toMatchObject({ TransactionSignature: examples.exampleCheckoutResponse.transactionSignature });
  });

  it.each([
    "2023-11-09T10:31:44.989Z",
    "2022-09-28T17:37:31.4095147+00:00",
    "2025-09-12T07:50:33.050874763Z",
    "2025-09-12T08:50:33.284+01:00",
    "2025-09-12T08:50:33.284+0100",
    "2026-03-12T10:48:44Z",
    "2026-03-12T10:48:44.123456",
    "2026-03-12T10:48",
  ])("take the time %s", (transactionTimestamp) => {
    expect(faults(schemas.CheckoutRequestSchema, checkoutWith({ transactionTimestamp }))).toEqual([]);
  });

  it("take a terminal id as number or text, unknown members, no moto, any list of methods", () => {
    expect(faults(schemas.CheckoutRequestSchema, merchantWith({ terminalId: "52221", shopURL: "x" }))).toEqual([]);
    const { moto, ...without } = examples.exampleCheckoutRequest.transaction;
    expect(moto).toBe(false);
    const request = { ...examples.exampleCheckoutRequest, transaction: { ...without, paymentMethod: [] }, more: {} };
    expect(faults(schemas.CheckoutRequestSchema, request)).toEqual([]);
  });

  it.each([
    [checkoutWith({ amount: { value: "5.50", currency: "EUR" } }), "/transaction/amount/value"],
    [checkoutWith({ amount: { value: -1, currency: "EUR" } }), "/transaction/amount/value"],
    [checkoutWith({ amount: { value: 5, currency: "USD" } }), "/transaction/amount/currency"],
    [checkoutWith({ amount: { currency: "EUR" } }), "/transaction/amount/value"],
    [checkoutWith({ transactionTimestamp: "yesterday" }), "/transaction/transactionTimestamp"],
    [checkoutWith({ description: "x".repeat(71) }), "/transaction/description"],
    [checkoutWith({ moto: "false" }), "/transaction/moto"],
    [checkoutWith({ paymentType: "PREF" }), "/transaction/paymentType"],
    [checkoutWith({ paymentMethod: "CARD" }), "/transaction/paymentMethod"],
    [checkoutWith({ paymentReference: {} }), "/transaction/paymentReference/initialDatetime"],
    [merchantWith({ terminalId: "one" }), "/merchant/terminalId"],
    [merchantWith({ merchantTransactionId: "x".repeat(36) }), "/merchant/merchantTransactionId"],
    [merchantWith({ merchantTransactionId: "" }), "/merchant/merchantTransactionId"],
    [{ merchant: examples.exampleCheckoutRequest.merchant }, "/transaction"],
    [
      { ...examples.exampleCheckoutRequest, customer: { customerInfo: { customerName: "x".repeat(46) } } },
      "/customer/customerInfo/customerName",
    ],
    [
      { ...examples.exampleCheckoutRequest, tokenisation: { tokenisationRequest: { tokeniseCard: "yes" } } },
      "/tokenisation/tokenisationRequest/tokeniseCard",
    ],
    [
      {
        ...examples.exampleFullCheckoutRequest,
        recurringTransaction: {
          validityDate: "2022-09-28T17:37:31.4095147+00:00",
          amountQualifier: "OTHER",
          description: "",
        },
      },
      "/recurringTransaction/amountQualifier",
    ],
  ])("refuse a checkout and name the member: case %#", (request, member) => {
    expect(faults(schemas.CheckoutRequestSchema, request)).toContain(member);
  });
});
