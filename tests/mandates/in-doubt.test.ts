import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  activeMandate,
  agree,
  askMandate,
  eventTypesOfMandate,
  faults,
  readMandate,
  transactionsOf,
} from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

const CREATION = "mbway-mandates/creation";
const CANCEL = "mbway-mandates/cancel";
/** Done, and then the connection is cut. */
const ANSWER_LOST = { dropAnswer: 1 };
/** Not done: something before SIBS answers with a page. */
const NEVER_ARRIVES = { html: 1 };
const DOWN = { http: { 503: 1 } };

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

/** How the phone shows the mandates of a description's owner, newest first. */
async function onThePhone(): Promise<{ id: string; status: string }[]> {
  return (await stage.sandbox("GET", "/phones/351%23919999999")).body.mandates;
}

/** SIBS's id of a mandate, as it was known with its transaction: the list says both, the status does not. */
async function mandateIdNamedFirst(mandate: string): Promise<string | null> {
  const { rows } = await stage.pool.query(
    "select data ->> 'mandateId' as it from fact where subject_id = $1 and kind = 'mandate_named' order by number limit 1",
    [mandate],
  );
  return rows[0].it;
}

describe("a request for a mandate whose answer is lost", () => {
  it("is in doubt, and found by the id it was sent under", async () => {
    await faults(stage, { [CREATION]: ANSWER_LOST, status: DOWN });
    const asked = await askMandate(stage);
    expect(asked).toMatchObject({ status: "pending", inDoubt: true });
    await stage.advance(20);
    expect(await readMandate(stage, asked.id)).toMatchObject({ status: "pending", inDoubt: true });
    await faults(stage, {});
    await stage.advance(60);
    expect(await readMandate(stage, asked.id)).toMatchObject({ status: "pending", inDoubt: false });
    await agree(stage, { limit: "30.00" });
    await stage.settle();
    expect(await readMandate(stage, asked.id)).toMatchObject({ status: "active", limit: 3000 });
    expect(await transactionsOf(stage, asked.id)).toHaveLength(1);
  });

  it("is found by the notification, however long SIBS cannot be asked", async () => {
    await faults(stage, { [CREATION]: ANSWER_LOST, status: DOWN });
    const { id } = await askMandate(stage);
    await agree(stage);
    await stage.settle();
    expect(await readMandate(stage, id)).toMatchObject({ status: "active", inDoubt: false });
    expect(eventTypesOfMandate(stage, id)).toEqual(["mandate.created", "mandate.activated"]);
  });

  it("is found in the list of all where SIBS does not find it by our id, and the notification is lost too", async () => {
    const waysFound: (string | null)[] = [];
    for (let seed = 1; seed <= 20 && !waysFound.some((mandateId) => mandateId !== null); seed += 1) {
      const unreliable = { [CREATION]: ANSWER_LOST, status: { http: { 404: 0.5 } } };
      await stage.sandbox("PUT", "/faults", { seed, calls: unreliable, notifications: { drop: 1 } });
      const { id } = await askMandate(stage);
      await agree(stage);
      await stage.advance(30);
      expect(await readMandate(stage, id)).toMatchObject({ status: "active", inDoubt: false });
      waysFound.push(await mandateIdNamedFirst(id));
    }
    expect(waysFound.at(-1)).toMatch(/^\d{20}$/);
  });

  it("is not mixed up with another mandate of the same customer", async () => {
    await activeMandate(stage);
    await faults(stage, { [CREATION]: NEVER_ARRIVES });
    const { id } = await askMandate(stage);
    await faults(stage, {});
    await stage.advance(150);
    expect(await readMandate(stage, id)).toMatchObject({ status: "refused", failure: { reason: "not_sent" } });
  });

  it("that never arrived is refused only when SIBS has said so for a minute, and is never sent again", async () => {
    await faults(stage, { [CREATION]: NEVER_ARRIVES });
    const { id, inDoubt } = await askMandate(stage);
    expect(inDoubt).toBe(true);
    await faults(stage, {});
    await stage.advance(45);
    expect((await readMandate(stage, id)).status).toBe("pending");
    await stage.advance(90);
    expect(await readMandate(stage, id)).toMatchObject({
      status: "refused",
      inDoubt: false,
      failure: { reason: "not_sent" },
    });
    await stage.advance(86_400);
    expect(await transactionsOf(stage, id)).toEqual([]);
    expect(eventTypesOfMandate(stage, id)).toEqual(["mandate.created", "mandate.refused"]);
  });

  it("is refused when SIBS did not take it at all", async () => {
    await faults(stage, { [CREATION]: { http: { 401: 1 } } });
    expect(await askMandate(stage)).toMatchObject({
      status: "refused",
      inDoubt: false,
      failure: { reason: "not_taken", code: "E0301" },
    });
  });

  it("is canceled for good when the shop no longer wants it: what is approved all the same is ended at SIBS", async () => {
    await faults(stage, { [CREATION]: ANSWER_LOST, status: DOWN });
    const { id } = await askMandate(stage);
    expect((await stage.api("POST", `/v1/mandates/${id}/cancel`)).body.status).toBe("canceled");
    await faults(stage, {});
    const creation = await agree(stage);
    await stage.settle();
    expect((await onThePhone()).find((one) => one.id === creation)?.status).toBe("canceled");
    expect(eventTypesOfMandate(stage, id)).toEqual(["mandate.created", "mandate.canceled"]);
  });
});

