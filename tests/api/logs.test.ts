import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, faults, read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { openReceiver } from "./receiver.ts";

const PHONE = "936123459";
const BROKEN_KEY = "broken-key-of-a-request";
const NAMES = ["Ana Quitéria", "ana.quiteria@example.pt"];

describe("the log at its most talkative", () => {
  const lines: string[] = [];
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage({ logLevel: "trace", logDestination: { write: (line) => void lines.push(line) } });
  });
  afterAll(() => stage.close());

  /** Whatever must be in no line, by what it is. */
  async function secrets(): Promise<[string, string][]> {
    const { body } = await stage.sandbox("GET", "/terminals");
    const { body: listed } = await stage.api("GET", "/v1/payments?limit=100");
    const { rows: endpoints } = await stage.pool.query("select secret from event_endpoint");
    const { rows: keys } = await stage.pool.query("select key from idempotency");
    const { token, webhook, clientId } = body.terminals[0];
    return [
      ["the phone", PHONE],
      ["the SIBS token", token],
      ["the client id", clientId],
      ["the notification secret", webhook.secret],
      ["the API key", "sk_test_stage"],
      ["a wrong API key", "sk_live_wrong"],
      ["the key of a request that broke", BROKEN_KEY],
      ...NAMES.map((name): [string, string] => ["the customer", name]),
      ...endpoints.map(({ secret }): [string, string] => ["an endpoint's secret", secret.replace("whsec_", "")]),
      ...keys.map(({ key }): [string, string] => ["an idempotency key", key]),
      ...listed.data.map((one: { payUrl: string }) => ["a pay token", one.payUrl.split("/").at(-1)]),
    ];
  }

  it("tells nothing that must not be read in it, neither of what goes well nor of what goes wrong", async () => {
    const customer = { name: NAMES[0], email: NAMES[1], phone: PHONE };
    const failing = await openReceiver(stage);
    failing.answer = (_, response) => response.destroy();

    const paid = await createPayment(stage, { customer });
    await askPhone(stage, paid, PHONE);
    await askPhone(stage, paid, PHONE); // refused
    await fetch((await read(stage, paid)).payUrl);
    await approve(stage, PHONE);
    await stage.settle();
    await stage.api("POST", `/v1/payments/${paid}/refunds`, { amount: 10 });

    const doubtful = await createPayment(stage, { customer });
    await faults(stage, { "*": { html: 1 }, payments: {} });
    await askPhone(stage, doubtful, PHONE);
    await stage.advance(90);
    await faults(stage, { "*": { http: { 500: 1 } } });
    await askReference(stage, await createPayment(stage));
    await faults(stage, {});

    await fetch(`${stage.server.url}/pay/${"x".repeat(36)}`);
    await stage.api("POST", "/v1/payments", { amount: 1, currency: "EUR", reference: "r", customer, phone: PHONE });
    await stage.api("POST", `/v1/payments/${paid}/attempts`, { method: "mbway", phone: `${PHONE}0` });
    await stage.api("GET", `/v1/payments?reference=${PHONE}`, undefined, { authorization: "Bearer sk_live_wrong" });
    await fetch(`${stage.server.url}/v1/payments`, { method: "POST", body: `{"phone": "${PHONE}"` });
    for (const body of ["nonsense", Buffer.from(PHONE).toString("base64")]) {
      const headers = { "x-initialization-vector": "AAAAAAAAAAAAAAAA", "x-authentication-tag": "A".repeat(22) };
      await fetch(`${stage.server.url}/notifications/sibs`, { method: "POST", body, headers });
    }
    // what PostgreSQL says of a statement that breaks quotes the row
    await stage.pool.query("alter table idempotency add constraint broken check (key not like 'broken%')");
    const order = { amount: 550, currency: "EUR", reference: "r", customer };
    const broken = await stage.api("POST", "/v1/payments", order, { "idempotency-key": BROKEN_KEY });
    expect(broken).toMatchObject({ status: 500, body: { type: "/problems/internal_error" } });
    expect(JSON.stringify(broken.body)).not.toMatch(/constraint|idempotency"|relation/);
    await stage.pool.query("alter table idempotency drop constraint broken");
    await failing.close();
    await stage.restartServer();

    const text = lines.join("");
    expect(lines.length).toBeGreaterThan(30);
    expect(text).toContain("a request failed");
    expect(text).toContain("a call had no answer");
    expect(text).toContain("an event could not be delivered");
    for (const [what, secret] of await secrets()) {
      expect(secret, what).toMatch(/.{8}/);
      expect(text.includes(secret), what).toBe(false);
    }
    expect(text).not.toMatch(/(?:351|\+|#)9\d{8}|\b9[1236]\d{7}\b/);
    expect(text).not.toMatch(/Digest |signature":"(?!\[secret\])/i);
  });
});
