import { execFile } from "node:child_process";
import { Connection } from "@caravela/platform/postgres/pool";
import { testDatabase } from "@caravela/platform/testing/database";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as audit from "../../packages/cli/src/audit.ts";
import * as keys from "../../packages/cli/src/keys.ts";
import { tellable } from "../../packages/server/src/http/tellable.ts";
import { approve, askPhone, createPayment } from "../support/actions.ts";
import type { Answer } from "../support/json.ts";
import { makeKey } from "../support/keys.ts";
import { asOperator } from "../support/operators.ts";
import { caravelaWith, compiled, root } from "../support/programs.ts";
import { type Stage, setStage } from "../support/stage.ts";

const database = testDatabase();
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({}, { database });
});
afterAll(() => stage.close());

const entries = async (query = "") => (await stage.api("GET", `/v1/audit?limit=100${query}`)).body.data;

/** What `caravela audit verify` says, and whether all fits. */
async function verified(expect?: string): Promise<{ readonly fits: boolean; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const print = vi.spyOn(console, "log").mockImplementation((line) => void lines.push(line));
  try {
    return { fits: await audit.verify({ DATABASE_URL: (await database).url }, expect), lines };
  } finally {
    print.mockRestore();
  }
}

describe("the audit", () => {
  it("has nothing of a shop's ordinary business by its key, which makes no statement for it", async () => {
    const { query } = Connection.prototype;
    const made: string[] = [];
    const spy = vi.spyOn(Connection.prototype, "query").mockImplementation(function (this: Connection, ...asked) {
      const [statement] = asked;
      made.push(typeof statement === "string" ? statement : statement.text);
      return query.apply(this, asked) as never;
    });
    const paid = await createPayment(stage);
    await askPhone(stage, paid);
    await approve(stage);
    await stage.settle();
    const refund = await stage.api("POST", `/v1/payments/${paid}/refunds`, { amount: 50 });
    await stage.api("GET", "/v1/exports/payments.csv");
    spy.mockRestore();
    expect(refund.status).toBe(201);
    expect(made.length).toBeGreaterThan(10);
    expect(made.filter((text) => text.includes("audit"))).toEqual([]);
  });

  it("has two entries of what a key does beside that: what was asked, before it is done, and how it ended", async () => {
    const till = await makeKey(stage, ["payments:read"], { name: "Ana Sofia", refundLimit: 2000 });
    const refused = await stage.api("DELETE", "/v1/keys/key_00000000000000000000");
    expect(refused.status).toBe(404);
    await stage.api("POST", "/v1/keys", { name: "" });
    await stage.api("DELETE", `/v1/keys/${till.id}`);
    const made = (await entries()).filter(({ operation }: { operation: string }) => operation.endsWith("Key"));
    const by = { type: "shop", id: null, name: null };
    const of = { by, terminal: null, from: "127.0.0.0/24", request: expect.stringMatching(/^req_/), reason: null };
    const asked = { ...of, kind: "asked", of: null, before: null, status: null };
    const fields = ["name", "scopes", "refundLimit"];
    const wanted = { scopes: ["payments:read"], refundLimit: 2000 };
    expect(made).toMatchObject([
      { kind: "answered", operation: "revokeKey", subject: till.id, fields: [], status: 204, after: null },
      { ...asked, operation: "revokeKey", subject: till.id, fields: [], after: null },
      { kind: "answered", operation: "revokeKey", status: 404 },
      { ...asked, operation: "revokeKey", subject: "key_00000000000000000000" },
      { kind: "answered", operation: "createKey", status: 201, after: { ...wanted, id: till.id, terminal: null } },
      { ...asked, operation: "createKey", subject: null, fields, after: wanted },
    ]);
    expect(made[0].of).toBe(made[1].number);
    expect(JSON.stringify(made)).not.toMatch(/Ana|sk_/);
    const ofKey = await entries(`&subject=${till.id}`);
    expect(ofKey.map(({ number }: { number: number }) => number)).toEqual([made[0].number, made[1].number]);
  });

  it("has what people do of a shop's business, and the files that they take away", async () => {
    const paid = await createPayment(stage);
    const ana = await asOperator(stage, "support");
    await ana.api("POST", `/v1/payments/${paid}/cancel`);
    const books = await asOperator(stage, "accountant");
    await books.api("GET", "/v1/exports/payments.csv");
    await books.api("GET", `/v1/payments/${paid}`);
    const told = (who: { id: string }) => entries(`&operator=${who.id}`);
    const by = { type: "operator", id: ana.id, name: "A support" };
    expect(await told(ana)).toMatchObject([
      { kind: "answered", operation: "cancelPayment", subject: paid, by, status: 200, after: { status: "canceled" } },
      { kind: "asked", operation: "cancelPayment", subject: paid, by },
    ]);
    expect(await told(books)).toMatchObject([
      { kind: "answered", operation: "exportPayments", status: 200 },
      { kind: "asked", operation: "exportPayments", fields: [] },
    ]);
  });

  it("lets nothing be done that it cannot write down", async () => {
    const named = "Never made";
    await stage.pool.query("alter table caravela.audit rename to audit_away");
    const answer = await stage.api("POST", "/v1/keys", { name: named, scopes: ["events"] });
    await stage.pool.query("alter table caravela.audit_away rename to audit");
    expect(answer.status).toBe(500);
    const { data } = (await stage.api("GET", "/v1/keys?limit=100")).body;
    expect(data.map(({ name }: { name: string }) => name)).not.toContain(named);
  });

  it("says that it was read, turns its pages, and keeps a key of one terminal to what is that terminal's", async () => {
    const own = await makeKey(stage, ["admin", "events"], { terminal: "52221" });
    await makeKey(stage, ["events"], {}, own.api);
    const first = await own.api("GET", "/v1/audit?limit=1");
    expect(first.body).toMatchObject({
      data: [{ kind: "asked", operation: "listAudit", terminal: "52221", by: { id: own.id, name: "Till" } }],
      hasMore: true,
    });
    const rest = await own.api("GET", `/v1/audit?after=${first.body.next}`);
    const operations = rest.body.data.map((one: { operation: string }) => one.operation);
    // what was done with a payment of that terminal, by whomever, and no key of all terminals
    expect(operations).toEqual(["createKey", "createKey", "cancelPayment", "cancelPayment"]);
    const past = "&from=2020-01-01&to=2020-02-01";
    expect(await entries(past)).toEqual([]);
    expect((await stage.api("GET", "/v1/audit?from=2026-02-30")).body.errors).toMatchObject([{ field: "from" }]);
    expect((await own.api("GET", "/v1/audit?after=x")).status).toBe(400);
  });

  it("has what commands did, and is walked by one, which finds what was changed outside", async () => {
    const print = vi.spyOn(console, "log").mockImplementation(() => undefined);
    await keys.create({ DATABASE_URL: (await database).url }, { name: "Rui", scopes: "events" });
    print.mockRestore();
    const [, answered, asked] = await entries();
    const by = { type: "command", id: null, name: null };
    expect(asked).toMatchObject({ kind: "asked", by, operation: "createKey", from: null, fields: ["name", "scopes"] });
    expect(answered).toMatchObject({ status: 200, of: asked.number, after: { scopes: ["events"] } });
    const { fits, lines } = await verified();
    expect([fits, lines]).toEqual([true, [expect.stringMatching(/^Up to \d+:[0-9a-f]{64} each follows from the/)]]);
    const head = lines[0]?.split(" ")[2] ?? "";
    expect(await verified(head)).toEqual({ fits: true, lines });
    await expect(verified("17")).rejects.toThrow("--expect must be an entry's number and hash");
    const elsewhere = head.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
    expect(await verified(elsewhere)).toMatchObject({
      fits: false,
      lines: [expect.stringMatching(/^entry \d+: its hash is/), {}],
    });
    const outside = `set session_replication_role = replica; update caravela.audit set entry = replace(entry, 'Key', 'Kez') where number = 3; reset session_replication_role`;
    await stage.pool.query(outside);
    const env = { PATH: process.env.PATH, ...compiled, DATABASE_URL: (await database).url };
    const args = caravelaWith("audit", "verify");
    const run = await new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: root, env }, (error, output) => resolve([error?.code, output]));
    });
    expect(run).toEqual([
      1,
      expect.stringMatching(/^entry 3: its hash is not .*\nUp to \S+ 1 of them do not fit\.\n$/),
    ]);
  });
});

