import { Secret } from "@caravela/platform/secret";
import { validate } from "@scalar/openapi-parser"; // comes with the page that shows the API
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EVENT_TYPES } from "../../packages/server/src/events/types.ts";
import { approve, askPhone, askReference, createPayment } from "../support/actions.ts";
import { launchBrowser } from "../support/browser.ts";
import { holdToListed, responseAt } from "../support/listed-problems.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import type { ReceivedEvent } from "../support/shop.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { type Description, described, readDescription } from "./described.ts";

/** Each operation, and its name in the clients that shops have generated: it stays. */
const OPERATIONS = {
  approveRefund: "POST /v1/approvals/{id}/approve",
  listApprovals: "GET /v1/approvals",
  refuseRefund: "POST /v1/approvals/{id}/refuse",
  withdrawRefund: "POST /v1/approvals/{id}/withdraw",
  addNote: "POST /v1/payments/{id}/notes",
  listNotes: "GET /v1/payments/{id}/notes",
  listViews: "GET /v1/views",
  keepView: "POST /v1/views",
  renameView: "POST /v1/views/{id}",
  removeView: "DELETE /v1/views/{id}",
  getMe: "GET /v1/me",
  listAudit: "GET /v1/audit",
  listOperators: "GET /v1/operators",
  inviteOperator: "POST /v1/operators",
  changeOperator: "POST /v1/operators/{id}",
  removeOperator: "DELETE /v1/operators/{id}",
  renewInvitation: "POST /v1/operators/{id}/invite",
  listSessions: "GET /v1/sessions",
  endSession: "DELETE /v1/sessions/{id}",
  askTouch: "POST /v1/session/touch-options",
  touchSession: "POST /v1/session/touch",
  listPasskeys: "GET /v1/passkeys",
  askPasskey: "POST /v1/passkeys/options",
  addPasskey: "POST /v1/passkeys",
  removePasskey: "DELETE /v1/passkeys/{id}",
  listCaptures: "GET /v1/captures",
  listRefunds: "GET /v1/refunds",
  listDaySums: "GET /v1/summaries/days",
  listRequests: "GET /v1/requests",
  getExamination: "GET /v1/doctor",
  getHealth: "GET /v1/health",
  listFailureCounts: "GET /v1/summaries/failures",
  listReferenceSums: "GET /v1/summaries/references",
  exportEvents: "GET /v1/exports/events.csv",
  exportPayments: "GET /v1/exports/payments.csv",
  exportRefunds: "GET /v1/exports/refunds.csv",
  listEventEndpoints: "GET /v1/event-endpoints",
  eraseCustomer: "POST /v1/customers/{id}/erase",
  createEventEndpoint: "POST /v1/event-endpoints",
  pingEventEndpoint: "POST /v1/event-endpoints/{id}/ping",
  deleteEventEndpoint: "DELETE /v1/event-endpoints/{id}",
  listEvents: "GET /v1/events",
  getEvent: "GET /v1/events/{id}",
  resendEvent: "POST /v1/events/{id}/resend",
  resendEvents: "POST /v1/events/resend",
  listKeys: "GET /v1/keys",
  createKey: "POST /v1/keys",
  revokeKey: "DELETE /v1/keys/{id}",
  rollKey: "POST /v1/keys/{id}/roll",
  listMandates: "GET /v1/mandates",
  createMandate: "POST /v1/mandates",
  getMandate: "GET /v1/mandates/{id}",
  cancelMandate: "POST /v1/mandates/{id}/cancel",
  getMandateJournal: "GET /v1/mandates/{id}/journal",
  listPlansOfMandate: "GET /v1/mandates/{id}/plans",
  createPlan: "POST /v1/mandates/{id}/plans",
  listPayments: "GET /v1/payments",
  createPayment: "POST /v1/payments",
  getPayment: "GET /v1/payments/{id}",
  getPaymentJournal: "GET /v1/payments/{id}/journal",
  startAttempt: "POST /v1/payments/{id}/attempts",
  continueAttempt: "POST /v1/payments/{id}/attempts/{attempt}/continue",
  refundAttempt: "POST /v1/payments/{id}/attempts/{attempt}/refunds",
  settleAttempt: "POST /v1/payments/{id}/attempts/{attempt}/settle",
  resolveAttention: "POST /v1/payments/{id}/attention/resolve",
  settleOperation: "POST /v1/operations/{id}/settle",
  cancelPayment: "POST /v1/payments/{id}/cancel",
  capturePayment: "POST /v1/payments/{id}/capture",
  refundPayment: "POST /v1/payments/{id}/refunds",
  listPlans: "GET /v1/plans",
  getPlan: "GET /v1/plans/{id}",
  changePlanAmount: "POST /v1/plans/{id}/amount",
  cancelPlan: "POST /v1/plans/{id}/cancel",
  pausePlan: "POST /v1/plans/{id}/pause",
  resumePlan: "POST /v1/plans/{id}/resume",
  skipCharge: "POST /v1/plans/{id}/skip",
  listTasks: "GET /v1/tasks",
  endTask: "POST /v1/tasks/{id}/done",
  listTokens: "GET /v1/tokens",
  deleteToken: "DELETE /v1/tokens/{id}",
};

