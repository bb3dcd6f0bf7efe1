import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPayment } from "../support/actions.ts";
import { callingBy, makeKey } from "../support/keys.ts";
import { asOperator } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { described, readDescription } from "./described.ts";

let stage: Stage;
let faults: string[];
let looked = 0;
beforeAll(async () => {
  const examine = async () => {
    looked += 1;
    return [
      { isWell: true, says: "one" },
      { isWell: false, says: "two", todo: "three" },
    ];
  };
  const plain = await setStage({ examine });
  ({ stage, faults } = described(plain, await readDescription(plain)));
});
afterAll(async () => {
  expect(faults).toEqual([]);
  await stage.close();
});

const list = async (query: string) => (await stage.api("GET", `/v1/requests?${query}`)).body.data;

describe("what was asked of the API", () => {
  it("is found by the id of its answer: its route, its answer and who asked, and nothing of what it said", async () => {
    const till = await makeKey(stage, ["payments:write", "refunds:write"]);
    const id = await createPayment(stage, { customer: { name: "Ana Secreta", email: "ana@example.pt" } });
    const refused = await till.api("POST", `/v1/payments/${id}/refunds`, { amount: 77_777 });
    const request = refused.headers.get("x-request-id") ?? "";
    expect(await list(`request=${request}`)).toEqual([
      {
        id: request,
        at: expect.stringMatching(/Z$/),
        method: "POST",
        path: "/v1/payments/{id}/refunds",
        status: refused.status,
        ms: expect.any(Number),
        by: { type: "shop", id: till.id, name: "Till" },
        problem: refused.body.type.split("/").at(-1),
      },
    ]);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect((await list(`by=${till.id}`)).map((one: { id: string }) => one.id)).toEqual([request]);
    const [made] = await list("refused=false&limit=100");
    expect(made).toMatchObject({ by: { type: "shop", id: null, name: null }, problem: null });
    const ana = await asOperator(stage, "owner", { name: "Ana" });
    await ana.api("GET", "/v1/keys");
    expect(await list(`by=${ana.id}`)).toMatchObject([{ path: "/v1/keys", by: { id: ana.id, name: "Ana" } }]);
    const { rows } = await stage.pool.query("select to_jsonb(request_log)::text as text from request_log");
    const kept = rows.map(({ text }) => text).join("\n");
    for (const secret of ["Ana", "example.pt", "77777", id, till.secret]) expect(kept).not.toContain(secret);
  });

  it("names nobody where nobody is known, and tells a key of one terminal of that terminal's keys", async () => {
    const unknown = await callingBy(stage, "sk_of_nobody_at_all")("GET", "/v1/payments");
    expect(await list(`request=${unknown.headers.get("x-request-id")}`)).toMatchObject([
      { status: 401, by: null, problem: "unauthorized" },
    ]);
    const own = await makeKey(stage, ["admin"], { terminal: "52221" });
    const answer = await own.api("GET", "/v1/keys");
    const { data } = (await own.api("GET", "/v1/requests")).body;
    expect(data).toMatchObject([{ id: answer.headers.get("x-request-id"), path: "/v1/keys", by: { id: own.id } }]);
    expect((await own.api("GET", `/v1/requests?request=${unknown.headers.get("x-request-id")}`)).body.data).toEqual([]);
  });

  it("is found by who asked also where their terminal left the settings, and they are gone", async () => {
    await stage.pool.query(
      `insert into caravela.request_log (id, at, method, path, status, ms, by_type, by_id, terminal)
       select 'req_' || terminal, $1, 'GET', '/v1/payments', 200, 3, 'shop', 'key_gone', terminal
         from unnest(array['', '52221', '99999']) as terminal`,
      [new Date(stage.now())],
    );
    const found = await list("by=key_gone");
    expect(found.map(({ id }: { id: string }) => id).sort()).toEqual(["req_", "req_52221", "req_99999"]);
    expect(found[0].by).toEqual({ type: "shop", id: "key_gone", name: null });
  });

  it("(and what the doctor says of the server is looked at once a minute, and told to no key of one terminal)", async () => {
    const { body } = await stage.api("GET", "/v1/doctor");
    expect(body).toEqual({
      at: expect.stringMatching(/Z$/),
      isWell: false,
      findings: [
        { isWell: true, says: "one", todo: null },
        { isWell: false, says: "two", todo: "three" },
      ],
    });
    expect([(await stage.api("GET", "/v1/doctor")).body, looked]).toEqual([body, 1]);
    const own = await makeKey(stage, ["admin"], { terminal: "52221" });
    expect(await own.api("GET", "/v1/doctor")).toMatchObject({
      status: 403,
      body: { type: "/problems/key_of_one_terminal" },
    });
  });

  it.each(["at_from=yesterday", "refused=maybe", "path=x"])("is not asked for by %s", async (query) =>
    expect((await stage.api("GET", `/v1/requests?${query}`)).status).toBe(400),
  );
});
