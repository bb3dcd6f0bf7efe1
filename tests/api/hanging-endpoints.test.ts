import type { ServerResponse } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPayment } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";
import { type Arrival, answerWith, openReceiver, type Receiver } from "./receiver.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

/** An endpoint that takes events and never answers, until it is let go. */
async function openHanging(): Promise<Receiver & { letGo: () => Promise<void> }> {
  const receiver = await openReceiver(stage);
  const held: [Arrival, ServerResponse][] = [];
  receiver.answer = (arrival, response) => void held.push([arrival, response]);
  const letGo = async () => {
    receiver.answer = answerWith(200);
    for (const [arrival, response] of held) answerWith(200)(arrival, response);
    await receiver.close();
  };
  return { ...receiver, letGo };
}

const shareOf = async ({ id }: Receiver): Promise<number> =>
  (await stage.pool.query("select share from event_endpoint where id = $1", [id])).rows[0].share;

describe("endpoints that hang", () => {
  it("keep nobody else waiting, however many they are", async () => {
    const hanging = await Promise.all(Array.from({ length: 12 }, openHanging));
    const healthy = await openReceiver(stage);
    const lags: number[] = [];
    for (let n = 0; n < 40; n += 1) {
      const payment = await createPayment(stage);
      const begun = performance.now();
      // sooner than the fifteen seconds for which an answer is waited
      await until(() => healthy.typesOf(payment).length === 1, 14_000);
      lags.push(performance.now() - begun);
    }
    expect(lags.toSorted((one, other) => one - other)[20]).toBeLessThan(1_000);
    for (const one of hanging) expect(one.arrivals.length).toBeLessThanOrEqual(8);
    // each in its own time: fifteen seconds are waited for an answer
    const shares = () => Promise.all(hanging.map(shareOf));
    await until(async () => (await shares()).every((share) => share === 1));
    await Promise.all(hanging.map(({ letGo }) => letGo()));
    await healthy.close();
  });
});
