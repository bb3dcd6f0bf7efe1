import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FOR_PEOPLE_ALONE } from "../../packages/server/src/domain/role.ts";
import { createPayment } from "../support/actions.ts";
import type { CallsBy } from "../support/keys.ts";
import { asOperator } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { readDescription } from "./described.ts";
import { expectProblem } from "./problem.ts";

interface Route {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly string[];
  /** Whoever may ask it: the shop by its key, or an owner where no key may. */
  readonly ask: CallsBy;
}

let stage: Stage;
let routes: Route[];
beforeAll(async () => {
  stage = await setStage();
  routes = await routesOf(stage);
});
afterAll(() => stage.close());

describe("the query of every route", () => {
  it("takes no parameter that is not its own, and says which are", async () => {
    await createPayment(stage);
    expect(routes.length).toBeGreaterThan(25);
    for (const { method, path, parameters, ask } of routes) {
      const answer = await ask(method, `${path}?refrence=order-17&limit_=1&${query(parameters)}`, bodyOf(method));
      const name = `${method} ${path}`;
      expect(answer.status, name).toBe(400);
      const { errors } = answer.body;
      expect(fields(errors), name).toEqual(expect.arrayContaining(["refrence", "limit_"]));
      for (const parameter of parameters) expect(errors[0].message, name).toContain(parameter);
      if (parameters.length === 0) expect(errors[0].message, name).toContain("no parameters");
    }
  });

  it.each([
    ["empty", ""],
    ["blank", "%20%09"],
  ])("takes no parameter that is %s", async (_what, value) => {
    for (const { method, path, parameters, ask } of routes) {
      for (const parameter of parameters) {
        const answer = await ask(method, `${path}?${parameter}=${value}`);
        expectProblem(answer, 400, "invalid_request", parameter);
        expect(answer.body.detail).toContain("is empty");
      }
    }
  });

  it("takes no parameter twice, be it with the same value", async () => {
    for (const { method, path, parameters, ask } of routes) {
      for (const parameter of parameters) {
        const answer = await ask(method, `${path}?${parameter}=5&${parameter}=5`);
        expect(answer.status, `${method} ${path} ${parameter}`).toBe(400);
        expect(fields(answer.body.errors)).toContain(parameter);
        expect(answer.body.detail).toContain("stands more than once");
      }
    }
  });
});

describe("a query", () => {
  it.each([
    ["Status=open", "Status"],
    ["status[]=open", "status[]"],
    ["__proto__=x", "__proto__"],
    ["constructor=x", "constructor"],
    ["=x", ""],
    ["status", "status"],
    ["limit=1e1", "limit"],
    ["limit=0x10", "limit"],
    ["limit=%201", "limit"],
    ["idempotency-key=x", "idempotency-key"],
  ])("%s is refused", async (text, field) => {
    expectProblem(await stage.api("GET", `/v1/payments?${text}`), 400, "invalid_request", field);
  });

  it("of a name that could be a card's number does not get it back", async () => {
    const answer = await stage.api("GET", "/v1/payments?4111111111111111=1");
    expectProblem(answer, 400, "invalid_request", "[digits]");
    expect(JSON.stringify(answer.body)).not.toContain("41111111");
  });

  it("that is no UTF-8 is refused, not looked for to the letter", async () => {
    expectProblem(await stage.api("GET", "/v1/payments?reference=S%E3o"), 400, "malformed_url");
  });

  it("that is nothing but its question mark is none", async () => {
    expect((await stage.api("GET", "/v1/payments?")).status).toBe(200);
  });
});

describe("all that is wrong with a request", () => {
  it("is told at once: key, query and body", async () => {
    const body = { amount: "550", currency: "EUR", customer: { email: "ana" }, amonut: 1 };
    const answer = await stage.api("POST", "/v1/payments?dry=1", body, { "idempotency-key": "" });
    expect(answer.status).toBe(400);
    expect(answer.body.type).toBe("/problems/invalid_request");
    expect(fields(answer.body.errors).sort()).toEqual(
      ["/amonut", "/amount", "/customer/email", "/reference", "Idempotency-Key", "dry"].sort(),
    );
  });

  it("is told at once of a body alone", async () => {
    const answer = await stage.api("POST", "/v1/payments", { amount: 0, currency: "USD", reference: "" });
    expect(fields(answer.body.errors).sort()).toEqual(["/amount", "/currency", "/reference"]);
  });

  it("is told at once of a query alone", async () => {
    const answer = await stage.api("GET", "/v1/payments?refrence=x&limit=0&status=&after=%00");
    expect(fields(answer.body.errors).sort()).toEqual(["after", "limit", "refrence", "status"]);
  });

  it("is no longer an answer than a person reads", async () => {
    const nonsense = Object.fromEntries(Array.from({ length: 5_000 }, (_, number) => [`n${number}`, 1]));
    const answer = await stage.api("POST", "/v1/payments", nonsense);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toHaveLength(50);
  });
});

describe("the sandbox of the gateway", () => {
  it.each([
    ["GET", "/transactions?limt=1", "limt"],
    ["GET", "/transactions?limit=", "limit"],
    ["GET", "/notifications?limit=1&limit=2", "limit"],
    ["GET", "/terminals?id=52221", "id"],
    ["GET", "/scenarios?by=phone", "by"],
    ["POST", "/reset?all=1", "all"],
  ])("%s %s is refused", async (method, path, field) => {
    const { status, body } = await stage.sandbox(method, path);
    expect([status, fields(body.errors)]).toEqual([400, [field]]);
  });
});

/** Every route of the API, as its own description has them. */
async function routesOf(stage: Stage): Promise<Route[]> {
  const { document } = await readDescription(stage);
  const owner = await asOperator(stage, "owner");
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { operationId, parameters = [] } = operation as {
        operationId: string;
        parameters?: readonly { name: string; in: string }[];
      };
      return {
        method: method.toUpperCase(),
        path: path.replace(/\{\w+\}/g, `x_${"0".repeat(20)}`),
        parameters: parameters.filter((one) => one.in === "query").map(({ name }) => name),
        ask: FOR_PEOPLE_ALONE.includes(operationId) ? owner.api : stage.api,
      };
    }),
  );
}

function query(parameters: readonly string[]): string {
  return parameters.map((name) => `${name}=1`).join("&");
}

function bodyOf(method: string): object | undefined {
  return method === "POST" ? {} : undefined;
}

function fields(errors: readonly { field: string }[]): string[] {
  return errors.map(({ field }) => field);
}