/** What the description has of an event. */
interface Webhook {
  readonly requestBody: { readonly content: { readonly "application/json": { readonly example: ReceivedEvent } } };
}

let stage: Stage;
let description: Description;
beforeAll(async () => {
  stage = await setStage();
  description = await readDescription(stage);
});
afterAll(() => stage.close());

describe("/openapi.json", () => {
  it("is a valid OpenAPI 3.1 document", async () => {
    expect(description.document.openapi).toBe("3.1.0");
    const { valid, errors } = await validate(description.document);
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  it("describes every route of the API, with what it takes and answers, and no other", () => {
    const { paths } = description.document;
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
    );
    const named = Object.fromEntries(operations.map(({ name, operation }) => [operation.operationId, name]));
    expect(named).toEqual(OPERATIONS);
    expect(new Set(operations.flatMap(({ operation }) => operation.tags))).toEqual(
      new Set((description.document.tags as { name: string }[]).map(({ name }) => name)),
    );
    for (const { name, operation } of operations) {
      const text = JSON.stringify(operation);
      expect(Object.keys(operation.responses), name).toEqual(
        expect.arrayContaining(["400", "401", "403", "500", "503"]),
      );
      expect(text.includes('"requestBody"'), name).toBe(name.startsWith("POST"));
      expect(text.includes('"name":"Idempotency-Key","required":true'), name).toBe(name.startsWith("POST"));
      expect(text, name).toMatch(/"2\d\d":\{"description":"[^"]+"/);
      expect(text, name).not.toContain("Default Response");
      expect(text, name).not.toMatch(/"default":[^}]*\},"in":"\w+","name":"\w+","required":true/);
    }
  });

  it("says where the server is", () => {
    expect(description.document.servers).toEqual([{ url: stage.server.url }]);
  });

  it("says how a caller is authorised, and what an endpoint is sent", () => {
    const { security, components, webhooks } = description.document as Record<string, unknown>;
    expect(security).toEqual([{ apiKey: [] }, { session: [] }]);
    expect(components).toMatchObject({
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer" },
        session: { type: "apiKey", in: "cookie", name: "__Host-caravela" },
      },
      schemas: { Payment: {}, Attempt: {}, Refund: {}, Event: {}, EventEndpoint: {}, Problem: {} },
    });
    expect(Object.keys(webhooks as object)).toEqual([...EVENT_TYPES]);
  });

  it("holds for the answers of a whole life of payments, and for the events that told of it", async () => {
    const { stage: watched, faults } = described(stage, description);
    const paid = await createPayment(watched, { customer: { name: "Ana" }, metadata: { a: "b" } });
    await askPhone(watched, paid);
    await approve(watched);
    await watched.settle();
    await watched.api("POST", `/v1/payments/${paid}/refunds`, { amount: 100 });
    const waiting = await createPayment(watched);
    await askReference(watched, waiting);
    const canceled = await createPayment(watched);
    await watched.api("POST", `/v1/payments/${canceled}/cancel`);
    await watched.settle();

    for (const id of [paid, waiting, canceled]) await watched.api("GET", `/v1/payments/${id}`);
    await watched.api("GET", "/v1/payments");
    const { body: events } = await watched.api("GET", "/v1/events");
    for (const { id } of events.data) await watched.api("GET", `/v1/events/${id}`);
    await watched.api("POST", `/v1/events/${events.data[0].id}/resend`);
    const url = "http://127.0.0.1:8/other";
    const { body: endpoint } = await watched.api("POST", "/v1/event-endpoints", { url });
    await watched.api("POST", "/v1/event-endpoints", { url, types: ["payment.paid"] });
    await watched.api("GET", "/v1/event-endpoints");
    await watched.api("DELETE", `/v1/event-endpoints/${endpoint.id}`);
    expect(faults).toEqual([]);
    expect(stage.events.map(({ type }) => type)).toEqual(expect.arrayContaining(["payment.paid", "refund.succeeded"]));
    expect(stage.events.flatMap(description.faultsOfEvent)).toEqual([]);
    const [{ data, ...event }] = stage.events as [ReceivedEvent];
    expect(description.faultsOfEvent({ ...event, data: { ...data, payment: {} } })).not.toEqual([]);
  });

  it("holds for the answers of a mandate and its plans, and for the events that told of them", async () => {
    const { stage: watched, faults } = described(stage, description);
    const mandate = await authorise(watched, newPhone());
    const every = { days: 7 };
    const path = `/v1/mandates/${mandate}/plans`;
    const { body: plan } = await watched.api("POST", path, { amount: 990, currency: "EUR", every });
    await stage.advance(86_400);
    for (const change of ["pause", "resume", "skip", "cancel"]) {
      await watched.api("POST", `/v1/plans/${plan.id}/${change}`);
    }
    await watched.api("GET", `/v1/plans/${plan.id}`);
    await watched.api("GET", path);
    await watched.api("GET", `/v1/payments?plan=${plan.id}`);
    await watched.api("POST", `/v1/mandates/${mandate}/cancel`);
    await watched.api("GET", `/v1/mandates/${mandate}`);
    await watched.api("GET", "/v1/mandates");
    await watched.settle();
    const { body: events } = await watched.api("GET", "/v1/events?limit=100");
    const types = events.data.map(({ type }: { type: string }) => type);
    expect(types).toEqual(expect.arrayContaining(["mandate.canceled", "plan.charge_skipped", "payment.paid"]));
    expect(faults).toEqual([]);
    expect(stage.events.flatMap(description.faultsOfEvent)).toEqual([]);
  });

  it("has an example of what each operation is sent and answers, and each is as its schema says", () => {
    const without: string[] = [];
    for (const [path, methods] of Object.entries(description.document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        for (const [place, example] of description.examplesOf(path, method)) {
          if (example === undefined) without.push(`${operation.operationId} ${place.at(-2)}`);
          else expect(description.faultsBy([...place, "schema"], example), operation.operationId).toEqual([]);
        }
      }
    }
    expect(without).toEqual([]);
  });

  it("has an example of each event, which tells of no other", () => {
    const { webhooks } = description.document as unknown as { webhooks: Record<string, { post: Webhook }> };
    for (const [type, { post }] of Object.entries(webhooks)) {
      const { example } = post.requestBody.content["application/json"];
      expect(example.type).toBe(type);
      expect(description.faultsOfEvent(example), type).toEqual([]);
      const told = Object.keys(example.data);
      expect(told, type).toContain(type.split(".")[0]);
    }
  });

  it("has an example of each file, whose columns are those of the file", async () => {
    const files = Object.values(OPERATIONS).filter((name) => name.endsWith(".csv"));
    expect(files).toHaveLength(3);
    for (const name of files) {
      const path = name.replace("GET ", "");
      const [[, example] = []] = description.examplesOf(path, "get");
      const [columns, ...lines] = parse(String(example));
      const [itsOwn] = parse((await stage.api("GET", path)).body);
      expect([columns, lines.length], path).toEqual([itsOwn, 1]);
    }
  });

  it("lists the problems that an operation may answer by, those of one kind of operation and its own", async () => {
    const typesOf = (operation: string, status: string) => {
      const [method = "", path = ""] = operation.split(" ");
      const { responses } = description.document.paths[path]?.[method.toLowerCase()] ?? { responses: {} };
      const response = JSON.stringify(responseAt(description.document, responses, status) ?? null);
      return [...response.matchAll(/"\/problems\/(\w+)"/g)].map(([, code]) => code);
    };
    expect(typesOf(OPERATIONS.refundPayment, "422")).toEqual([
      "idempotency_key_reused",
      "nothing_to_refund",
      "refund_exceeds_captured",
    ]);
    expect(typesOf(OPERATIONS.getPayment, "404")).toEqual(["not_found"]);
    expect(typesOf(OPERATIONS.getPayment, "409")).toEqual([]);
    expect(typesOf(OPERATIONS.settleAttempt, "503")).toEqual(["busy", "unavailable", "sibs_unavailable"]);
  });

  it("(a problem that is not listed, or has a member that is not, fails the test that it is met in)", async () => {
    const { server } = stage;
    const answer = (code: string) =>
      ({ status: 409, headers: new Headers(), body: { type: `/problems/${code}` } }) as const;
    const path = "/v1/payments/pay_1/cancel";
    await holdToListed(server.url, "POST", path, answer("payment_already_paid"));
    await expect(holdToListed(server.url, "POST", path, answer("plan_over"))).rejects.toThrow(
      "POST /v1/payments/pay_1/cancel answers /problems/plan_over, which its description does not list",
    );
    await expect(
      holdToListed(server.url, "POST", path, { ...answer("payment_already_paid"), status: 418 }),
    ).rejects.toThrow("does not list");
    const { body, ...rest } = answer("payment_already_paid");
    await expect(
      holdToListed(server.url, "POST", path, { ...rest, body: { ...body, secondsLeft: 1 } }),
    ).rejects.toThrow("with secondsLeft, of which its description says nothing");
  });

  it("does not hold for an answer that lacks a member", async () => {
    const path = `/v1/payments/${await createPayment(stage)}`;
    const answer = await stage.api("GET", path);
    const { paidAt: _, ...lacking } = answer.body;
    expect(description.faults("GET", path, answer)).toEqual([]);
    expect(description.faults("GET", path, { ...answer, body: lacking })).not.toEqual([]);
    expect(description.faults("GET", path, { ...answer, status: 299 })).not.toEqual([]);
  });
});

