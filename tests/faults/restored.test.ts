import { unknownMoney } from "@caravela/server";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, eventTypesOf, payAtAtm, read } from "../support/actions.ts";
import { type ProcessStage, setProcessStage } from "../support/process-stage.ts";
import { until } from "../support/until.ts";

let stage: ProcessStage;
beforeAll(async () => {
  stage = await setProcessStage();
});
afterAll(() => stage.close());

it("a database restored to an earlier moment: what it knows comes to its end by itself, and of what it does not know it is told", async () => {
  const waiting = await createPayment(stage);
  await askPhone(stage, waiting, "912000001");
  const byReference = await createPayment(stage);
  await askReference(stage, byReference);
  const refunded = await paid("912000002");
  await until(() => eventTypesOf(stage, refunded).includes("payment.paid"));

  const restore = await remember();
  // what happens from here on, our database will not know
  await approve(stage, "912000001");
  await payAtAtm(stage, (await read(stage, byReference)).attempts[0].multibanco);
  for (const id of [waiting, byReference]) await until(async () => (await read(stage, id)).status === "paid");
  const unknown = await paid("912000003");
  const attempt = (await read(stage, unknown)).attempts[0].id;
  const { body: refund } = await stage.api("POST", `/v1/payments/${refunded}/refunds`, { amount: 200 });
  expect(refund.status).toBe("succeeded");
  await until(() => eventTypesOf(stage, refunded).includes("refund.succeeded"));
  const told = stage.events.length;
  await stage.server.kill();
  await restore();
  await stage.server.start();

  // it is asked about as after any silence
  expect(await read(stage, waiting)).toMatchObject({ status: "pending" });
  await stage.advance(3_700);
  for (const id of [waiting, byReference])
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550 });
  await until(() => [waiting, byReference].every((id) => typesSince(told, id).includes("payment.paid")));

  // SIBS has both, we have neither, and nobody has told us yet
  expect((await stage.api("GET", `/v1/payments/${unknown}`)).status).toBe(404);
  expect(await read(stage, refunded)).toMatchObject({ amountRefunded: 0, refunds: [] });
  expect(await unknownOnes()).toEqual([]);
  const { body: sent } = await stage.sandbox("GET", "/notifications?limit=100");
  for (const { id } of sent.notifications)
    expect((await stage.sandbox("POST", `/notifications/${id}/resend`)).status).toBe(200);
  await stage.advance(2 * 3_600);
  expect(await unknownOnes()).toEqual([
    { merchantTransactionId: attempt, type: "PURS", amount: "5.5" },
    { merchantTransactionId: refund.id, type: "RFND", amount: "2" },
  ]);
  const { body: tasks } = await stage.api("GET", "/v1/tasks");
  expect(tasks.data.map(({ kind }: { kind: string }) => kind)).toEqual(["notifications_unmatched"]);

  // the danger that is left, which docs/high-availability.md tells of: SIBS refuses only what is beyond what it took
  const again = await stage.api("POST", `/v1/payments/${refunded}/refunds`, { amount: 200 });
  expect(again.body).toMatchObject({ status: "succeeded" });
  const beyond = await stage.api("POST", `/v1/payments/${refunded}/refunds`, { amount: 350 });
  expect(beyond.body).toMatchObject({ status: "failed", failure: { reason: "refund_refused" } });
}, 120_000);

const typesSince = (place: number, id: string): string[] =>
  stage.events.flatMap(({ type, data }, at) => (at >= place && data.payment?.id === id ? [type] : []));

async function unknownOnes() {
  const all = await unknownMoney(stage.pool);
  const told = all.map(({ merchantTransactionId, type, amount }) => ({ merchantTransactionId, type, amount }));
  return told.toSorted((one, other) => String(one.type).localeCompare(String(other.type)));
}

async function paid(phone: string): Promise<string> {
  const id = await createPayment(stage);
  await askPhone(stage, id, phone);
  await approve(stage, phone);
  await until(async () => (await read(stage, id)).status === "paid");
  return id;
}

/**
 * What the server's tables have in them now, as a copy of that moment has; the function that is given brings it back.
 */
async function remember(): Promise<() => Promise<void>> {
  const { rows } = await stage.pool.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'caravela'::regnamespace and relkind = 'r'",
  );
  await stage.pool.query("create schema remembered");
  const names = rows.map(({ name }) => name);
  await stage.pool.query(names.map((name) => `create table remembered.${name} as table caravela.${name}`).join("; "));
  return async () => {
    const back = names.map(
      (name) => `insert into caravela.${name} overriding system value select * from remembered.${name}`,
    );
    await stage.pool.query(
      [
        "begin",
        "set local session_replication_role = replica",
        `truncate ${names.map((name) => `caravela.${name}`).join(", ")}`,
        ...back,
        "commit",
      ].join("; "),
    );
  };
}
