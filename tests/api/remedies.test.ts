import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../support/json.ts";
import { makeKey } from "../support/keys.ts";
import type { Stage } from "../support/stage.ts";
import { CAIS, SERRA, setTwoShops } from "../support/two-shops.ts";
import { type Description, readDescription } from "./described.ts";

let stage: Stage;
let description: Description;
beforeAll(async () => {
  ({ stage } = await setTwoShops());
  description = await readDescription(stage);
});
afterAll(() => stage.close());

/** What a body or a parameter is, as the description has it. */
interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

/** What nothing takes, nor what is within it. */
const WRONG = [null, true, -1, 1.5, 1e12, "", "%", "x".repeat(3000), [], { x: 1 }];

/** A body of wrong values wherever its schema has values. */
function wrongAt(schema: Schema, wrong: unknown): unknown {
  const [choice] = (schema.anyOf ?? []).filter(({ properties }) => properties !== undefined);
  const { properties, items } = choice ?? schema;
  if (properties !== undefined)
    return Object.fromEntries(Object.entries(properties).map(([name, within]) => [name, wrongAt(within, wrong)]));
  return items === undefined ? wrong : [wrongAt(items, wrong)];
}

/** Words of whoever checks, not of whoever reads: nobody can tell from them what to send. */
const NOT_FOR_PEOPLE =
  /pattern|schema|must match|must NOT|[<>]=|\\|\^|undefined|\bitems\b|\binteger\b|\bstring\b|anyOf|is not valid/;

interface Told {
  readonly field: string;
  readonly message: string;
}

const operations = () =>
  Object.entries(description.document.paths)
    .filter(([path]) => path.startsWith("/v1/"))
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));

describe("what is wrong with a request is told in words that say what to send", () => {
  const told = new Map<string, string>();
  const hold = (where: string, { status, body }: { status: number; body: Json }) => {
    const errors = (body?.errors ?? []) as readonly Told[];
    for (const { field, message } of errors) {
      told.set(`${where} ${field} ${message}`, message);
      expect(message, `${where} ${field}`).not.toMatch(NOT_FOR_PEOPLE);
      expect(message, `${where} ${field}`).toMatch(/^[a-zA-Z`].{8,}/);
    }
    // the members that it names are the API's own words
    const detail = String(body.detail).replaceAll(/(?<!\S)\/\S+/g, "");
    if (status >= 400) expect(detail, where).not.toMatch(NOT_FOR_PEOPLE);
  };

  it("of each body, whatever stands in it", async () => {
    let count = 0;
    for (const { path, method, operation } of operations()) {
      if (method !== "post") continue;
      const { content } = operation.requestBody as { content: { "application/json": { schema: Schema } } };
      const { schema } = content["application/json"];
      const address = path.replace(/\{\w+\}/g, "pay_00000000000000000000");
      for (const body of [...WRONG.map((wrong) => wrongAt(schema, wrong)), "x"])
        hold(`POST ${path} ${JSON.stringify(body).slice(0, 80)}`, await stage.api("POST", address, body));
      count += 1;
    }
    expect(count).toBeGreaterThan(15);
    expect(told.size).toBeGreaterThan(100);
  });

  it("of each parameter", async () => {
    for (const { path, method, operation } of operations()) {
      const { parameters = [] } = operation as { parameters?: readonly { in: string; name: string }[] };
      const names = parameters.filter((one) => one.in === "query").map(({ name }) => name);
      const address = path.replace(/\{\w+\}/g, "pay_00000000000000000000");
      for (const wrong of ["", "%25", "-1", "x", "2026-02-30", "1.5", "x".repeat(300)]) {
        if (method !== "get" || names.length === 0) continue;
        const query = names.map((name) => `${name}=${wrong}`).join("&");
        hold(`GET ${path}?${query.slice(0, 80)}`, await stage.api("GET", `${address}?${query}`));
      }
    }
  });
});

it("what is of two kinds says both, or what is wrong within the one that was meant", async () => {
  const faultsOf = async (every: unknown) => {
    const { body } = await stage.api("POST", "/v1/mandates/man_00000000000000000000/plans", {
      amount: 990,
      currency: "EUR",
      every,
    });
    return body.errors;
  };
  const both = 'must be "month", or {"days": 14}, of 1 to 366 days';
  for (const wrong of ["year", 14, true, []])
    expect(await faultsOf(wrong)).toEqual([{ field: "/every", message: both }]);
  expect(await faultsOf({ days: 400 })).toEqual([{ field: "/every/days", message: "must be 366 or less" }]);
  expect(await faultsOf({ weeks: 2 })).toEqual([
    { field: "/every/days", message: "is missing" },
    { field: "/every/weeks", message: "is not known here" },
  ]);
});

describe("a terminal that cannot be", () => {
  const messages = async (api: Stage["api"], terminal: string) => {
    const { status, body } = await api("POST", "/v1/keys", { name: "Till", scopes: ["events"], terminal });
    return [status, body.errors];
  };

  it("is answered by those that there are, to whoever sees all of them", async () => {
    const remedy = `leave it out, or name one that this server serves (${CAIS}, ${SERRA})`;
    expect(await messages(stage.api, "Serra")).toEqual([
      400,
      [{ field: "/terminal", message: `must be a terminal's number: ${remedy}` }],
    ]);
    expect(await messages(stage.api, "777")).toEqual([
      422,
      [{ field: "/terminal", message: `This is no terminal that you may use: ${remedy}.` }],
    ]);
  });

  it("is answered by its own to a key of one, and by no other", async () => {
    const { api } = await makeKey(stage, ["admin", "events"], { terminal: SERRA });
    const remedy = `leave it out, or name your API key's own (${SERRA})`;
    const answers = await Promise.all(["Cais", "777", CAIS].map((terminal) => messages(api, terminal)));
    const [shape, ...others] = answers as [number, Told[]][];
    expect(shape?.[1]).toEqual([{ field: "/terminal", message: `must be a terminal's number: ${remedy}` }]);
    for (const [status, errors] of others)
      expect([status, errors[0]?.message]).toEqual([422, `This is no terminal that you may use: ${remedy}.`]);
  });

  it("is told with all else that is wrong", async () => {
    const wrong = { name: "", scopes: ["payment"], terminal: "Serra" };
    const { body } = await stage.api("POST", "/v1/keys", wrong, { "idempotency-key": "" });
    expect(body.errors.map(({ field }: Told) => field).sort()).toEqual([
      "/name",
      "/scopes/0",
      "/terminal",
      "Idempotency-Key",
    ]);
  });
});
