import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPayment, read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { openReceiver } from "./receiver.ts";

describe("several at the same moment", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  it("a payment that others change again and again is answered 503, and is free again", async () => {
    const id = await createPayment(stage);
    const quicker = "begin new.version := old.version; return null; end";
    await stage.pool.query(`create function quicker() returns trigger language plpgsql as $$ ${quicker} $$`);
    await stage.pool.query("create trigger quicker before update on payment for each row execute function quicker()");
    const key = { "idempotency-key": "contended" };
    const contended = await stage.api("POST", `/v1/payments/${id}/cancel`, undefined, key);
    expect(contended).toMatchObject({ status: 503, body: { type: "/problems/busy" } });
    expect(contended.headers.get("retry-after")).toMatch(/^\d+$/);
    await stage.pool.query("drop function quicker cascade");
    const free = await stage.api("POST", `/v1/payments/${id}/cancel`, undefined, key);
    expect(free).toMatchObject({ status: 200, body: { status: "canceled" } });
  });

  it("an endpoint is removed while an event of its is written: the payment is made", async () => {
    const receiver = await openReceiver(stage);
    const { id } = receiver;
    const connection = await stage.pool.connect();
    await connection.query("begin");
    await connection.query("delete from event_endpoint where id = $1", [id]);
    const made = stage.api("POST", "/v1/payments", { amount: 550, currency: "EUR", reference: "meanwhile" });
    await until(async () => {
      const waiting = "select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
      return (await connection.query(waiting)).rowCount === 1;
    });
    await connection.query("commit");
    connection.release();
    expect((await made).status).toBe(201);
    const { rows } = await stage.pool.query("select from delivery where endpoint_id = $1", [id]);
    expect(rows).toEqual([]);
    await receiver.close();
  });

  it.each(["23503", "23505", "23P01"])(
    "any other %s is answered 503, and what is asked again is done",
    async (code) => {
      const raise = `begin raise exception using errcode = '${code}'; end`;
      await stage.pool.query(`create function race() returns trigger language plpgsql as $$ ${raise} $$`);
      await stage.pool.query("create trigger race before insert on fact for each row execute function race()");
      const key = { "idempotency-key": `race-${code}` };
      const order = { amount: 550, currency: "EUR", reference: "r" };
      const raced = await stage.api("POST", "/v1/payments", order, key);
      expect(raced).toMatchObject({ status: 503, body: { type: "/problems/busy" } });
      await stage.pool.query("drop function race cascade");
      expect((await stage.api("POST", "/v1/payments", order, key)).status).toBe(201);
    },
  );

  it("what a try of an event writes down leaves the lease of another process on it alone", async () => {
    const [begun, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    stage.shop.busyWith = async ({ data }) => {
      if (data.payment.reference !== "taken over") return;
      begun.resolve();
      await mayEnd.promise;
    };
    const id = await createPayment(stage, { reference: "taken over" });
    await begun.promise;
    const others = new Date(Date.now() + 3_600_000);
    const delivery = "subject_id = $1 and leased_until is not null";
    const taken = await stage.pool.query(`update delivery set leased_until = $2 where ${delivery}`, [id, others]);
    expect(taken.rowCount).toBe(1);
    mayEnd.resolve();
    stage.shop.busyWith = async () => undefined;
    await until(async () => {
      const { rows } = await stage.pool.query(
        "select jsonb_array_length(tries) as tries from delivery where subject_id = $1",
        [id],
      );
      return rows[0]?.tries === 1;
    });
    const { rows } = await stage.pool.query("select leased_until from delivery where subject_id = $1", [id]);
    expect(rows).toEqual([{ leased_until: others }]);
  });

  it("a decision leaves alone the lease of whoever works on the payment", async () => {
    const id = await createPayment(stage);
    const others = new Date("2100-01-01T00:00:00Z");
    await stage.pool.query("update payment set leased_until = $2 where id = $1", [id, others]);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    expect((await read(stage, id)).status).toBe("canceled");
    const { rows } = await stage.pool.query("select leased_until from payment where id = $1", [id]);
    expect(rows).toEqual([{ leased_until: others }]);
  });
});
