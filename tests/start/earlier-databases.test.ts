import { readFileSync } from "node:fs";
import { join } from "node:path";
import { databaseOf } from "@caravela/platform/testing/database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verify } from "../../packages/server/src/storage/verify.ts";
import { approve, askPhone, createPayment, faults, payAtAtm, read } from "../support/actions.ts";
import { ANA } from "../support/cards.ts";
import type { Json } from "../support/json.ts";
import { LANDED, RELEASES } from "../support/release.ts";
import { type Stage, setStage } from "../support/stage.ts";

/** Both clocks go on from the last moment that the version wrote down, however long ago that was. */
const GO_ON_FROM_THEN = `
  with ahead as (select extract(epoch from max(at) + interval '1 second' - now()) * 1000 as ms from caravela.fact)
  insert into caravela.clock (offset_ms) select ms::bigint from ahead
      on conflict (only_one) do update set offset_ms = excluded.offset_ms;
  insert into sibs_gateway.clock (offset_ms) select offset_ms from caravela.clock
      on conflict (only_one) do update set offset_ms = excluded.offset_ms;`;

interface Answers {
  readonly payments: readonly { readonly story: string; readonly payment: Json & { readonly id: string } }[];
  readonly mandates: readonly { readonly story: string; readonly mandate: Json & { readonly id: string } }[];
}

const DAY = 24 * 3600;

