import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { described, readDescription } from "../api/described.ts";
import { expectProblem } from "../api/problem.ts";
import { activeMandate, askMandate, inTheApp, readMandate } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

const BOX = { phone: "919999999", customer: { name: "Ana" }, type: "subscription", description: "Box" };

let stage: Stage;
let faults: string[];
beforeAll(async () => {
  const plain = await setStage();
  ({ stage, faults } = described(plain, await readDescription(plain)));
});
afterAll(() => stage.close());
afterEach(() => expect(faults).toEqual([]));

async function mandatesStored(): Promise<number> {
  const { rows } = await stage.pool.query("select count(*)::int as n from mandate");
  return rows[0].n;
}

describe("a new mandate", () => {
  it.each([
    ["no phone", { ...BOX, phone: undefined }, "/phone"],
    ["a number as phone", { ...BOX, phone: 919999999 }, "/phone"],
    ["no customer", { ...BOX, customer: undefined }, "/customer"],
    ["a customer without a name", { ...BOX, customer: { id: "c9" } }, "/customer/name"],
    ["a name that SIBS would not take", { ...BOX, customer: { name: "n".repeat(46) } }, "/customer/name"],
    ["an empty name", { ...BOX, customer: { name: "" } }, "/customer/name"],
    ["a NUL in the name", { ...BOX, customer: { name: "a\u0000b" } }, "/customer/name"],
    ["an unknown member of the customer", { ...BOX, customer: { name: "Ana", vip: true } }, "/customer/vip"],
    ["no type", { ...BOX, type: undefined }, "/type"],
    ["SIBS's word for the type", { ...BOX, type: "SUBSCRIPTION" }, "/type"],
    ["no description", { ...BOX, description: undefined }, "/description"],
    ["a description that is too long", { ...BOX, description: "d".repeat(71) }, "/description"],
    ["a reference that is too long", { ...BOX, reference: "r".repeat(101) }, "/reference"],
    ["a script as returnUrl", { ...BOX, returnUrl: "javascript:alert(1)" }, "/returnUrl"],
    ["a limit, which is the customer's to set", { ...BOX, limit: 5000 }, "/limit"],
    ["an end, which is the customer's to set", { ...BOX, validUntil: "2020-01-01" }, "/validUntil"],
    ["a list", [BOX], ""],
    ["null", null, ""],
  ])("is refused with %s, which is wrong in shape", async (_what, body, field) => {
    const before = await mandatesStored();
    expectProblem(await stage.api("POST", "/v1/mandates", body), 400, "invalid_request", field);
    expect(await mandatesStored()).toBe(before);
  });

  it("is asked for with the texts that shop systems send, blank ones left out", async () => {
    const sent = { ...BOX, customer: { id: "", name: " Ana " }, reference: " ", returnUrl: "" };
    const { status, body } = await stage.api("POST", "/v1/mandates", { ...sent, phone: "+351 919 999 123" });
    expect([status, body.customer, body.reference, body.returnUrl]).toEqual([
      201,
      { id: null, name: "Ana" },
      null,
      null,
    ]);
  });

  it.each([
    ["letters", "nine one nine", /digits only/],
    ["too few digits", "91234567", /too short/],
    ["too many digits", "9123456789", /too long/],
    ["a number of another country", "+34 612345678", /Portuguese/],
    ["a number that is not mobile", "212345678", /mobile/],
  ])("is refused with %s for a phone, and told what would do", async (_what, phone, remedy) => {
    const before = await mandatesStored();
    const answer = await stage.api("POST", "/v1/mandates", { ...BOX, phone });
    expectProblem(answer, 422, "not_possible", "/phone");
    expect(answer.body.detail).toMatch(remedy);
    expect(await mandatesStored()).toBe(before);
  });

  it("needs an idempotency key, and with one is asked for once", async () => {
    const key = { "idempotency-key": "mandate-1" };
    const body = { ...BOX, phone: "913333331", description: "Box by key" };
    expectProblem(
      await stage.api("POST", "/v1/mandates", body, { "idempotency-key": "" }),
      400,
      "idempotency_key_missing",
      "Idempotency-Key",
    );
    const [first, second] = await Promise.all([1, 2].map(() => stage.api("POST", "/v1/mandates", body, key)));
    expect([first?.status, second?.status]).toEqual([201, 201]);
    expect(second?.body.id).toBe(first?.body.id);
    const other = await stage.api("POST", "/v1/mandates", { ...body, description: "Other" }, key);
    expectProblem(other, 422, "idempotency_key_reused", "Idempotency-Key");
  });
});

describe("a mandate of nobody", () => {
  it.each(["man_00000000000000000000", "man_1", "pay_00000000000000000000", "%00", "..."])(
    "%s is not found",
    async (id) => {
      expectProblem(await stage.api("GET", `/v1/mandates/${id}`), 404, "not_found");
      expectProblem(await stage.api("POST", `/v1/mandates/${id}/cancel`), 404, "not_found");
    },
  );

  it("is in no list that is asked for wrongly", async () => {
    expectProblem(await stage.api("GET", "/v1/mandates?status=open"), 400, "invalid_request", "status");
    expectProblem(await stage.api("GET", "/v1/mandates?limit=0"), 400, "invalid_request", "limit");
    expectProblem(await stage.api("GET", "/v1/mandates?after=x"), 400, "invalid_request", "after");
  });
});

describe("an end to a mandate", () => {
  it("is refused with a body that says anything", async () => {
    const { id } = await askMandate(stage, { phone: "913333332" });
    const answer = await stage.api("POST", `/v1/mandates/${id}/cancel`, { amount: 1 });
    expectProblem(answer, 400, "invalid_request", "/amount");
    expect((await readMandate(stage, id)).status).toBe("pending");
    expect((await stage.api("POST", `/v1/mandates/${id}/cancel`)).body.status).toBe("canceled");
  });

  it("is refused when the request has come to nothing already", async () => {
    const { id, status } = await askMandate(stage, { phone: "960000003" });
    expect(status).toBe("refused");
    expectProblem(await stage.api("POST", `/v1/mandates/${id}/cancel`), 409, "mandate_over");
  });
});

describe("what a customer sets on the phone", () => {
  it.each([
    ["a limit of zero", { limit: "0.00" }, "/limit"],
    ["an end in the past", { validUntil: "2020-01-01" }, "/validUntil"],
  ])("cannot be %s: the mandate stays as it was", async (_what, terms, field) => {
    const phone = "912345678";
    const { id } = await askMandate(stage, { phone });
    const answer = await stage.sandbox("POST", `/phones/351%23${phone}/approve`, terms);
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toMatchObject([{ field }]);
    await stage.settle();
    expect((await readMandate(stage, id)).status).toBe("pending");
    await stage.sandbox("POST", `/phones/351%23${phone}/decline`);
  });
});

describe("the description of the API", () => {
  it("holds for a mandate at every station of its life", async () => {
    const { id } = await activeMandate(stage, { description: "Described" }, { limit: "10.00" });
    const { rows } = await stage.pool.query("select state ->> 'transactionId' as id from mandate where id = $1", [id]);
    await inTheApp(stage, "suspend", rows[0].id);
    await stage.settle();
    await stage.api("GET", "/v1/mandates");
    await stage.api("POST", `/v1/mandates/${id}/cancel`);
    await stage.settle();
    const { body: events } = await stage.api("GET", "/v1/events?limit=5");
    for (const event of events.data) await stage.api("GET", `/v1/events/${event.id}`);
  });
});
