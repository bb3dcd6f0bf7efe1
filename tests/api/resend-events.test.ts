import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { approve, askPhone, createPayment } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { answerWith, openReceiver, type Receiver } from "./receiver.ts";

const ALL = ["payment.created", "payment.pending", "payment.paid"];

let stage: Stage;
let one: Receiver;
let other: Receiver;
const paid: string[] = [];

beforeAll(async () => {
  stage = await setStage();
  one = await openReceiver(stage);
  other = await openReceiver(stage);
  for (let n = 0; n < 2; n += 1) {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await approve(stage);
    await stage.settle();
    paid.push(id);
  }
});
afterAll(async () => {
  await one.close();
  await other.close();
  await stage.close();
});
beforeEach(() => {
  for (const receiver of [one, other]) receiver.arrivals.length = 0;
});

const resend = (filter: object, headers = {}) => stage.api("POST", "/v1/events/resend", { filter }, headers);
const [first, second] = [() => paid[0] ?? "", () => paid[1] ?? ""];

it("all that a filter finds is sent again, to everybody, of each payment in its order", async () => {
  const { status, body } = await resend({ created_from: "2020-01-01" });
  expect([status, body]).toEqual([200, { count: 6 }]);
  await stage.settle();
  for (const receiver of [one, other]) {
    expect(receiver.typesOf(first())).toEqual(ALL);
    expect(receiver.typesOf(second())).toEqual(ALL);
  }
});

it("a payment's, or those of some types, are sent again alone, and with an endpoint to it alone", async () => {
  const filter = { payment: first(), type: ["payment.created", "payment.paid"], endpoint: one.id };
  expect((await resend(filter)).body).toEqual({ count: 2 });
  await stage.settle();
  expect(one.typesOf(first())).toEqual(["payment.created", "payment.paid"]);
  expect([one.arrivals.length, other.arrivals.length]).toEqual([2, 0]);
});

it("what an endpoint has not taken, given up or not, is sent to it at once when it is asked for, and then there is nothing more", async () => {
  other.answer = answerWith(500);
  const id = await createPayment(stage);
  await stage.advance(60);
  other.answer = answerWith(204);
  other.arrivals.length = 0;
  expect((await resend({ undelivered: true, endpoint: other.id })).body).toEqual({ count: 1 });
  await stage.settle();
  expect([one.typesOf(id), other.typesOf(id)]).toEqual([["payment.created"], ["payment.created"]]);
  expect((await resend({ undelivered: true })).body).toEqual({ count: 0 });
});

it("what an endpoint has not taken is found though it takes other types by now, as it is counted", async () => {
  other.answer = answerWith(500);
  const id = await createPayment(stage);
  await stage.advance(360);
  await stage.api("POST", "/v1/event-endpoints", { url: other.url, types: ["payment.paid"] });
  const filter = `endpoint=${other.id}&undelivered=true`;
  const listed = (await stage.api("GET", `/v1/events?${filter}`)).body.data;
  expect(listed.map(({ data }: { data: { payment: { id: string } } }) => data.payment.id)).toEqual([id]);
  expect((await stage.api("GET", `/v1/events?${filter}&type=payment.paid`)).body.data).toEqual([]);
  expect((await stage.api("GET", "/v1/tasks")).body.data).toMatchObject([{ subject: other.id }]);
  other.answer = answerWith(204);
  await stage.api("POST", "/v1/event-endpoints", { url: other.url, types: ["*"] });
  expect((await resend({ undelivered: true, endpoint: other.id })).body).toEqual({ count: 1 });
  await stage.settle();
});

it("a request that is sent twice with one key is carried out once", async () => {
  const headers = { "idempotency-key": crypto.randomUUID() };
  const filter = { payment: first(), type: ["payment.paid"] };
  const [asked, again] = [await resend(filter, headers), await resend(filter, headers)];
  expect([asked.body, again.body]).toEqual([{ count: 1 }, { count: 1 }]);
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  await stage.settle();
  expect(one.typesOf(first())).toEqual(["payment.paid"]);
});

it("one that died on its way goes on when it is asked again: what was sent again already is not sent once more", async () => {
  const headers = { "idempotency-key": crypto.randomUUID() };
  await resend({ payment: first() }, headers);
  await stage.settle();
  // as if the process had ended before it answered, and before it came to the last event
  await stage.pool.query("update idempotency set status = null, body = null where key = $1", [
    headers["idempotency-key"],
  ]);
  await stage.pool.query(
    `update delivery set first_due_at = first_due_at - interval '1 day'
      where subject_id = $1 and endpoint_id = $2 and sequence = 3`,
    [first(), one.id],
  );
  const again = await resend({ payment: first() }, headers);
  expect([again.status, again.body]).toEqual([200, { count: 1 }]);
  await stage.settle();
  expect(one.typesOf(first())).toEqual([...ALL, "payment.paid"]);
  expect(other.typesOf(first())).toEqual(ALL);
});

it.each<[object, number, string[]]>([
  [{}, 400, ["/filter"]],
  [{ created_from: " " }, 400, ["/filter/created_from"]],
  [{ created_from: "yesterday", type: ["payment.lost"] }, 400, ["/filter/created_from", "/filter/type"]],
  [{ payment: "" }, 400, ["/filter/payment"]],
  [{ paid_from: "2026-11-27" }, 400, ["/filter/paid_from"]],
  [{ payment: "pay_1", mandate: "man_1" }, 400, ["/filter/mandate"]],
  [{ endpoint: "ep_00000000000000000000" }, 422, ["/filter/endpoint"]],
])("what names nothing, or what there is not, sends nothing: %j", async (filter, status, fields) => {
  const answer = await resend(filter);
  expect(answer.status).toBe(status);
  expect(answer.body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(fields);
  await stage.settle();
  expect([...one.arrivals, ...other.arrivals]).toEqual([]);
});
