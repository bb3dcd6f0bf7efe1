import { afterAll, beforeAll, expect, it } from "vitest";
import { approve, askPhone, createPayment, read, told } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

/** The server's tables as they were before mandates. */
const BEFORE_MANDATES = `
  drop table mandate;
  alter table payment drop column mandate_id, drop column plan_id, drop column plan_period;
  alter table fact rename column subject_id to payment_id;
  alter table found_by rename column subject_id to payment_id;
  alter table event rename column subject_id to payment_id;
  alter table delivery rename column subject_id to payment_id;
  alter table notification rename column subject_id to payment_id;
  update payment set state = state - 'mandate' - 'plan' - 'charging' || jsonb_build_object('attempts',
    (select coalesce(jsonb_agg(each.attempt - 'mandate' order by each.place), '[]')
       from jsonb_array_elements(state -> 'attempts') with ordinality as each (attempt, place)));
  delete from migration where name like '0003%';`;

it("payments that were made before mandates go on as they would have", async () => {
  const [open, waiting, paid] = [await createPayment(stage), await createPayment(stage), await createPayment(stage)];
  const [phone, other] = ["912000101", "912000102"];
  await askPhone(stage, paid, phone);
  await approve(stage, phone);
  await stage.settle();
  await askPhone(stage, waiting, other);
  const before = await Promise.all([open, waiting, paid].map((id) => read(stage, id)));
  expect(before.map(({ status }) => status)).toEqual(["open", "pending", "paid"]);

  await stage.pool.query(BEFORE_MANDATES);
  await stage.restartServer();

  const still = await Promise.all([open, waiting, paid].map((id) => read(stage, id)));
  const counting = { secondsLeft: expect.any(Number) };
  for (const [place, payment] of still.entries()) {
    const attempts = before[place].attempts.map((one: { status: string }) =>
      one.status === "pending" ? { ...one, ...counting } : one,
    );
    expect(payment).toEqual({ ...before[place], attempts });
  }
  await approve(stage, other);
  await askPhone(stage, open, phone);
  await approve(stage, phone);
  await stage.settle();
  for (const id of [open, waiting]) {
    expect((await read(stage, id)).status).toBe("paid");
    expect(told(stage, id)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
  }
  const refund = await stage.api("POST", `/v1/payments/${paid}/refunds`, {});
  expect(refund.body.status).toBe("succeeded");
});
