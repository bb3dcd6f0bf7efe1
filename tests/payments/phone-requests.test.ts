import type { PayView } from "@caravela/web/pay";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readServerSettings } from "../../packages/server/src/settings.ts";
import { expectProblem } from "../api/problem.ts";
import { createPayment, read } from "../support/actions.ts";
import type { Answer } from "../support/json.ts";
import { askMandate, authorise, chargeMandate, newPhone, onPhone } from "../support/mandates.ts";
import { openPage } from "../support/open-page.ts";
import { makePlan } from "../support/plans.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ phoneLimits: { most: 3, withinMinutes: 10 } });
});
afterAll(() => stage.close());

const ring = async (phone: string): Promise<Answer> =>
  stage.api("POST", `/v1/payments/${await createPayment(stage)}/attempts`, { method: "mbway", phone });
const ringTimes = async (phone: string, times: number) => {
  for (let time = 0; time < times; time += 1) expect((await ring(phone)).status).toBe(201);
};

describe("a phone that was asked too often", () => {
  it("is left alone for a while, by whichever payment, and is told how long", async () => {
    const phone = newPhone();
    await ringTimes(phone, 3);
    const payment = await createPayment(stage);
    const refused = await stage.api("POST", `/v1/payments/${payment}/attempts`, {
      method: "mbway",
      phone: `+351 ${phone}`,
    });
    expectProblem(refused, 429, "phone_asked_too_often");
    const wait = Number(refused.headers.get("retry-after"));
    expect(wait).toBeGreaterThan(590);
    expect(wait).toBeLessThanOrEqual(600);
    expect(refused.body.secondsLeft).toBe(wait);
    expect((await read(stage, payment)).attempts).toEqual([]);
    expect((await ring(newPhone())).status).toBe(201);
    await stage.advance(wait);
    expect((await ring(phone)).status).toBe(201);
  });

  it("is refused the same by a request for a mandate, and by a charge that may ask it", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone);
    await ringTimes(phone, 2);
    expect((await askMandate(stage, phone, { description: "Another" })).status).toBe(201);
    expectProblem(await askMandate(stage, phone, { description: "A third" }), 429, "phone_asked_too_often");
    // what waits already is told as before
    expectProblem(await askMandate(stage, phone, { description: "Another" }), 409, "mandate_in_progress");
    const payment = await createPayment(stage);
    expectProblem(await chargeMandate(stage, payment, mandate), 429, "phone_asked_too_often");
    expectProblem(await ring(phone), 429, "phone_asked_too_often");
  });

  it("is not asked by a press that was kept either: that is dropped, and page and journal tell so", async () => {
    const [phone, other] = [newPhone(), newPhone()];
    await ringTimes(phone, 3);
    const payment = await createPayment(stage, { methods: ["mbway"] });
    const page = openPage<PayView>((await read(stage, payment)).payUrl);
    await page.post("mbway", { phone: other, request: "0" });
    await page.post("mbway", { phone, request: "1" });
    expect((await page.view()).wish).not.toBeNull();
    await onPhone(stage, other, "decline");
    await stage.settle();
    expect(await read(stage, payment)).toMatchObject({ status: "open", attempts: [{ status: "declined" }] });
    const { wish, phoneRests } = await page.view();
    expect(wish).toBeNull();
    expect(phoneRests).toBeGreaterThan(0);
    const { data } = (await stage.api("GET", `/v1/payments/${payment}/journal`)).body;
    expect(data.at(-1).kind).toBe("new_request_dropped");
    // said until the customer presses something else
    await page.post("mbway", { phone: newPhone(), request: "1" });
    expect((await page.view()).phoneRests).toBeNull();
  });

  it("is not asked by its plans either: their charges wait", async () => {
    const phone = newPhone();
    const mandate = await authorise(stage, phone, { limit: "10.00" });
    for (let count = 0; count < 5; count += 1) await makePlan(stage, mandate, { amount: 990 });
    const at = (await stage.api("GET", `/v1/mandates/${mandate}`)).body.plans[0].nextCharge.at;
    await stage.advance((Date.parse(at) - stage.now()) / 1000 + 30);
    const { data } = (await stage.api("GET", `/v1/payments?mandate=${mandate}`)).body;
    expect(data).toHaveLength(5);
    const { waiting } = (await stage.sandbox("GET", `/phones/351%23${phone}`)).body;
    expect(waiting.length).toBeLessThanOrEqual(3);
    expect(waiting.length).toBeGreaterThan(0);
  });

  it("counts nothing that its owner approved, however often they pay", async () => {
    const phone = newPhone();
    for (let time = 0; time < 8; time += 1) {
      expect((await ring(phone)).status).toBe(201);
      await onPhone(stage, phone, "approve");
      await stage.settle();
    }
    const mandate = await authorise(stage, phone, { limit: "900.00" });
    for (let time = 0; time < 5; time += 1) {
      expect((await chargeMandate(stage, await createPayment(stage), mandate)).body.status).toBe("approved");
    }
  });

  it("counts no number that has no MB WAY, and nothing that was refused before it began", async () => {
    for (let time = 0; time < 5; time += 1) {
      expect((await ring("960000003")).body).toMatchObject({ failure: { reason: "unknown_phone" } });
    }
    const phone = newPhone();
    const payment = await createPayment(stage);
    const ask = () => stage.api("POST", `/v1/payments/${payment}/attempts`, { method: "mbway", phone });
    expect((await ask()).status).toBe(201);
    for (let time = 0; time < 4; time += 1) expectProblem(await ask(), 409, "attempt_in_progress");
    await ringTimes(phone, 2);
  });

  it("gets no more when all ask in the same moment", async () => {
    const phone = newPhone();
    const answers = await Promise.all(Array.from({ length: 10 }, () => ring(phone)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
    expect((await stage.sandbox("GET", `/phones/351%23${phone}`)).body.waiting).toHaveLength(3);
  });

  it.each([
    ["en", "too many requests"],
    ["pt", "demasiados pedidos"],
  ])("is told on the page in clear words, with the other ways to pay: %s", async (lang, words) => {
    const phone = newPhone();
    await ringTimes(phone, 3);
    const payment = await createPayment(stage);
    const page = openPage<PayView>((await read(stage, payment)).payUrl);
    const { request } = await page.view();
    const sent = await fetch(`${page.url}/mbway`, {
      method: "POST",
      headers: { "accept-language": lang, accept: "text/html" },
      body: new URLSearchParams({ request, phone }),
    });
    expect(sent.status).toBe(422);
    const html = await sent.text();
    expect(html).toContain(words);
    expect(html).toContain("Multibanco");
    expect((await read(stage, payment)).attempts).toEqual([]);
  });
});

describe("the setting", () => {
  const limits = (env: Record<string, string>) =>
    readServerSettings({ DATABASE_URL: "postgres://here/caravela", CARAVELA_API_KEY: "sk_test_settings", ...env })
      .phoneLimits;

  it("is six within ten minutes unless given, and 0 for any number", () => {
    expect(limits({})).toEqual({ most: 6, withinMinutes: 10 });
    expect(limits({ CARAVELA_TEST_CLOCK: "1" })).toEqual({ most: 0, withinMinutes: 10 });
    expect(limits({ CARAVELA_PHONE_REQUESTS: "0", CARAVELA_PHONE_REQUESTS_MINUTES: "60" })).toEqual({
      most: 0,
      withinMinutes: 60,
    });
    expect(() => limits({ CARAVELA_PHONE_REQUESTS: "few" })).toThrow(/CARAVELA_PHONE_REQUESTS/);
    for (const wrong of ["0", "1441", "-1", "ten"]) {
      expect(() => limits({ CARAVELA_PHONE_REQUESTS_MINUTES: wrong })).toThrow(/CARAVELA_PHONE_REQUESTS_MINUTES/);
    }
  });
});
