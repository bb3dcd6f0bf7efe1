import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPayment } from "../support/actions.ts";
import { asOperator } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

describe("notes of a payment", () => {
  it("are written by colleagues and programs, once for one key, and listed newest first with who wrote them", async () => {
    const payment = await createPayment(stage);
    const path = `/v1/payments/${payment}/notes`;
    const ana = await asOperator(stage, "support", { name: "Ana" });
    const key = { "idempotency-key": crypto.randomUUID() };
    const first = await ana.api("POST", path, { text: "Called: the parcel has come." }, key);
    expect(first).toMatchObject({
      status: 201,
      body: { text: "Called: the parcel has come.", by: { type: "operator", name: "Ana" } },
    });
    expect((await ana.api("POST", path, { text: "Called: the parcel has come." }, key)).body).toEqual(first.body);
    const second = await stage.api("POST", path, { text: "Sent to the courier." });
    const page = (await stage.api("GET", `${path}?limit=1`)).body;
    expect(page).toMatchObject({
      data: [{ id: second.body.id, by: { type: "shop", id: null, name: null } }],
      hasMore: true,
    });
    expect((await stage.api("GET", `${path}?after=${page.next}`)).body.data).toEqual([first.body]);
    expect((await stage.api("POST", path, { text: " " })).status).toBe(400);
    expect((await stage.api("GET", "/v1/payments/pay_00000000000000000000/notes")).status).toBe(404);
    for (const role of ["viewer", "accountant"]) {
      const { api } = await asOperator(stage, role);
      expect((await api("GET", path)).status).toBe(403);
      expect((await api("POST", path, { text: "x" })).status).toBe(403);
    }
    const { rows } = await stage.pool.query(
      "select count(*)::integer as n from caravela.audit where entry like '%parcel%'",
    );
    expect(rows[0]?.n).toBe(0);
  });

  it("go with their customer: that there was one stays, and none is written about them afterwards", async () => {
    const payment = await createPayment(stage, { customer: { id: "c-noted" } });
    const path = `/v1/payments/${payment}/notes`;
    const key = { "idempotency-key": crypto.randomUUID() };
    const { id } = (await stage.api("POST", path, { text: "Ana Reis called." }, key)).body;
    expect((await stage.api("POST", "/v1/customers/c-noted/erase")).status).toBe(200);
    expect((await stage.api("GET", path)).body.data).toMatchObject([{ id, text: null, by: { type: "shop" } }]);
    expect((await stage.api("POST", path, { text: "Ana Reis called." }, key)).body).toMatchObject({ id, text: null });
    const after = await stage.api("POST", path, { text: "Ana Reis again." });
    expect(after).toMatchObject({ status: 409, body: { type: "/problems/customer_erased" } });
    for (const table of ["payment_note", "idempotency", "audit"]) {
      const { rows } = await stage.pool.query(
        `select count(*)::integer as n from caravela.${table} as t where t::text like '%Ana Reis%'`,
      );
      expect(rows[0]?.n, table).toBe(0);
    }
  });
});
