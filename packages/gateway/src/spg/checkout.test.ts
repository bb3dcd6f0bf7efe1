import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleFullCheckoutRequest } from "../../../sibs/src/protocol/checkout.ts";
import { checkoutBody, type Json, type TestGateway, testGateway } from "../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

/** Sets the member at that path. */
const having =
  (path: string, value: unknown): Change =>
  (body) => {
    const { holder, name } = at(body, path);
    holder[name] = value;
  };

/** Removes the member at that path. */
const without =
  (path: string): Change =>
  (body) => {
    const { holder, name } = at(body, path);
    delete holder[name];
  };

type Change = (body: Json) => void;

function at(body: Json, path: string): { holder: Json; name: string } {
  const names = path.split(".");
  const name = names.pop() ?? "";
  return { holder: names.reduce((holder, one) => holder[one], body), name };
}

/** The usual request after a change. */
async function refused(change: Change) {
  const body = checkoutBody(await gateway.now());
  change(body);
  return gateway.spg("/payments", { body });
}

describe("a checkout", () => {
  it("takes all complex types of SIBS's guide at once", async () => {
    const { status, body } = await gateway.spg("/payments", { body: exampleFullCheckoutRequest });
    expect(status).toBe(200);
    expect(body.amount).toEqual({ value: 5, currency: "EUR" });
    expect(body.paymentMethodList).toEqual(["REFERENCE", "CARD", "MBWAY"]);
  });

  it("lists every method of the terminal when none is asked for, as programs do to check their credentials", async () => {
    const { body } = await gateway.checkout({ methods: [], reference: null });
    expect(body.paymentMethodList).toEqual(["CARD", "MBWAY", "REFERENCE"]);
  });

  it("lists what was asked for and is agreed for the terminal", async () => {
    const { body } = await gateway.checkout({ methods: ["QRCODE", "MBWAY", "XPAY"], reference: null });
    expect(body.paymentMethodList).toEqual(["MBWAY"]);
  });

  it("is a new transaction each time, however often its merchantTransactionId was used", async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, () => gateway.checkout({ merchantTransactionId: "OrderID" })),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(20);
  });

  it("takes a finalDatetime that is past, and refuses only the reference", async () => {
    const now = await gateway.now();
    const made = await gateway.checkout({
      reference: { from: new Date(now.getTime() - 9e6), to: new Date(now.getTime() - 1) },
    });
    const { status, body } = await gateway.generate(made);
    expect(status).toBe(400);
    expect(body.returnStatus.statusDescription).toContain("paymentReference.finalDatetime");
  });

  it("takes an amount of 0 only to register a card: AUTH, with merchantInitiatedTransaction UCOF", async () => {
    const body = checkoutBody(await gateway.now(), {
      amount: 0,
      paymentType: "AUTH",
      methods: ["CARD"],
      reference: null,
    });
    expect((await gateway.spg("/payments", { body })).status).toBe(400);
    body.merchantInitiatedTransaction = { type: "UCOF", amountQualifier: "DEFAULT" };
    expect((await gateway.spg("/payments", { body })).status).toBe(200);
  });
});

