import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, eventTypesOf, payAtAtm, read } from "../support/actions.ts";
import type { Line } from "../support/line.ts";
import type { Stage } from "../support/stage.ts";
import { setStageOnLine } from "../support/stage-on-line.ts";

describe("an amount that SIBS's status does not say in a way that can be read", () => {
  let stage: Stage;
  let line: Line;
  beforeAll(async () => {
    ({ stage, line } = await setStageOnLine());
  });
  afterAll(() => stage.close());
  const says = (amount: unknown) =>
    line.alter("/status", ({ status, body }) => ({ status, body: { ...body, amount } }));

  it.each([
    { value: "5,50", currency: "EUR" },
    { value: "5.50", currency: "USD" },
    { value: "5.505", currency: "EUR" },
    { value: -5.5, currency: "EUR" },
    { currency: "EUR" },
    "5.50",
  ])("%j: counts as the one asked for never; a person is asked", async (amount) => {
    says(amount);
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await approve(stage);
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({
      status: "open",
      amountCaptured: 0,
      attention: { reason: "amount_differs" },
      attempts: [{ status: "approved" }],
    });
    expect(eventTypesOf(stage, id).at(-1)).toBe("payment.attention");
  });

  it("and none at all: it is the one asked for", async () => {
    says(undefined);
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await approve(stage);
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ status: "paid", amountCaptured: 550, attention: null });
  });

  it("of a reference that was paid: a person is asked, too", async () => {
    line.alter("/status");
    const id = await createPayment(stage);
    const { body } = await askReference(stage, id);
    says({ value: "5.50", currency: "BRL" });
    await payAtAtm(stage, body.multibanco);
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({ status: "open", attention: { reason: "amount_differs" } });
  });
});
