import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, payAtAtm, read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
const DAY = 86_400_000;

describe("what the API shows", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  it("of a new payment is everything, null where nothing is known", async () => {
    const { status, body } = await stage.api("POST", "/v1/payments", {
      amount: 550,
      currency: "EUR",
      reference: "order-17",
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^pay_[0-9a-z]{20}$/),
      terminal: "52221",
      status: "open",
      amount: 550,
      currency: "EUR",
      amountAuthorized: 0,
      amountCaptured: 0,
      amountReleased: 0,
      amountRefunded: 0,
      reference: "order-17",
      description: null,
      methods: ["mbway", "multibanco"],
      capture: "automatic",
      latePayments: "refund",
      overlap: "refuse",
      customer: null,
      mandates: [],
      mandate: null,
      plan: null,
      metadata: {},
      returnUrl: null,
      cancelUrl: null,
      locale: null,
      items: [],
      payUrl: expect.stringMatching(`^${stage.server.url}/pay/[A-Za-z0-9]{36}$`),
      attention: null,
      fundedBy: null,
      attempts: [],
      refunds: [],
      captures: [],
      cancellations: [],
      createdAt: INSTANT,
      expiresAt: new Date(Date.parse(body.createdAt) + 3 * DAY).toISOString(),
      paidAt: null,
    });
    expect(body.payUrl).not.toContain(body.id);
    expect((await stage.api("GET", `/v1/payments/${body.id}`)).body).toEqual(body);
  });

  it("of a customer is what is in the texts that shop systems send, without the blanks", async () => {
    const blank = { street1: "", street2: " ", city: null, postcode: "", country: "pt" };
    const customer = {
      id: "",
      name: "  Ana Sousa ",
      email: " ana@exemplo.pt",
      phone: "",
      shippingAddress: blank,
      billingAddress: { street1: " Rua 1", street2: "", city: "Lisboa ", postcode: "1200-999", country: " pt" },
    };
    const wanted = { amount: 550, currency: "EUR", reference: "order-17", description: " ", returnUrl: "", customer };
    const { status, body } = await stage.api("POST", "/v1/payments", wanted);
    expect([status, body.description, body.returnUrl]).toEqual([201, null, null]);
    expect(body.customer).toEqual({
      id: null,
      name: "Ana Sousa",
      email: "ana@exemplo.pt",
      phone: null,
      shippingAddress: null,
      signedIn: false,
      billingAddress: { street1: "Rua 1", street2: null, city: "Lisboa", postcode: "1200-999", country: "PT" },
    });
    const half = { ...wanted, customer: { billingAddress: { ...blank, city: "Lisboa" } } };
    const refused = await stage.api("POST", "/v1/payments", half);
    expect([refused.status, refused.body.errors.map(({ field }: { field: string }) => field)]).toEqual([
      400,
      ["/customer/billingAddress/street1", "/customer/billingAddress/postcode"],
    ]);
  });

  it("of a payment asked for in full is what was asked", async () => {
    const address = { street1: "Rua do Cais 1", city: "Lisboa", postcode: "1200-999", country: "PT" };
    const wanted = {
      amount: 99_999_999,
      currency: "EUR",
      reference: "encomenda nº 18 🚢",
      description: "Duas canecas",
      methods: ["multibanco"],
      capture: "automatic",
      latePayments: "accept",
      customer: { id: "c9", name: "Ana", email: "ana@example.pt", billingAddress: address, shippingAddress: null },
      returnUrl: "https://loja.example/obrigado?pedido=18",
      cancelUrl: "https://loja.example/cesto",
      locale: "fr",
      items: [
        { name: "Caneca", quantity: 2, amount: 100_000_000 - 1 },
        { name: "Desconto", quantity: 1, amount: -500 },
      ],
      metadata: { basket: "7", "with spaces": "" },
      expiresAt: new Date(Date.now() + DAY).toISOString(),
      saveCard: false,
      token: null,
      initiator: null,
    };
    const { status, body } = await stage.api("POST", "/v1/payments", wanted);
    expect(status).toBe(201);
    const { saveCard: _s, token: _t, initiator: _i, customer: _c, ...asked } = wanted;
    expect(body).toMatchObject(asked);
    expect(body.customer).toEqual({
      id: "c9",
      name: "Ana",
      email: "ana@example.pt",
      phone: null,
      billingAddress: { ...address, street2: null },
      shippingAddress: null,
      signedIn: false,
    });
    expect(Object.keys(body)).not.toContain("saveCard");
  });

  it("takes null for whatever may be left out", async () => {
    const nothing = [
      "description",
      "methods",
      "capture",
      "latePayments",
      "customer",
      "returnUrl",
      "metadata",
      "cancelUrl",
      "locale",
      "items",
    ];
    const { status, body } = await stage.api("POST", "/v1/payments", {
      amount: 1,
      currency: "EUR",
      reference: "nulls",
      expiresAt: null,
      ...Object.fromEntries(nothing.map((member) => [member, null])),
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      capture: "automatic",
      latePayments: "refund",
      metadata: {},
      customer: null,
      cancelUrl: null,
      locale: null,
      items: [],
    });
  });

  it("of an attempt by MB WAY is the masked phone and how long is left", async () => {
    const id = await createPayment(stage);
    const { status, body } = await askPhone(stage, id, "+351 919 999 999");
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^att_[0-9a-z]{20}$/),
      payment: id,
      method: "mbway",
      status: "pending",
      inDoubt: false,
      amount: 550,
      transactionId: expect.stringMatching(/^s2/),
      createdAt: INSTANT,
      expiresAt: INSTANT,
      secondsLeft: expect.any(Number),
      failure: null,
      settled: null,
      action: null,
      mbway: { phone: "351#*****9999" },
      multibanco: null,
      card: null,
      authentication: null,
      token: null,
      mandate: null,
      initiator: "customer",
    });
    expect(body.secondsLeft).toBeGreaterThan(235);
    expect(body.secondsLeft).toBeLessThanOrEqual(240);
    expect((await read(stage, id)).attempts).toMatchObject([{ id: body.id, status: "pending" }]);
    await approve(stage);
    await stage.settle();
  });

  it("of an attempt by Multibanco is the reference to pay", async () => {
    const expiresAt = new Date(Date.now() + DAY).toISOString();
    const id = await createPayment(stage, { expiresAt });
    const { status, body } = await askReference(stage, id);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      payment: id,
      method: "multibanco",
      status: "pending",
      failure: null,
      action: null,
      mbway: null,
      multibanco: { entity: "24000", reference: expect.stringMatching(/^\d{9}$/), amount: 550, expiresAt },
    });
    await payAtAtm(stage, body.multibanco);
    await stage.settle();
    const paid = await read(stage, id);
    expect(paid).toMatchObject({ status: "paid", paidAt: INSTANT });
    expect(paid.attempts[0]).toMatchObject({ status: "approved", secondsLeft: null, failure: null });
  });

  it("of an attempt that SIBS refuses is a 201 that says why", async () => {
    const id = await createPayment(stage);
    const { body: known } = await stage.sandbox("GET", "/scenarios");
    const unknown = known.scenarios.find((one: { outcome: string }) => one.outcome === "unknown_alias");
    const { status, body } = await askPhone(stage, id, unknown.match.replace("351#", ""));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: "declined",
      secondsLeft: null,
      failure: {
        reason: "unknown_phone",
        code: "E0506",
        message: "This phone number has no MB WAY.",
        next: "other_phone",
      },
    });
  });

  it("of a cancellation is the payment, canceled; twice is once", async () => {
    const id = await createPayment(stage);
    const first = await stage.api("POST", `/v1/payments/${id}/cancel`);
    expect(first).toMatchObject({ status: 200, body: { id, status: "canceled" } });
    const again = await stage.api("POST", `/v1/payments/${id}/cancel`, { amount: 550 });
    expect(again).toMatchObject({ status: 200, body: { id, status: "canceled" } });
    const { body } = await stage.api("GET", "/v1/events?limit=100");
    const told = body.data.filter((one: { data: { payment: { id: string } } }) => one.data.payment.id === id);
    expect(told.map((one: { type: string }) => one.type)).toEqual(["payment.canceled", "payment.created"]);
  });

  it("of a refund is what became of it, and the payment's sums follow", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await approve(stage);
    await stage.settle();
    const part = await stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 100 });
    expect(part.status).toBe(201);
    expect(part.body).toEqual({
      id: expect.stringMatching(/^rfd_[0-9a-z]{20}$/),
      payment: id,
      reference: expect.stringMatching(/^order-/),
      amount: 100,
      status: "succeeded",
      reason: "requested",
      statedReason: null,
      note: null,
      requestedBy: null,
      failure: null,
      settled: null,
      createdAt: INSTANT,
    });
    const rest = await stage.api("POST", `/v1/payments/${id}/refunds`);
    expect(rest.body).toMatchObject({ amount: 450, status: "succeeded" });
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550, amountRefunded: 550 });
    expect((await read(stage, id)).refunds).toEqual([part.body, rest.body]);
  });
});
