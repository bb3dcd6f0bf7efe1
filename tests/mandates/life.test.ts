import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { replayMandate } from "../../packages/server/src/domain/mandate/earlier-facts.ts";
import type { Mandate } from "../../packages/server/src/domain/mandate/state.ts";
import type { StoredFact } from "../../packages/server/src/domain/stored.ts";
import {
  activeMandate,
  agree,
  askMandate,
  eventTypesOfMandate,
  faults,
  inTheApp,
  readMandate,
} from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

const DAYS = 86_400;
const PHONE = "/phones/351%23919999999";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

/** Of a mandate: SIBS's transaction of its creation, by which the phone knows it too. */
async function creationOf(mandate: string): Promise<string> {
  const { rows } = await stage.pool.query("select state ->> 'transactionId' as id from mandate where id = $1", [
    mandate,
  ]);
  return rows[0].id;
}

describe("a mandate", () => {
  it("is asked for on the phone, with four minutes to answer", async () => {
    const asked = await askMandate(stage, { description: "Tinned fish", reference: "contract-1" });
    expect(asked).toMatchObject({
      id: expect.stringMatching(/^man_[0-9a-z]{20}$/),
      status: "pending",
      type: "subscription",
      phone: "351#*****9999",
      customer: { id: "c9", name: "Ana" },
      description: "Tinned fish",
      reference: "contract-1",
      limit: null,
      validUntil: null,
      inDoubt: false,
      failure: null,
      returnUrl: null,
      plans: [],
      activatedAt: null,
      endedAt: null,
    });
    expect(asked.secondsLeft).toBeGreaterThan(230);
    expect(asked.authorizeUrl).toMatch(/\/authorize\/[A-Za-z0-9]{36}$/);
    expect(asked.manageUrl).toMatch(/\/mandates\/[A-Za-z0-9]{36}$/);
    const { body: phone } = await stage.sandbox("GET", PHONE);
    expect(phone.waiting).toMatchObject([{ kind: "mandate", type: "subscription", customerName: "Ana" }]);
    await stage.settle();
    expect(eventTypesOfMandate(stage, asked.id)).toEqual(["mandate.created"]);
    await agree(stage);
    await stage.settle();
  });

  it("is active with the limit and the end that the customer sets", async () => {
    const { id } = await askMandate(stage);
    await agree(stage, { limit: "50.00", validUntil: "2027-12-31" });
    await stage.settle();
    expect(await readMandate(stage, id)).toMatchObject({
      status: "active",
      limit: 5000,
      validUntil: "2027-12-31",
      secondsLeft: null,
      activatedAt: expect.stringMatching(/Z$/),
    });
    expect(eventTypesOfMandate(stage, id)).toEqual(["mandate.created", "mandate.activated"]);
    const told = stage.events.filter((event) => event.data.mandate?.id === id);
    expect(told.map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect(told[1]?.data.mandate).toMatchObject({ status: "active", limit: 5000 });
  });

  it("is refused when the customer says no", async () => {
    const { id } = await askMandate(stage);
    await stage.sandbox("POST", `${PHONE}/decline`);
    await stage.settle();
    const refused = await readMandate(stage, id);
    expect(refused).toMatchObject({ status: "refused", failure: { reason: "declined_by_customer" } });
    expect(refused.endedAt).not.toBeNull();
    expect(eventTypesOfMandate(stage, id)).toEqual(["mandate.created", "mandate.refused"]);
  });

  it("is refused at once for a phone without MB WAY, in SIBS's words", async () => {
    const refused = await askMandate(stage, { phone: "960000003" });
    expect(refused).toMatchObject({
      status: "refused",
      failure: { reason: "unknown_phone", code: "E0506", next: "other_phone" },
    });
  });

  it("is over when nobody answers in time", async () => {
    const { id } = await askMandate(stage);
    await stage.advance(220);
    expect((await readMandate(stage, id)).status).toBe("pending");
    await stage.advance(100);
    expect(await readMandate(stage, id)).toMatchObject({
      status: "expired",
      failure: { reason: "not_answered", next: "try_again" },
      activatedAt: null,
    });
    expect(eventTypesOfMandate(stage, id)).toEqual(["mandate.created", "mandate.expired"]);
  });

  it("is refused when SIBS cannot carry the request out", async () => {
    const { id } = await askMandate(stage, { phone: "960000010" });
    await stage.settle();
    expect(await readMandate(stage, id)).toMatchObject({ status: "refused", failure: { reason: "not_taken" } });
  });

  it("has expired by our own word when SIBS says nothing of the end either", async () => {
    await faults(stage, {}, { drop: 1 });
    const { id } = await askMandate(stage);
    await stage.advance(320);
    expect((await readMandate(stage, id)).status).toBe("pending");
    await stage.advance(10);
    expect(await readMandate(stage, id)).toMatchObject({ status: "expired", failure: { reason: "not_answered" } });
    expect(eventTypesOfMandate(stage, id)).toEqual(["mandate.created", "mandate.expired"]);
  });

  it("becomes active also when the notification of it is lost: SIBS is asked", async () => {
    await faults(stage, {}, { drop: 1 });
    const { id } = await askMandate(stage);
    await agree(stage, { limit: "20.00" });
    await stage.advance(60);
    expect(await readMandate(stage, id)).toMatchObject({ status: "active", limit: 2000 });
  });

  it("is asked for once at a time, whoever asks and however often", async () => {
    const words = { description: "The same box", reference: "contract-2" };
    const first = await askMandate(stage, words);
    const body = { phone: "+351 919 999 999", customer: { name: "Rui" }, type: "subscription", ...words };
    const second = await stage.api("POST", "/v1/mandates", body);
    expect(second).toMatchObject({
      status: 409,
      body: { type: "/problems/mandate_in_progress", mandate: first.id, secondsLeft: expect.any(Number) },
    });
    const both = await Promise.all([1, 2].map(() => stage.api("POST", "/v1/mandates", { ...body, type: "oneclick" })));
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    await stage.sandbox("POST", `${PHONE}/decline`);
    await stage.sandbox("POST", `${PHONE}/decline`);
    await stage.settle();
    expect((await stage.api("POST", "/v1/mandates", body)).status).toBe(201);
    await stage.sandbox("POST", `${PHONE}/decline`);
  });
});

describe("a mandate that is active", () => {
  it("is canceled by the shop, here and at SIBS, once", async () => {
    const { id } = await activeMandate(stage);
    const canceled = await stage.api("POST", `/v1/mandates/${id}/cancel`);
    expect(canceled).toMatchObject({ status: 200, body: { status: "canceled", endedAt: expect.any(String) } });
    expect((await stage.api("POST", `/v1/mandates/${id}/cancel`)).status).toBe(200);
    const { body: phone } = await stage.sandbox("GET", PHONE);
    const creation = await creationOf(id);
    expect(phone.mandates.find((one: { id: string }) => one.id === creation).status).toBe("canceled");
    await stage.advance(2 * DAYS);
    expect(eventTypesOfMandate(stage, id)).toEqual(["mandate.created", "mandate.activated", "mandate.canceled"]);
  });

  it("is suspended, taken up again, changed and canceled in the app, and the shop is told of each", async () => {
    const { id } = await activeMandate(stage, {}, { limit: "50.00" });
    const creation = await creationOf(id);
    await inTheApp(stage, "suspend", creation);
    await stage.settle();
    expect((await readMandate(stage, id)).status).toBe("suspended");
    await inTheApp(stage, "reactivate", creation);
    await stage.settle();
    expect((await readMandate(stage, id)).status).toBe("active");
    await inTheApp(stage, "change", creation, { limit: "12.34", validUntil: "2028-02-29" });
    await stage.settle();
    expect(await readMandate(stage, id)).toMatchObject({ status: "active", limit: 1234, validUntil: "2028-02-29" });
    await inTheApp(stage, "cancel", creation);
    await stage.settle();
    expect((await readMandate(stage, id)).status).toBe("canceled");
    expect(eventTypesOfMandate(stage, id)).toEqual([
      "mandate.created",
      "mandate.activated",
      "mandate.suspended",
      "mandate.reactivated",
      "mandate.changed",
      "mandate.canceled",
    ]);
  });

  it("is known to be canceled in the app within a day when the notification is lost", async () => {
    const { id } = await activeMandate(stage);
    await faults(stage, {}, { drop: 1 });
    await inTheApp(stage, "cancel", await creationOf(id));
    await stage.advance(DAYS);
    expect((await readMandate(stage, id)).status).toBe("canceled");
  });

  it("expires when its last day in Lisbon is over, which SIBS tells nobody, and cannot be canceled then", async () => {
    const lastDay = new Date(stage.now() + 3 * DAYS * 1000).toISOString().slice(0, 10);
    const { id } = await activeMandate(stage, {}, { validUntil: lastDay });
    const end = Date.parse(`${lastDay}T23:00:00Z`);
    await stage.advance(Math.floor((end - stage.now()) / 1000) - 60);
    expect((await readMandate(stage, id)).status).toBe("active");
    await stage.advance(3 * 3600);
    expect((await readMandate(stage, id)).status).toBe("expired");
    expect(eventTypesOfMandate(stage, id)).toEqual(["mandate.created", "mandate.activated", "mandate.expired"]);
    const late = await stage.api("POST", `/v1/mandates/${id}/cancel`);
    expect(late).toMatchObject({ status: 409, body: { type: "/problems/mandate_over" } });
  });
});

describe("the list of mandates", () => {
  it("is newest first, a page at a time, by customer, by reference and by status", async () => {
    const customer = { id: "c-list", name: "Zé" };
    const ids: string[] = [];
    for (const reference of ["list-1", "list-2", "list-3"])
      ids.unshift((await askMandate(stage, { customer, reference })).id);
    await agree(stage);
    await stage.settle();
    const { body: page } = await stage.api("GET", "/v1/mandates?customer=c-list&limit=2");
    expect(page.data.map((one: { id: string }) => one.id)).toEqual(ids.slice(0, 2));
    const { body: last } = await stage.api("GET", `/v1/mandates?customer=c-list&limit=2&after=${page.next}`);
    expect([last.data[0].id, last.hasMore, last.next]).toEqual([ids[2], false, null]);
    const { body: active } = await stage.api("GET", "/v1/mandates?customer=c-list&status=active");
    expect(active.data.map((one: { id: string }) => one.id)).toEqual([ids[2]]);
    const { body: second } = await stage.api("GET", "/v1/mandates?reference=list-2");
    expect(second.data.map((one: { id: string }) => one.id)).toEqual([ids[1]]);
  });
});

describe("the journal of every mandate", () => {
  it("replayed from its first line on, comes to the state that is stored", async () => {
    const { rows } = await stage.pool.query<{ state: Mandate }>("select state from mandate");
    expect(rows.length).toBeGreaterThan(10);
    for (const { state } of rows) {
      const { rows: lines } = await stage.pool.query<StoredFact>(
        "select kind, at, version, data from fact where subject_id = $1 order by number",
        [state.id],
      );
      const { looks: _none, looked: _never, ...replayed } = replayMandate(lines);
      expect({ ...replayed, sequence: state.sequence }).toEqual(state);
    }
  });
});
