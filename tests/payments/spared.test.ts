import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  activeMandate,
  approve,
  askMandate,
  askPhone,
  askReference,
  createPayment,
  faults,
  read,
  transactionsOf,
} from "../support/actions.ts";
import { createCardPayment, payByCard } from "../support/cards.ts";
import type { Line } from "../support/line.ts";
import { chargeMandate } from "../support/mandates.ts";
import type { Stage } from "../support/stage.ts";
import { setStageOnLine } from "../support/stage-on-line.ts";

const BUSY = { http: { 429: 1 } };
/** For how long SIBS asks to be spared, in seconds. */
const ASKED = 1_200;

let stage: Stage;
let line: Line;
/** The paths of all calls that reached SIBS. */
const calls: string[] = [];

beforeAll(async () => {
  const settings = { methods: ["mbway", "multibanco", "card"] } as const;
  ({ stage, line } = await setStageOnLine(settings, (path) => calls.push(path)));
  line.alter("", (told) => (told.status === 429 ? { ...told, headers: { "retry-after": String(ASKED) } } : told));
});
afterEach(async () => {
  await faults(stage, {});
  await stage.advance(ASKED + 20);
});
afterAll(() => stage.close());

/** What is called within so many seconds of which nobody waits for anything. */
async function calledWithin(seconds: number): Promise<readonly string[]> {
  calls.length = 0;
  await stage.advance(seconds);
  return [...calls];
}

/** A payment that is held, by card. */
async function held(): Promise<string> {
  const id = await createCardPayment(stage, { capture: "manual" });
  await payByCard(stage, id, "4111111111111111");
  await stage.settle();
  return id;
}

async function paid(): Promise<string> {
  const id = await createPayment(stage);
  await askPhone(stage, id);
  await approve(stage);
  await stage.advance(5);
  return id;
}

const post = (id: string, what: string) => stage.api("POST", `/v1/payments/${id}/${what}`, {});

/**
 * Calls that are made because a customer or the shop asks for something now; what is needed for each, and the call
 * itself.
 */
const asked: Readonly<Record<string, () => Promise<() => Promise<unknown>>>> = {
  payments: async () => {
    const id = await createPayment(stage);
    return () => askPhone(stage, id, "960000020");
  },
  "mbway-id/purchase": async () => {
    const id = await createPayment(stage);
    return () => askPhone(stage, id, "960000021");
  },
  "service-reference/generate": async () => {
    const id = await createPayment(stage);
    return () => askReference(stage, id);
  },
  "card/purchase": async () => {
    const id = await createCardPayment(stage);
    return () => payByCard(stage, id, "4111111111111111");
  },
  refund: async () => {
    const id = await paid();
    return () => post(id, "refunds");
  },
  capture: async () => {
    const id = await held();
    return () => post(id, "capture");
  },
  cancellation: async () => {
    const id = await held();
    return () => post(id, "cancel");
  },
  "mbway-mandates/creation": async () => () => askMandate(stage, { phone: "960000022" }),
  "mbway-mandates/cancel": async () => {
    const { id } = await activeMandate(stage);
    return () => stage.api("POST", `/v1/mandates/${id}/cancel`);
  },
};

describe("a SIBS that asks to be spared", () => {
  it.each(Object.entries(asked))("by its answer to %s is asked nothing that can wait", async (call, prepare) => {
    const act = await prepare();
    const waiting = await createPayment(stage);
    await askPhone(stage, waiting, "960000023");
    await faults(stage, { [call]: BUSY });
    await act();
    expect(calls.length).toBeGreaterThan(0);
    await faults(stage, {});
    expect(await calledWithin(ASKED - 30)).toEqual([]);
    expect(await calledWithin(60)).not.toEqual([]);
  });

  it("still has what a customer or a shop asks for now, once; its refusal is told in clear words, and they may try again", async () => {
    const id = await createPayment(stage);
    await faults(stage, { "mbway-id/purchase": BUSY });
    calls.length = 0;
    const first = await askPhone(stage, id, "960000024");
    expect(first.body).toMatchObject({ status: "failed", failure: { reason: "technical", next: "try_again" } });
    expect(calls.filter((path) => path.endsWith("/mbway-id/purchase"))).toHaveLength(1);
    expect(await read(stage, id)).toMatchObject({ status: "open", attention: null });
    await faults(stage, {});
    expect((await askPhone(stage, id, "960000024")).body.status).toBe("pending");
  });

  it("is sent no refund of late money meanwhile, and the one refund when it may be called again", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await post(id, "cancel");
    await faults(stage, { refund: BUSY });
    await approve(stage);
    await stage.advance(1);
    await faults(stage, {});
    expect(await calledWithin(ASKED - 30)).toEqual([]);
    await stage.advance(60);
    const { refunds } = await read(stage, id);
    expect(refunds).toMatchObject([{ reason: "late", status: "succeeded" }]);
    expect(await transactionsOf(stage, refunds[0].id)).toHaveLength(1);
  });

  it("is told of the withdrawal of a reference that nobody shall pay only afterwards", async () => {
    const id = await createPayment(stage);
    await askReference(stage, id);
    await faults(stage, { status: BUSY });
    const other = await createPayment(stage);
    await askPhone(stage, other, "960000025");
    await stage.advance(5);
    await post(id, "cancel");
    await faults(stage, {});
    expect(await calledWithin(ASKED - 30)).toEqual([]);
    await stage.advance(60);
    expect((await read(stage, id)).attempts[0].status).toBe("canceled");
  });

  it("does not keep a payment from expiring whose inquiry waits", async () => {
    const id = await createPayment(stage, { expiresAt: new Date(stage.now() + 3_900_000).toISOString() });
    await askPhone(stage, id, "960000026");
    await stage.advance(3_590);
    await faults(stage, { "mbway-id/purchase": BUSY });
    await askPhone(stage, await createPayment(stage), "960000028");
    expect(await calledWithin(600)).toEqual([]);
    expect((await read(stage, id)).status).toBe("expired");
  });

  it("is charged by an authorised payment where the shop asks for it now", async () => {
    const mandate = await activeMandate(stage);
    await faults(stage, { "mbway-id/purchase": BUSY });
    await askPhone(stage, await createPayment(stage), "960000027");
    await faults(stage, {});
    const id = await createPayment(stage, { customer: { id: "c9" } });
    await chargeMandate(stage, id, mandate.id);
    expect((await read(stage, id)).status).toBe("paid");
  });
});
