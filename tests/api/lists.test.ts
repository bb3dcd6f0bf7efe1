import { pageAfter } from "@caravela/platform/page-mark";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { askReference, createPayment } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { described, readDescription } from "./described.ts";

let stage: Stage;
let faults: string[];
beforeAll(async () => {
  const plain = await setStage();
  ({ stage, faults } = described(plain, await readDescription(plain)));
});
afterAll(() => stage.close());
afterEach(() => expect(faults).toEqual([]));

const idsOf = (page: { data: { id: string }[] }): string[] => page.data.map(({ id }) => id);

/** Every id of a list, page by page. */
async function walk(path: string, limit: number, between: () => Promise<unknown> = async () => undefined) {
  const ids: string[] = [];
  for (let next: string | null = ""; next !== null; ) {
    const answer = await stage.api("GET", `${path}limit=${limit}${next === "" ? "" : `&after=${next}`}`);
    expect(answer.status).toBe(200);
    expect(answer.body.hasMore).toBe(answer.body.next !== null);
    ids.push(...idsOf(answer.body));
    next = answer.body.next;
    await between();
  }
  return ids;
}

describe("a list", () => {
  it("of nothing is an empty page", async () => {
    expect((await stage.api("GET", "/v1/payments?reference=nobody")).body).toEqual({
      data: [],
      hasMore: false,
      next: null,
    });
  });

  it("is newest first, twenty at a time unless asked otherwise", async () => {
    const made: string[] = [];
    for (let n = 0; n < 23; n += 1) made.unshift(await createPayment(stage));
    const { body } = await stage.api("GET", "/v1/payments");
    expect(body.data).toHaveLength(20);
    expect([...idsOf(body)].sort()).toEqual(made.slice(0, 20).sort());
    const moments = body.data.map((one: { createdAt: string }) => one.createdAt);
    expect(moments).toEqual([...moments].sort().reverse());
    expect([...(await walk("/v1/payments?", 7))].sort()).toEqual([...made].sort());
  });

  it("goes on where it was, whatever is made meanwhile", async () => {
    const before = await walk("/v1/payments?", 100);
    const walked = await walk("/v1/payments?", 5, () => createPayment(stage));
    expect(walked).toEqual(before);
  });

  it("of payments is that of a reference, of a status, or of both", async () => {
    const twice = [
      await createPayment(stage, { reference: "twice & more" }),
      await createPayment(stage, { reference: "twice & more" }),
    ];
    await askReference(stage, twice[0] ?? "");
    const of = async (query: string) => idsOf((await stage.api("GET", `/v1/payments?${query}`)).body);
    expect((await of("reference=twice%20%26%20more")).sort()).toEqual([...twice].sort());
    expect(await of("reference=twice%20%26%20more&status=pending")).toEqual([twice[0]]);
    expect(await of("reference=twice%20%26%20more&status=open")).toEqual([twice[1]]);
    expect(await of("status=pending")).toEqual([twice[0]]);
    expect(await of("status=paid")).toEqual([]);
    expect(await walk("/v1/payments?reference=twice%20%26%20more&", 1)).toHaveLength(2);
  });

  it.each([
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["limit=1.5", "limit"],
    ["limit=many", "limit"],
    ["after=x", "after"],
    ["after=%00", "after"],
    ["status=unknown", "status"],
    ["status=open&status=paid", "status"],
    ["reference=%00", "reference"],
  ])("is refused with ?%s", async (query, field) => {
    const answer = await stage.api("GET", `/v1/payments?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { type: "/problems/invalid_request" } });
    expect(answer.body.errors).toMatchObject([{ field }]);
  });

  it("of events is newest first too, those of one moment in their payment's order", async () => {
    const id = await createPayment(stage);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    const ids = await walk("/v1/events?", 3);
    expect(new Set(ids).size).toBe(ids.length);
    const { body } = await stage.api("GET", "/v1/events?limit=100");
    const moments = body.data.map((one: { timestamp: string }) => one.timestamp);
    expect(moments).toEqual([...moments].sort().reverse());
    const own = body.data.filter((one: { data: { payment: { id: string } } }) => one.data.payment.id === id);
    expect(own.map((one: { sequence: number }) => one.sequence)).toEqual([2, 1]);
  });

  it.each(["payments", "refunds", "captures", "mandates", "plans", "events", "keys", "event-endpoints", "tasks"])(
    "of %s goes on after a row that is gone, or that never was in it",
    async (list) => {
      for (const place of [[], [0], [999_999_999_999_999, 999_999_999_999_999]]) {
        const after = pageAfter("rfd_00000000000000000000", place);
        expect(await stage.api("GET", `/v1/${list}?after=${after}`)).toMatchObject({ status: 200 });
      }
    },
  );

  it.each([
    ["keys", (n: number) => ({ name: `Till ${n}`, scopes: ["payments:read"] })],
    ["event-endpoints", (n: number) => ({ url: `http://127.0.0.1:8/till-${n}` })],
  ])("of %s leaves nothing out when the last of a page is removed meanwhile", async (list, wanted) => {
    const made: string[] = [];
    for (let n = 0; n < 3; n += 1) made.unshift((await stage.api("POST", `/v1/${list}`, wanted(n))).body.id);
    const { body } = await stage.api("GET", `/v1/${list}?limit=2`);
    expect(idsOf(body)).toEqual(made.slice(0, 2));
    await stage.api("DELETE", `/v1/${list}/${made[1]}`);
    const rest = await stage.api("GET", `/v1/${list}?limit=1&after=${body.next}`);
    expect(idsOf(rest.body)).toEqual(made.slice(2));
    for (const id of [made[0], made[2]]) await stage.api("DELETE", `/v1/${list}/${id}`);
  });

  it("of event endpoints tells no secret", async () => {
    const { status, body } = await stage.api("GET", "/v1/event-endpoints");
    expect(status).toBe(200);
    expect(body).toMatchObject({ hasMore: false, next: null, data: [{ types: ["*"], secret: null }] });
    const { body: second } = await stage.api("POST", "/v1/event-endpoints", { url: "http://127.0.0.1:8/second" });
    expect(await walk("/v1/event-endpoints?", 1)).toEqual([second.id, body.data[0].id]);
  });
});
