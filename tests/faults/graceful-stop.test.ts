import { closeSync, existsSync, openSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, read } from "../support/actions.ts";
import { type ProcessStage, setProcessStage } from "../support/process-stage.ts";
import { until } from "../support/until.ts";

/** What `npm start` gives a program before it is ended by force, in milliseconds. */
const GIVEN_MS = 10_000;

const toldOf = (stage: ProcessStage, id: string) =>
  stage.events.filter(({ data }) => data.payment?.id === id).map(({ type }) => type);

describe("a server that is asked to end while everything hangs", () => {
  let stage: ProcessStage;
  beforeAll(async () => {
    stage = await setProcessStage();
  });
  afterAll(() => stage.close());

  it("ends within the time that it is given, and nothing is lost", async () => {
    const waiting = await createPayment(stage);
    await askPhone(stage, waiting, "912000001");
    await until(() => toldOf(stage, waiting).includes("payment.pending"));

    // a delivery that hangs, a page that listens, and a call to SIBS that hangs with its request
    let isBusy = false;
    stage.shop.busyWith = () => {
      isBusy = true;
      return new Promise(() => undefined);
    };
    const order = await stage.api("POST", "/v1/payments", { amount: 550, currency: "EUR", reference: "hangs" });
    const page = new URL(order.body.payUrl);
    const stream = await fetch(`${stage.urlOf(0)}${page.pathname}/events`);
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    await until(() => isBusy);
    const hangs = stage.line.hold("mbway-id/purchase", "answer");
    const asked = askPhone(stage, order.body.id, "912000002").catch(() => "cut off");
    await hangs;

    const { how, ms } = await stage.server.end();
    expect(how).toBe(0);
    expect(ms).toBeLessThan(GIVEN_MS);
    await asked;
    stage.line.release();
    await stream.body?.cancel().catch(() => undefined);

    stage.shop.busyWith = async () => undefined;
    await stage.server.start();
    await stage.runOutLeases("server");
    for (const phone of ["912000001", "912000002"]) await approve(stage, phone);
    await stage.advance(60);
    for (const id of [waiting, order.body.id]) {
      expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550 });
      await until(() => toldOf(stage, id).includes("payment.paid"));
    }
    expect(toldOf(stage, order.body.id)).toContain("payment.created");
  });
});

describe.skipIf(!existsSync("/dev/full"))("a server whose output goes to a disk that is full", () => {
  let stage: ProcessStage;
  let output: number;
  beforeAll(async () => {
    output = openSync("/dev/full", "w");
    stage = await setProcessStage({ output });
  });
  afterAll(async () => {
    await stage.close();
    closeSync(output);
  });

  it("takes payments, tells of them, counts what it could not write, and ends in order when it is asked to", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await approve(stage);
    await stage.advance(0);
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550 });
    await until(() => toldOf(stage, id).includes("payment.paid"));
    const metrics = await (await fetch(`${stage.urlOf(0)}/metrics`)).text();
    expect(Number(/^caravela_log_lines_dropped (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(5);
    const { how, ms } = await stage.server.end();
    expect(how).toBe(0);
    expect(ms).toBeLessThan(GIVEN_MS);
  });
});