describe.each([...RELEASES, ...LANDED])("a database of version %s", (version) => {
  const stored = (kind: string) => readFileSync(join(import.meta.dirname, "databases", `${version}.${kind}`), "utf8");
  const answers: Answers = JSON.parse(stored("json"));
  const has = (story: string) => answers.payments.some((one) => one.story === story);
  let stage: Stage;
  beforeAll(async () => {
    const database = databaseOf(`${stored("sql")}\n${GO_ON_FROM_THEN}`);
    stage = await setStage({ methods: ["mbway", "multibanco", "card"] }, { database });
  });
  afterAll(() => stage?.close());

  /** Each payment and mandate that its journal does not come to. */
  const differing = async () => {
    const all = await Array.fromAsync(verify(stage.pool));
    const known = idsOf([
      ...answers.payments.map(({ payment }) => payment),
      ...answers.mandates.map(({ mandate }) => mandate),
    ]);
    expect(known.difference(idsOf(all))).toEqual(new Set());
    return all.filter((one) => one.differing.length > 0 || one.fault !== null);
  };
  const find = async (story: string) => read(stage, idOf(story));
  const idOf = (story: string) => answers.payments.find((one) => one.story === story)?.payment.id ?? "";

  it("is answered about as that version did", async () => {
    for (const { story, payment } of answers.payments) {
      const now = await read(stage, payment.id);
      expect.soft(comparable(now), story).toMatchObject(comparable(payment));
    }
    for (const { story, mandate } of answers.mandates) {
      const now = (await stage.api("GET", `/v1/mandates/${mandate.id}`)).body;
      expect.soft(comparable(now), story).toMatchObject(comparable(mandate));
    }
    const listed = await stage.api("GET", "/v1/payments?limit=100");
    expect(idsOf(answers.payments.map(({ payment }) => payment)).difference(idsOf(listed.body.data)).size).toBe(0);
  });

  it("is what its journals say", async () => expect(await differing()).toEqual([]));

  it("still knows which operations SIBS has spoken of: they arrived, whatever a look-up finds", async () => {
    const { rows } = await stage.pool.query(`
      select distinct one ->> 'id' as id, one -> 'isHeardOf' as heard
        from fact join payment on payment.id = fact.subject_id, jsonb_array_elements(coalesce(state -> 'operations', state -> 'refunds')) as one
       where fact.kind in ('operation_asked', 'refund_asked') and coalesce(data ->> 'operation', data ->> 'refund') = one ->> 'id'
         and data ->> 'said' not in ('unknown', 'no answer') and one ->> 'status' = 'in_doubt'`);
    expect(rows.filter(({ heard }) => heard !== true)).toEqual([]);
  });

  it("goes on: what waited is paid, what was in doubt is settled, what was paid is refunded", async () => {
    await faults(stage, {});
    await stage.settle();
    const waiting = {
      "waits on the phone": "912000003",
      "left the reference for the phone": "912000006",
      "in doubt whether the phone was asked": "912000007",
    };
    for (const phone of Object.values(waiting)) await approve(stage, phone);
    const reference = await find("waits at the cash machine");
    await payAtAtm(stage, reference.attempts[0].multibanco);
    await stage.advance(60);
    for (const story of [...Object.keys(waiting), "waits at the cash machine"]) {
      expect.soft(await find(story), story).toMatchObject({ status: "paid", amountCaptured: 550, attention: null });
    }
    const doubtful = await find("in doubt whether it was refunded");
    expect(doubtful).toMatchObject({ amountRefunded: 300, refunds: [{ status: "succeeded" }] });
    const partly = await find("refunded in part");
    const refund = await stage.api("POST", `/v1/payments/${partly.id}/refunds`, {});
    expect(refund.body).toMatchObject({ status: "succeeded", amount: 350 });
    const open = await find("open");
    await askPhone(stage, open.id, "912000100");
    await approve(stage, "912000100");
    await stage.settle();
    expect((await find("open")).status).toBe("paid");
  });

  if (has("held by phone"))
    it("captures what was held", async () => {
      for (const [story, amount] of Object.entries({ "held by phone": 550, "held by phone, captured in part": 350 })) {
        const { id } = await find(story);
        const captured = await stage.api("POST", `/v1/payments/${id}/capture`, { amount });
        expect(captured.body).toMatchObject({ status: "paid", amountCaptured: 550 });
      }
    });

  if (has("held by card"))
    it("goes on with cards: held, and kept", async () => {
      const held = await find("held by card");
      const captured = await stage.api("POST", `/v1/payments/${held.id}/capture`, {});
      expect(captured.body).toMatchObject({ status: "paid", amountCaptured: 550 });
      const [token] = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data;
      const charged = await createPayment(stage, { token: token.id, initiator: "merchant", customer: ANA });
      expect((await read(stage, charged)).status).toBe("paid");
    });

  it("has its events taken by a shop that did not take them before", async () => {
    const id = idOf("paid, and the shop did not take the event");
    const { rows } = await stage.pool.query("select secret from event_endpoint order by created_at limit 1");
    await stage.pool.query("delete from event_endpoint where url = $1", [stage.shop.url]);
    await stage.pool.query("update event_endpoint set url = $1", [stage.shop.url]);
    stage.shop.secret = rows[0].secret;
    await stage.advance(DAY / 24);
    expect(stage.events.filter(({ data }) => data.payment?.id === id).map(({ type }) => type)).toContain(
      "payment.paid",
    );
  });

  if (has("charged by a mandate"))
    it("charges mandates on, by hand and by plan", async () => {
      const active = answers.mandates.find((one) => one.story === "active");
      const payment = await createPayment(stage, { customer: { id: "c9", name: "Ana" } });
      await stage.api("POST", `/v1/payments/${payment}/attempts`, { method: "mandate", mandate: active?.mandate.id });
      expect((await read(stage, payment)).status).toBe("paid");
      const { plan } = await find("charged by a plan");
      const before = (await stage.api("GET", `/v1/payments?plan=${plan.id}`)).body.data.length;
      await stage.advance(2 * DAY);
      const { data } = (await stage.api("GET", `/v1/payments?plan=${plan.id}`)).body;
      expect(data).toHaveLength(before + 1);
      expect(data[0].status).toBe("paid");
    });

  it("is still what its journals say once it has gone on", async () => expect(await differing()).toEqual([]));
});

const idsOf = (payments: readonly { readonly id: string }[]): Set<string> => new Set(payments.map(({ id }) => id));

/** What may differ: where the server is reached, and what time is left. */
function comparable(answer: Json): Json {
  return JSON.parse(
    JSON.stringify(answer, (key, value) => {
      if (key === "secondsLeft") return undefined;
      return key.endsWith("Url") && typeof value === "string" ? new URL(value).pathname : value;
    }),
  );
}
