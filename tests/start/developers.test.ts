import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { verifyEvent } from "@caravela/client";
import { afterAll, beforeAll, expect, it } from "vitest";
import { listEvents, resendEvents, showEvent } from "../../packages/cli/src/api/events.ts";
import { listPayments, showPayment } from "../../packages/cli/src/api/payments.ts";
import { tell } from "../../packages/cli/src/fault.ts";
import { listen } from "../../packages/cli/src/listen/listen.ts";
import type { Output } from "../../packages/cli/src/output.ts";
import { RECIPES } from "../../packages/cli/src/trigger/recipes.ts";
import { listRecipes, trigger } from "../../packages/cli/src/trigger/trigger.ts";
import { callingBy } from "../support/keys.ts";
import { freePort } from "../support/shop.ts";
import { API_KEY, type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
let env: Record<string, string>;
beforeAll(async () => {
  stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
  env = {
    CARAVELA_URL: stage.server.url,
    CARAVELA_API_KEY: API_KEY,
    SIBS_BASE_URL: `${stage.gateway.url}/api/v2`,
  };
});
afterAll(() => stage.close());

/** What a command says, to programs and to people. */
class Said implements Output {
  // biome-ignore lint/suspicious/noExplicitAny: what each command says has a shape of its own
  readonly values: any[] = [];
  readonly lines: string[] = [];
  result(value: object, lines: string | readonly string[]): void {
    this.values.push(value);
    this.lines.push(...[lines].flat());
  }
  item(value: object, line: string): void {
    this.result(value, line);
  }
  note(text: string): void {
    this.lines.push(text);
  }
  fault(error: unknown): void {
    this.lines.push(tell(error));
  }
}

async function said(command: (output: Output) => Promise<void>): Promise<Said> {
  const output = new Said();
  await command(output);
  return output;
}

const [standing, moving] = [
  Object.keys(RECIPES).filter((type) => RECIPES[type]?.advances === undefined),
  Object.keys(RECIPES).filter((type) => RECIPES[type]?.advances !== undefined),
];

it("trigger brings about each event that it lists, at the gateway that the server says", async () => {
  const { SIBS_BASE_URL: _, ...here } = env;
  const listed = new Said();
  listRecipes(listed);
  expect(listed.values[0].data).toHaveLength(standing.length + moving.length);
  // while little is due, the clock has less to do on its way
  for (const types of [...moving.map((type) => [type]), standing]) {
    const brought = await Promise.all(types.map((type) => said((output) => trigger(here, type, output))));
    expect(brought.flatMap(({ values }) => values.map(({ type }) => type))).toEqual(types);
  }
});

it("trigger rings at no phone where the gateway is another server's, and there is no such event", async () => {
  const other = { ...env, CARAVELA_URL: stage.gateway.url };
  await expect(trigger(other, "payment.paid", new Said())).rejects.toThrow(
    /^The gateway at .+ notifies http:.+, and not .+: events are brought about only/,
  );
  await expect(trigger({ ...env, SIBS_BASE_URL: "http://127.0.0.1:1" }, "payment.paid", new Said())).rejects.toThrow(
    "Start one with `caravela start`",
  );
  await expect(trigger(env, "payment.payed", new Said())).rejects.toThrow("`caravela trigger --list`");
});

it("payments are listed, and one's journal is told as a story", async () => {
  const [made] = (await said((output) => trigger(env, "payment.paid", output))).values;
  const list = await said((output) => listPayments(env, { limit: 1 }, output));
  expect(list.values[0]).toMatchObject({ data: [{ id: made.payment, status: "paid" }], next: expect.any(String) });
  expect(list.lines[0]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}pay_\w{20} {2}paid {2}€5\.50 {2}trigger-/);
  const shown = await said((output) => showPayment(env, made.payment, "en", output));
  expect(shown.values[0].journal.length).toBeGreaterThan(3);
  expect(shown.lines.slice(0, 3)).toEqual([
    expect.stringMatching(/^pay_\w{20} {2}paid {2}€5\.50 {2}trigger-/),
    "Two mugs",
    "€5.50 authorized, €5.50 captured",
  ]);
  expect(shown.lines.join("\n")).toMatch(
    /\n\d{4}-\d\d-\d\d\n {2}\d\d:\d\d:\d\d {2}A payment of €5\.50 was asked for.*\(the shop\)\n/,
  );
});