describe("a request while SIBS cannot be asked", () => {
  it("stays pending past its time, and is active when SIBS says so", async () => {
    const phone = "960000008";
    await faults(stage, { "mbway-mandates/inquiry": DOWN }, { drop: 1 });
    const { id } = await askMandate(stage, { phone });
    await stage.advance(280);
    await agree(stage, {}, phone);
    await stage.advance(120);
    expect(await readMandate(stage, id)).toMatchObject({ status: "pending", failure: null });
    await faults(stage, {});
    await stage.advance(60);
    expect(await readMandate(stage, id)).toMatchObject({ status: "active", failure: null, endedAt: null });
    expect(eventTypesOfMandate(stage, id)).toEqual(["mandate.created", "mandate.activated"]);
  });
});

async function sentSoFar(mandate: string): Promise<number> {
  const { rows } = await stage.pool.query(
    "select count(*)::int as sent from fact where subject_id = $1 and kind = 'cancellation_sent'",
    [mandate],
  );
  return rows[0].sent;
}

describe("the end of a mandate whose answer is lost", () => {
  it("counts at once, and SIBS is asked until it says so", async () => {
    const { id } = await activeMandate(stage);
    await faults(stage, { [CANCEL]: ANSWER_LOST });
    const canceled = await stage.api("POST", `/v1/mandates/${id}/cancel`);
    expect(canceled).toMatchObject({ status: 200, body: { status: "canceled" } });
    await stage.advance(600);
    const { rows } = await stage.pool.query("select state -> 'cancellation' as it, due_at from mandate where id = $1", [
      id,
    ]);
    expect(rows[0]).toMatchObject({ it: { tries: 1, doneAt: expect.any(Number) }, due_at: null });
  });

  it("that never arrived is sent again, since the customer could still be charged", async () => {
    const { id } = await activeMandate(stage);
    await faults(stage, { [CANCEL]: NEVER_ARRIVES });
    await stage.api("POST", `/v1/mandates/${id}/cancel`);
    const [newest] = await onThePhone();
    expect(newest?.status).toBe("active");
    await stage.advance(30);
    await faults(stage, {});
    await stage.advance(120);
    expect((await onThePhone())[0]?.status).toBe("canceled");
    expect(eventTypesOfMandate(stage, id)).toEqual(["mandate.created", "mandate.activated", "mandate.canceled"]);
  });

  it("that SIBS declines is sent again, less and less often, each day at last", async () => {
    const { id } = await askMandate(stage, { phone: "960000015" });
    await stage.advance(10);
    expect((await readMandate(stage, id)).status).toBe("active");
    expect((await stage.api("POST", `/v1/mandates/${id}/cancel`)).body.status).toBe("canceled");
    await stage.advance(6 * 3600);
    const soon = await sentSoFar(id);
    expect(soon).toBeGreaterThan(5);
    expect(soon).toBeLessThan(15);
    await stage.advance(7 * 86_400);
    const afterAWeek = await sentSoFar(id);
    await stage.advance(3 * 86_400);
    expect((await sentSoFar(id)) - afterAWeek).toBe(3);
  });
});
