import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Json, type TestGateway, testGateway } from "../../testing/gateway.ts";
import { listScenarios } from "../domain/list-scenarios.ts";
import type { ScenarioName } from "../domain/scenarios.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const MBWAY = { methods: ["MBWAY"], reference: null } as const;

/** A purchase on the phone of that scenario, or on one that waits for a person. */
async function purchased(scenario?: ScenarioName) {
  const phone =
    listScenarios().find(({ by, outcome }) => by === "phone" && outcome === scenario)?.match ?? "351#919999999";
  const made = await gateway.checkout(MBWAY);
  const { status, body } = await gateway.purchase(made, phone);
  expect(status).toBe(200);
  return { made, phone, answered: body, stands: () => gateway.status(made.id) };
}

const own = ({ paymentStatus, transactionStatusCode = null, returnStatus }: Json) => [
  paymentStatus,
  transactionStatusCode,
  returnStatus.statusCode,
];

describe("a phone that waits for a person", () => {
  it("is asked: the purchase answers Pending, and so does the status", async () => {
    const { made, answered, stands } = await purchased();
    expect(answered).toMatchObject({
      transactionID: made.id,
      paymentStatus: "Pending",
      returnStatus: { statusCode: "000" },
    });
    expect(await stands()).toMatchObject({
      paymentMethod: "MBWAY",
      paymentStatus: "Pending",
      token: { tokenType: "MobilePhone", value: "351#919999999" },
      transactionStatusDescription: "Pending",
    });
    await gateway.answerPhone("decline");
  });

  it("shows what waits, with amount, merchant, description and four minutes", async () => {
    const { made } = await purchased();
    const [request] = await gateway.waiting();
    expect(request).toEqual({
      id: made.id,
      kind: "purchase",
      amount: "5.50",
      currency: "EUR",
      merchant: "Caravela",
      description: "Your own description",
      askedAt: expect.any(String),
      expiresAt: expect.any(String),
    });
    expect(Date.parse(request.expiresAt) - Date.parse(request.askedAt)).toBe(240_000);
    await gateway.answerPhone("decline");
  });

  it("approves: Success, and nothing waits any more", async () => {
    const { made, stands } = await purchased();
    const { body } = await gateway.answerPhone("approve");
    expect(body).toEqual({ id: made.id, outcome: "approved", paymentStatus: "Success" });
    expect(own(await stands())).toEqual(["Success", "000", "000"]);
    expect((await gateway.answerPhone("approve")).status).toBe(404);
  });

  it("declines: Declined with E0500", async () => {
    const { stands } = await purchased();
    expect((await gateway.answerPhone("decline")).body.paymentStatus).toBe("Declined");
    expect(own(await stands())).toEqual(["Declined", "E0500", "000"]);
  });

  it("answers the oldest request, or the one that is named", async () => {
    const phone = "351#912345678";
    const made = await Promise.all([gateway.checkout(MBWAY), gateway.checkout(MBWAY), gateway.checkout(MBWAY)]);
    for (const one of made) await gateway.purchase(one, phone);
    const [first, second, third] = made.map(({ id }) => id);
    expect((await gateway.waiting(phone)).map(({ id }) => id)).toEqual([first, second, third]);
    expect((await gateway.answerPhone("approve", phone, third)).body.id).toBe(third);
    expect((await gateway.answerPhone("approve", phone)).body.id).toBe(first);
    expect((await gateway.answerPhone("decline", phone)).body.id).toBe(second);
  });

  it("is not answered: Declined with E0500 after exactly four minutes", async () => {
    const { made, stands } = await purchased();
    await gateway.advance(235);
    expect(own(await stands())).toEqual(["Pending", "000", "000"]);
    await gateway.advance(5);
    expect(own(await stands())).toEqual(["Declined", "E0500", "000"]);
    expect((await gateway.answerPhone("approve", "351#919999999", made.id)).status).toBe(404);
  });

  it("holds an AUTH when it approves: Success, and nothing is captured", async () => {
    const made = await gateway.checkout({ ...MBWAY, paymentType: "AUTH" });
    await gateway.purchase(made);
    await gateway.answerPhone("approve");
    expect(await gateway.status(made.id)).toMatchObject({ paymentType: "AUTH", paymentStatus: "Success" });
    expect((await gateway.sandbox(`/transactions/${made.id}`)).body.captured).toBe("0.00");
  });
});