describe("a checkout that is not as it should be is refused with 400 and the field's name:", () => {
  const cases: [string, string, Change][] = [
    ["a missing merchant", "merchant", without("merchant")],
    ["a missing terminalId", "merchant.terminalId", without("merchant.terminalId")],
    ["a terminalId that is no number", "merchant.terminalId", having("merchant.terminalId", "five")],
    ["a missing channel", "merchant.channel", without("merchant.channel")],
    ["an unknown channel", "merchant.channel", having("merchant.channel", "fax")],
    ["a missing merchantTransactionId", "merchant.merchantTransactionId", without("merchant.merchantTransactionId")],
    [
      "a merchantTransactionId of 36 characters",
      "merchant.merchantTransactionId",
      having("merchant.merchantTransactionId", "x".repeat(36)),
    ],
    [
      "a merchantTransactionId that is a number",
      "merchant.merchantTransactionId",
      having("merchant.merchantTransactionId", 17),
    ],
    ["a missing transaction", "transaction", without("transaction")],
    ["a missing transactionTimestamp", "transaction.transactionTimestamp", without("transaction.transactionTimestamp")],
    [
      "a transactionTimestamp in words",
      "transaction.transactionTimestamp",
      having("transaction.transactionTimestamp", "Current Date"),
    ],
    [
      "a 30th of February",
      "transaction.transactionTimestamp",
      having("transaction.transactionTimestamp", "2026-02-30T10:00:00.000Z"),
    ],
    ["a missing description", "transaction.description", without("transaction.description")],
    ["a description of 71 characters", "transaction.description", having("transaction.description", "x".repeat(71))],
    ["moto in words", "transaction.moto", having("transaction.moto", "false")],
    ["a missing paymentType", "transaction.paymentType", without("transaction.paymentType")],
    ["an unknown paymentType", "transaction.paymentType", having("transaction.paymentType", "PREF")],
    ["a missing amount", "transaction.amount", without("transaction.amount")],
    ["an amount in words", "transaction.amount.value", having("transaction.amount.value", "5.50")],
    ["an amount with three decimals", "transaction.amount.value", having("transaction.amount.value", 5.501)],
    ["an amount of 0", "transaction.amount.value", having("transaction.amount.value", 0)],
    ["a negative amount", "transaction.amount.value", having("transaction.amount.value", -5)],
    ["an amount beyond 999,999.99", "transaction.amount.value", having("transaction.amount.value", 1_000_000)],
    ["an amount that is hardly one", "transaction.amount.value", having("transaction.amount.value", 1e-7)],
    ["another currency", "transaction.amount.currency", having("transaction.amount.currency", "USD")],
    ["a missing currency", "transaction.amount.currency", without("transaction.amount.currency")],
    ["a paymentMethod that is no list", "transaction.paymentMethod", having("transaction.paymentMethod", "MBWAY")],
    ["an unknown paymentMethod", "transaction.paymentMethod[1]", having("transaction.paymentMethod", ["CARD", "CASH"])],
    ["no method that the terminal has", "transaction.paymentMethod", having("transaction.paymentMethod", ["XPAY"])],
    ["REFERENCE without paymentReference", "transaction.paymentReference", without("transaction.paymentReference")],
    [
      "a paymentReference without entity",
      "transaction.paymentReference.entity",
      without("transaction.paymentReference.entity"),
    ],
    [
      "an entity of four digits",
      "transaction.paymentReference.entity",
      having("transaction.paymentReference.entity", "2400"),
    ],
    [
      "a maxAmount below minAmount",
      "transaction.paymentReference.maxAmount",
      having("transaction.paymentReference.maxAmount.value", 1),
    ],
    [
      "a finalDatetime before initialDatetime",
      "transaction.paymentReference.finalDatetime",
      having("transaction.paymentReference.finalDatetime", "2020-01-01T00:00:00.000Z"),
    ],
    ["customer inside transaction", "transaction.customer", having("transaction.customer", {})],
    ["mandate inside transaction", "transaction.mandate", having("transaction.mandate", {})],
    [
      "merchantInitiatedTransaction inside transaction",
      "transaction.merchantInitiatedTransaction",
      having("transaction.merchantInitiatedTransaction", {}),
    ],
    ["customer inside merchant", "merchant.customer", having("merchant.customer", {})],
    ["paymentReference outside transaction", "paymentReference", having("paymentReference", {})],
    [
      "a customerName of 46 characters",
      "customer.customerInfo.customerName",
      having("customer", { customerInfo: { customerName: "x".repeat(46) } }),
    ],
    [
      "a city of 36 characters",
      "customer.customerInfo.billingAddress.city",
      having("customer", {
        customerInfo: {
          billingAddress: { street1: "Rua 123", city: "x".repeat(36), postcode: "000000", country: "PT" },
        },
      }),
    ],
    [
      "a country that is no code",
      "customer.customerInfo.shippingAddress.country",
      having("customer", {
        customerInfo: {
          shippingAddress: { street1: "Rua 123", city: "Lisboa", postcode: "000000", country: "Portugal" },
        },
      }),
    ],
    [
      "an unknown amountQualifier",
      "recurringTransaction.amountQualifier",
      having("recurringTransaction", {
        validityDate: "2027-09-28T17:37:31.4095147+00:00",
        amountQualifier: "SOME",
        description: "x",
      }),
    ],
    [
      "a validityDate that is none",
      "recurringTransaction.validityDate",
      having("recurringTransaction", { validityDate: "soon", amountQualifier: "DEFAULT", description: "x" }),
    ],
    [
      "tokeniseCard in words",
      "tokenisation.tokenisationRequest.tokeniseCard",
      having("tokenisation", { tokenisationRequest: { tokeniseCard: "yes" } }),
    ],
  ];

  it.each(cases)("%s", async (_what, field, change) => {
    const { status, body } = await refused(change);
    expect(status).toBe(400);
    expect(body.returnStatus.statusDescription.split(" ")[0]).toBe(field);
    expect(body.returnStatus).toMatchObject({ statusCode: "E0002", statusMsg: "Bad Request" });
    expect(body.execution.endTime).toMatch(/Z$/);
  });
});