it("events are listed, shown, and sent again: one, or those that a filter leaves", async () => {
  const list = await said((output) => listEvents(env, { type: "payment.paid", limit: 1 }, output));
  const [event] = list.values[0].data;
  const shown = await said((output) => showEvent(env, event.id, output));
  expect(shown.lines.join("\n")).toMatch(/^evt_\w{20} {2}payment\.paid[\s\S]+ep_\w{20}: delivered after 1 tries/);
  const before = stage.events.filter(({ id }) => id === event.id).length;
  expect((await said((output) => resendEvents(env, event.id, {}, output))).values).toEqual([{ count: 1 }]);
  await until(() => stage.events.filter(({ id }) => id === event.id).length === before + 1);
  const { payment } = event.data;
  const many = await said((output) => resendEvents(env, undefined, { payment: payment.id }, output));
  expect(many.values[0].count).toBeGreaterThan(1);
  await expect(resendEvents(env, undefined, {}, new Said())).rejects.toThrow("Say which");
  await expect(resendEvents(env, event.id, { undelivered: true }, new Said())).rejects.toThrow("Say which");
});

it("listen brings new events to a local address, and leaves no endpoint behind", async () => {
  const received: { type: string }[] = [];
  const output = new Said();
  const shop = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push(await verifyEvent(body, request.headers, output.values[0].secret));
    response.end();
  });
  await once(shop.listen(0, "127.0.0.1"), "listening");
  const forward = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/events`;
  const asked = new AbortController();
  const endpoints = async () => (await stage.api("GET", "/v1/event-endpoints")).body.data.length;
  const before = await endpoints();
  const listening = listen(env, { forward, types: [] }, output, asked.signal);
  await until(() => output.values.length > 0);
  expect(output.values[0]).toMatchObject({
    server: stage.server.url,
    forward,
    secret: expect.stringMatching(/^whsec_/),
  });
  const [made] = (await said((output) => trigger(env, "payment.paid", output))).values;
  await until(() => received.length === 3 && output.values.length === 4);
  expect(received.map(({ type }) => type)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
  expect(output.values[3]).toMatchObject({ event: made.event, subject: made.payment, status: 200, taken: true });
  expect(await endpoints()).toBe(before);
  asked.abort();
  await listening;
  shop.close();
  await expect(listen(env, { forward: "3001", types: [] }, output, asked.signal)).rejects.toThrow(
    '--forward is "3001"',
  );
});

it("says what to do when the server does not answer, or does not take the key", async () => {
  const fault = (changes: Record<string, string>) =>
    listPayments({ ...env, ...changes }, {}, new Said()).then(() => "none", tell);
  expect(await fault({ CARAVELA_URL: `http://127.0.0.1:${await freePort()}` })).toMatch(
    /^No answer from http:\/\/127\.0\.0\.1:\d+: .*ECONNREFUSED.+ Start it with `caravela start`, or set CARAVELA_URL/,
  );
  expect(await fault({ CARAVELA_API_KEY: "sk_of_nobody_at_all" })).toMatch(/^The server does not take the key/);
  const { body } = await callingBy(stage, API_KEY)("POST", "/v1/keys", { name: "Till", scopes: ["reports"] });
  expect(await fault({ CARAVELA_API_KEY: body.secret })).toMatch(
    /^The key lacks the scope payments:read: .+--scopes payments:read/,
  );
  expect(await listPayments(env, { limit: 0 }, new Said()).catch(tell)).toMatch(/^limit /);
});
