import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agree, readMandate, transactionsOf } from "../support/actions.ts";
import { type ProcessStage, setProcessStage } from "../support/process-stage.ts";

let stage: ProcessStage;
beforeAll(async () => {
  stage = await setProcessStage();
});
afterAll(() => stage.close());

const CREATION = "mbway-mandates/creation";

/**
 * Asks for a mandate and kills the server while the call is on its way, or its answer is; gives the shop's own way to
 * ask again.
 */
async function dieAsking(phone: string, where: "request" | "answer") {
  const key = { "idempotency-key": crypto.randomUUID() };
  const body = { phone, customer: { name: "Ana" }, type: "subscription", description: "Box" };
  const ask = () => stage.api("POST", "/v1/mandates", body, key);
  const held = stage.line.hold(CREATION, where);
  const cut = ask().catch(() => "cut");
  await held;
  await stage.server.kill();
  stage.line.release();
  expect(await cut).toBe("cut");
  return ask;
}

/** Starts the server again. What it held when it was killed is free, as it would be ten seconds later. */
async function startAgain(): Promise<void> {
  await stage.runOutLeases("server");
  await stage.server.start();
}

/** What the shop was told, each event once. */
function toldOnce(mandate: string): string[] {
  const events = stage.events.filter((event) => event.data.mandate?.id === mandate);
  return [...new Map(events.map((event) => [event.id, event.type])).values()];
}

describe("the server is killed between what it wrote down and what it does", () => {
  it("having asked the phone: the mandate is found, the phone is asked once, the shop's retry finds the same", async () => {
    const ask = await dieAsking("913333331", "answer");
    await startAgain();
    await stage.advance(30);
    const retried = await ask();
    expect(retried.headers.get("idempotent-replayed")).toBe("true");
    expect(retried.body).toMatchObject({ status: "pending", inDoubt: false });
    await agree(stage, { limit: "10.00" }, "913333331");
    await stage.advance(0);
    const { id } = retried.body;
    expect(await readMandate(stage, id)).toMatchObject({ status: "active", limit: 1000 });
    expect(await transactionsOf(stage, id)).toHaveLength(1);
    expect(toldOnce(id)).toEqual(["mandate.created", "mandate.activated"]);
  });

  it("not having asked the phone: it is never asked, and the mandate is refused a minute after SIBS first said so", async () => {
    const ask = await dieAsking("913333332", "request");
    await startAgain();
    await stage.advance(30);
    expect((await ask()).body).toMatchObject({ status: "pending", inDoubt: true });
    await stage.advance(180);
    const { id } = (await ask()).body;
    expect(await readMandate(stage, id)).toMatchObject({ status: "refused", failure: { reason: "not_sent" } });
    expect(await transactionsOf(stage, id)).toEqual([]);
  });

  it("while it ends a mandate: it is ended at SIBS when the server is back", async () => {
    const phone = "913333333";
    const made = await stage.api("POST", "/v1/mandates", {
      phone,
      customer: { name: "Ana" },
      type: "oneclick",
      description: "Box",
    });
    const { id } = made.body;
    const creation = await agree(stage, {}, phone);
    await stage.advance(0);
    const held = stage.line.hold("/cancel", "request");
    const cut = stage.api("POST", `/v1/mandates/${id}/cancel`).catch(() => "cut");
    await held;
    await stage.server.kill();
    stage.line.release();
    expect(await cut).toBe("cut");
    await startAgain();
    expect((await readMandate(stage, id)).status).toBe("canceled");
    await stage.advance(180);
    const { body } = await stage.sandbox("GET", `/phones/351%23${phone}`);
    expect(body.mandates).toMatchObject([{ id: creation, status: "canceled" }]);
    expect(toldOnce(id)).toEqual(["mandate.created", "mandate.activated", "mandate.canceled"]);
  });
});