describe("a listed phone", () => {
  it("approves at once", async () => {
    const { answered, stands } = await purchased("approved_at_once");
    expect([answered.paymentStatus, ...own(await stands())]).toEqual(["Pending", "Success", "000", "000"]);
  });

  it("declines at once", async () => {
    const { answered, stands } = await purchased("declined_at_once");
    expect([answered.paymentStatus, ...own(await stands())]).toEqual(["Pending", "Declined", "E0500", "000"]);
  });

  it("has no MB WAY: the purchase itself answers Declined with E0506, and SIBS's words", async () => {
    const { answered, stands } = await purchased("unknown_alias");
    expect(answered).toMatchObject({
      paymentStatus: "Declined",
      returnStatus: { statusCode: "E0506", statusDescription: "The provided alias does not exist" },
    });
    expect(own(await stands())).toEqual(["Declined", "E0506", "000"]);
  });

  it("has no funds: Declined with E0113", async () => {
    const { stands } = await purchased("no_funds");
    expect(own(await stands())).toEqual(["Declined", "E0113", "000"]);
  });

  it("fails: Error", async () => {
    const { stands } = await purchased("technical_error");
    expect((await stands()).paymentStatus).toBe("Error");
  });

  it("is not answered: Timeout, and the status answers HTTP 200 with 999", async () => {
    const { stands } = await purchased("not_answered_timeout");
    await gateway.advance(240);
    expect(own(await stands())).toEqual(["Timeout", null, "999"]);
  });

  it("is not answered: 00.110.1601", async () => {
    const { stands } = await purchased("not_answered_abandoned");
    await gateway.advance(240);
    expect(own(await stands())).toEqual(["Declined", "00.110.1601", "000"]);
  });

  it("is not answered, and turns only at 300 s", async () => {
    const { phone, stands } = await purchased("not_answered_late");
    await gateway.advance(240);
    expect(own(await stands())).toEqual(["Pending", "000", "000"]);
    expect(await gateway.waiting(phone)).toEqual([]);
    await gateway.advance(60);
    expect(own(await stands())).toEqual(["Declined", "E0500", "000"]);
  });

  it("is approved up to 60 s after its Timeout, and not later", async () => {
    const early = await purchased("approved_after_timeout");
    await gateway.advance(285);
    expect(own(await early.stands())).toEqual(["Timeout", null, "999"]);
    expect((await gateway.answerPhone("approve", early.phone)).body.paymentStatus).toBe("Success");
    expect(own(await early.stands())).toEqual(["Success", "000", "000"]);
    const late = await purchased("approved_after_timeout");
    await gateway.advance(300);
    expect((await gateway.answerPhone("approve", late.phone)).status).toBe(404);
    expect(own(await late.stands())).toEqual(["Timeout", null, "999"]);
  });

  it("stays Timeout when it declines after its Timeout", async () => {
    const { phone, stands } = await purchased("approved_after_timeout");
    await gateway.advance(270);
    expect((await gateway.answerPhone("decline", phone)).body).toMatchObject({
      outcome: "declined",
      paymentStatus: "Timeout",
    });
    expect(own(await stands())).toEqual(["Timeout", null, "999"]);
    expect(await gateway.waiting(phone)).toEqual([]);
  });

  it("is InProcessing first, and Success after 10 s", async () => {
    const { stands } = await purchased("in_processing_first");
    expect(own(await stands())).toEqual(["InProcessing", "000", "000"]);
    await gateway.advance(10);
    expect(own(await stands())).toEqual(["Success", "000", "000"]);
  });
});

describe("a listed amount", () => {
  it("decides as the phone of the same number does, on a phone that is not listed", async () => {
    const made = await gateway.checkout({ ...MBWAY, amount: 90_000.02 });
    await gateway.purchase(made);
    expect(own(await gateway.status(made.id))).toEqual(["Declined", "E0500", "000"]);
  });

  it("lies between 90,000.01 and 90,000.99: no other amount has a scenario", async () => {
    for (const amount of [90_000, 90_001, 90_000.5, 0.01]) {
      const made = await gateway.checkout({ ...MBWAY, amount });
      await gateway.purchase(made, "351#919999997");
      expect(own(await gateway.status(made.id))).toEqual(["Pending", "000", "000"]);
    }
  });
});

describe("a purchase is refused", () => {
  it("a second time: 409, and nothing changes", async () => {
    const { made, stands } = await purchased("approved_at_once");
    const before = await gateway.sandbox(`/transactions/${made.id}`);
    const second = await gateway.purchase(made, "351#960000002");
    expect([second.status, second.body.returnStatus.statusMsg]).toEqual([409, "Conflict"]);
    expect((await gateway.generate(made)).status).toBe(409);
    expect((await stands()).paymentStatus).toBe("Success");
    expect((await gateway.sandbox(`/transactions/${made.id}`)).body).toEqual(before.body);
  });

  it("all but once, when twenty arrive together", async () => {
    const made = await gateway.checkout(MBWAY);
    const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.purchase(made, "351#919999996")));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
    expect(await gateway.waiting("351#919999996")).toHaveLength(1);
  });

  it.each(["919999999", "351919999999", "+351#919999999", "351#91999999", "351#9199999999", "351#91999999x", ""])(
    "with a malformed phone (%j): 400 with E0504",
    async (phone) => {
      const { status, body } = await gateway.purchase(await gateway.checkout(MBWAY), phone);
      expect([status, body.returnStatus.statusCode]).toEqual([400, "E0504"]);
      expect(body.returnStatus.statusDescription).toContain("customerPhone");
    },
  );

  it.each([{}, { customerPhone: 351919999999 }, { customerPhone: null }, undefined])(
    "without a phone (%j): 400 with E0501",
    async (body) => {
      const made = await gateway.checkout(MBWAY);
      const headers = gateway.digest(made.signature);
      const refused = await gateway.spg(`/payments/${made.id}/mbway-id/purchase`, { method: "POST", headers, body });
      expect([refused.status, refused.body.returnStatus.statusCode]).toEqual([400, "E0501"]);
      expect(refused.body.returnStatus.statusDescription).toContain("customerPhone");
    },
  );

  it("on a checkout that does not offer it: 400, and the checkout can still be used", async () => {
    const made = await gateway.checkout({ methods: ["REFERENCE"] });
    const { status, body } = await gateway.purchase(made);
    expect([status, body.returnStatus.statusDescription.split(" ")[0]]).toEqual([400, "paymentMethod"]);
    expect((await gateway.generate(made)).status).toBe(200);
  });
});