type Json = Answer["body"];

/** A schema of the description, as far as values are made of it. */
interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** A value of a schema, each text in it this one where the schema does not list its words. */
function filled(schema: Schema, text: string): unknown {
  if (schema.anyOf?.[0] !== undefined) return filled(schema.anyOf[0], text);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.type === "integer" || schema.type === "number") return 1;
  if (schema.type === "boolean") return true;
  if (schema.type === "array") return [filled(schema.items ?? {}, text)];
  if (schema.type !== "object") return text;
  const members = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, filled(one, text)]);
  return Object.fromEntries([...members, ["of_their_own", text]]);
}

/** The same with everything in the place of its name. */
function resolved(node: Json, document: Json): Json {
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) return node.map((one) => resolved(one, document));
  if (typeof node.$ref !== "string")
    return Object.fromEntries(Object.entries(node).map(([name, one]) => [name, resolved(one, document)]));
  const named = node.$ref.split("/").slice(1);
  return resolved(
    named.reduce((at: Json, name: string) => at[name], document),
    document,
  );
}

it("tells nothing that somebody wrote, whatever the body or the answer", async () => {
  const { body: document } = await stage.api("GET", "/openapi.json");
  const operations: Json[] = Object.values<Json>(document.paths).flatMap(Object.values<Json>);
  const schemas = operations
    .flatMap(({ requestBody, responses }) => [requestBody, responses["200"], responses["201"]])
    .flatMap((one) => one?.content?.["application/json"]?.schema ?? [])
    .map((schema) => resolved(schema, document) as Schema);
  expect(schemas.length).toBeGreaterThan(60);
  const people = ["Ana Silva", "ana@loja.pt", "351#919999999", "919999999", "4111111111111111", "192.0.2.7"];
  const written = fc.oneof(fc.constantFrom(...people), fc.string({ minLength: 4 }));
  const isNoName = (text: string) => /[^a-z_]/i.test(text);
  fc.assert(
    fc.property(written.filter(isNoName), fc.constantFrom(...schemas), (text, schema) => {
      const told = Object.entries(tellable(schema, filled(schema, text)) ?? {});
      expect(told.flatMap(([name, value]) => [name, value].flat())).not.toContain(text);
    }),
    { numRuns: 2000 },
  );
});