describe("/docs", () => {
  it("has the key of nobody filled in, only an Idempotency-Key, another each time", async () => {
    const read = async (path: string) => (await fetch(`${stage.server.url}${path}`)).text();
    const page = await read("/docs/");
    expect(page).toContain("/docs/openapi.json");
    expect(page).not.toMatch(/sk_|authentication/);
    const keys = [await read("/docs/openapi.json"), await read("/docs/openapi.json")].map((text) => {
      const { paths, servers } = JSON.parse(text) as { paths: typeof description.document.paths; servers: unknown };
      expect(servers).toEqual([{ url: "/" }]);
      return JSON.stringify(paths["/v1/payments"]).match(/"example":"([-0-9a-f]{36})"/)?.[1];
    });
    expect(new Set(keys).size).toBe(2);
  });

  it("shows the API and loads nothing from elsewhere; in a demonstration the first press makes a payment", async () => {
    await stage.restartServer({ apiKey: new Secret("sk_test_caravela") });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const requests: string[] = [];
      const complaints: string[] = [];
      page.on("request", (request) => requests.push(request.url()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error") complaints.push(message.text());
      });
      const answer = await page.goto(`${stage.server.url}/docs`);
      await page.getByText("Create a payment").first().waitFor({ timeout: 50_000 });
      await page.evaluate(async () => void (await document.fonts.ready));
      expect(requests.filter((url) => !url.startsWith(stage.server.url))).toEqual([]);
      expect(requests).toContain(`${stage.server.url}/docs/openapi.json`);
      expect(answer?.headers()["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self' 'sha256-/);
      await page
        .getByRole("button", { name: /^Test Request/ })
        .first()
        .click();
      const answered = page.waitForResponse((response) => response.request().method() === "POST");
      await page.getByRole("button", { name: /^Send/ }).first().click();
      const made = await answered;
      expect([made.url(), made.status()]).toEqual([`${stage.server.url}/v1/payments`, 201]);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 60_000);
});
