import { createPool } from "@caravela/platform/postgres/pool";
import { testDatabase } from "@caravela/platform/testing/database";
import { verify } from "@caravela/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approve, askPhone, createPayment, read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { answerWith, openReceiver } from "./receiver.ts";

const DAY = 24 * 3_600;

const database = testDatabase();
let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ eventsKeptDays: 7 }, { database });
});
afterAll(() => stage.close());

const eventsOf = async (payment: string) =>
  (await stage.api("GET", "/v1/events?limit=100")).body.data.filter(
    (event: { data: { payment?: { id: string } } }) => event.data.payment?.id === payment,
  );

it("events are forgotten once their days are over, but for what is asked for again; payments, and their count, go on", async () => {
  const paid = await createPayment(stage);
  await askPhone(stage, paid);
  await approve(stage);
  await stage.settle();
  const [last, pending, created] = await eventsOf(paid);
  const receiver = await openReceiver(stage);
  await stage.advance(6 * DAY);
  expect(await eventsOf(paid)).toHaveLength(3);
  receiver.answer = answerWith(500);
  await stage.api("POST", `/v1/events/${pending.id}/resend`);
  await stage.advance(2.5 * DAY);
  expect((await eventsOf(paid)).map(({ id }: { id: string }) => id)).toEqual([pending.id]);

  for (const path of [`/v1/events/${created.id}`, `/v1/events/${last.id}`])
    expect((await stage.api("GET", path)).body).toMatchObject({ status: 404, type: "/problems/not_found" });
  expect((await stage.api("POST", `/v1/events/${last.id}/resend`)).status).toBe(404);
  await stage.api("POST", `/v1/payments/${paid}/refunds`, { amount: 100 });
  await stage.settle();
  expect((await eventsOf(paid)).map(({ sequence }: { sequence: number }) => sequence)).toEqual([5, 4, 2]);
  expect(await read(stage, paid)).toMatchObject({ status: "paid", amountRefunded: 100 });

  await stage.advance(2 * DAY); // given up by now
  expect((await eventsOf(paid)).map(({ sequence }: { sequence: number }) => sequence)).toEqual([5, 4]);
  const { rows } = await stage.pool.query(
    "select count(*)::int as n from delivery where event_id not in (select id from event)",
  );
  expect(rows).toEqual([{ n: 0 }]);
  const pool = createPool({ url: (await database).url, schema: "caravela", max: 1 });
  for await (const { differing, fault } of verify(pool))
    expect({ differing, fault }).toEqual({ differing: [], fault: null });
  await pool.end();
  await receiver.close();
});
