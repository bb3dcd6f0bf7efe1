import { type Gate, openGate } from "@caravela/platform/testing/gate";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approve, askMandate, askPhone, createPayment, eventTypesOf, read } from "../support/actions.ts";
import type { Answer } from "../support/json.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

const PHONES = Array.from({ length: 7 }, (_, place) => `9160000${10 + place}`);
/** In the place of the six seconds of a server that is set no other way. */
const LIMIT_MS = 1_000;

let gate: Gate;
let stage: Stage;
beforeAll(async () => {
  stage = await setStage(
    { statementLimitMs: LIMIT_MS },
    {
      lead: async (url) => {
        gate = await openGate(url);
        return gate.url;
      },
    },
  );
});
afterAll(async () => {
  // no database is dropped while a session that was forgotten as it began is waited for: for a minute
  await gate.shut();
  await gate.open();
  await stage.close();
  await gate.shut();
});

it.each([
  { line: "sends again what it dropped", how: { forgotten: false } },
  { line: "has forgotten its connections", how: { forgotten: true } },
])(
  "the line to PostgreSQL goes silent under every worker and every request, and is back when it $line: all goes on by itself",
  async ({ how }) => {
    const paid = await createPayment(stage);
    await askPhone(stage, paid, "916111111");
    await approve(stage, "916111111");
    await until(async () => (await read(stage, paid)).status === "paid");
    const [open, canceled] = [await createPayment(stage), await createPayment(stage)];
    const waiting = await Promise.all(
      PHONES.map(async (phone) => {
        const id = await createPayment(stage);
        await askPhone(stage, id, phone);
        return id;
      }),
    );
    await askMandate(stage, { phone: "916222222" });
    await stage.pool.query("update chore set due_at = now()");
    await stage.pool.query("update mandate set due_at = now()");

    // what is in hand: notifications, inquiries and deliveries, by the approvals; and a request of each kind
    await Promise.all(PHONES.map((phone) => approve(stage, phone)));
    const reference = `silent-${JSON.stringify(how)}`;
    const order = { amount: 550, currency: "EUR", reference };
    const requests: [string, string, unknown?][] = [
      ["POST", "/v1/payments", order],
      ["POST", `/v1/payments/${paid}/refunds`, { amount: 100 }],
      ["POST", `/v1/payments/${open}/attempts`, { method: "multibanco" }],
      ["POST", `/v1/payments/${canceled}/cancel`],
      ["POST", "/v1/event-endpoints", { url: `http://127.0.0.1:8/${reference.length}` }],
      ["GET", "/v1/payments"],
      ["GET", "/v1/events"],
    ];
    const keyed = requests.map((request) => ({ request, key: crypto.randomUUID() }));
    const send = () =>
      Promise.all(
        keyed.map(({ request: [method, path, body], key }) =>
          stage.api(method, path, body, method === "POST" ? { "idempotency-key": key } : {}),
        ),
      );
    const inHand = send();
    gate.silence();
    const lost = await inHand;
    expect(lost.map(({ status }) => status).filter((status) => status >= 400 && status !== 503)).toEqual([]);
    expect(lost.map(({ status }) => status)).toContain(503);
    for (const { status, headers } of lost) if (status === 503) expect(headers.get("retry-after")).toMatch(/^\d+$/);
    const page = await fetch(new URL(`/pay/${"x".repeat(36)}`, stage.server.url));
    expect([page.status, page.headers.get("content-type")]).toEqual([503, "text/html; charset=utf-8"]);
    expect((await fetch(`${stage.server.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${stage.server.url}/readyz`)).json()).toMatchObject({ status: 503 });
    expect((await stage.sandbox("GET", "/transactions")).status).toBe(503);

    gate.speak(how);
    await until(async () => (await fetch(`${stage.server.url}/readyz`)).status === 200);
    const answers = await again(send);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 200, 201, 200, 200]);
    for (const id of waiting) {
      await until(async () => (await read(stage, id)).status === "paid", 20_000);
      await until(() => eventTypesOf(stage, id).includes("payment.paid"), 20_000);
    }
    expect((await stage.api("GET", `/v1/payments?reference=${encodeURIComponent(reference)}`)).body.data).toHaveLength(
      1,
    );
    expect((await read(stage, paid)).refunds).toHaveLength(1);
    expect((await read(stage, open)).attempts).toHaveLength(1);
    await until(async () => {
      const { rows } = await stage.pool.query(
        "select from chore where due_at <= now() union all select from notification where due_at <= now()",
      );
      return rows.length === 0;
    }, 20_000);
  },
  90_000,
);

/** Sends the same requests with their keys until none is answered by an accident. */
async function again(send: () => Promise<Answer[]>): Promise<Answer[]> {
  let answers: Answer[] = [];
  await until(async () => {
    answers = await send();
    return answers.every(({ status }) => status < 400);
  }, 30_000);
  return answers;
}
