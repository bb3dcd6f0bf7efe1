import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, eventTypesOf, read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

describe("a payment by MB WAY", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  it("is paid when the phone approves, and the shop is told in order", async () => {
    const id = await createPayment(stage);
    const attempt = await askPhone(stage, id);
    expect(attempt.status).toBe(201);
    expect(attempt.body).toMatchObject({
      payment: id,
      method: "mbway",
      status: "pending",
      inDoubt: false,
      failure: null,
    });
    expect(attempt.body.mbway).toEqual({ phone: "351#*****9999" });
    await approve(stage);
    await stage.settle();
    expect(await read(stage, id)).toMatchObject({
      status: "paid",
      amountCaptured: 550,
      amountAuthorized: 550,
      amountRefunded: 0,
    });
    const sequences = stage.events.filter((event) => event.data.payment.id === id).map((event) => event.sequence);
    expect(eventTypesOf(stage, id)).toEqual(["payment.created", "payment.pending", "payment.paid"]);
    expect(sequences).toEqual([1, 2, 3]);
  });

  it("keeps no signature of SIBS's: nothing goes on after the one call", async () => {
    await askPhone(stage, await createPayment(stage), "960000001");
    await stage.settle();
    const { rows } = await stage.pool.query("select count(*)::int as kept from continuation");
    expect(rows[0].kept).toBe(0);
  });

  it("is open again when the customer declines, and can be paid by a new attempt", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "912345678");
    await stage.sandbox("POST", "/phones/351%23912345678/decline");
    await stage.settle();
    const open = await read(stage, id);
    expect(open.status).toBe("open");
    expect(open.attempts[0]).toMatchObject({
      status: "declined",
      failure: { reason: "declined_by_customer", code: "E0500" },
    });
    await askPhone(stage, id, "912345678");
    await approve(stage, "912345678");
    await stage.settle();
    expect((await read(stage, id)).status).toBe("paid");
    expect(eventTypesOf(stage, id)).toEqual([
      "payment.created",
      "payment.pending",
      "payment.attempt_failed",
      "payment.pending",
      "payment.paid",
    ]);
  });

  it("answers at once that a phone has no MB WAY", async () => {
    const id = await createPayment(stage);
    const attempt = await askPhone(stage, id, "960000003");
    expect(attempt.status).toBe(201);
    expect(attempt.body).toMatchObject({
      status: "declined",
      failure: { reason: "unknown_phone", code: "E0506", next: "other_phone" },
    });
  });

  it.each([
    ["960000001", "paid", "approved", null],
    ["960000002", "open", "declined", "declined_by_customer"],
    ["960000004", "open", "declined", "insufficient_funds"],
    ["960000010", "open", "failed", "technical"],
  ])("phone %s ends in %s without a person", async (phone, status, attemptStatus, reason) => {
    const id = await createPayment(stage);
    await askPhone(stage, id, phone);
    await stage.settle();
    const payment = await read(stage, id);
    expect(payment.status).toBe(status);
    expect(payment.attempts[0].status).toBe(attemptStatus);
    expect(payment.attempts[0].failure?.reason ?? null).toBe(reason);
  });

  it("waits while SIBS is working on it", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "960000009");
    expect((await read(stage, id)).status).toBe("pending");
    await stage.advance(11);
    expect((await read(stage, id)).status).toBe("paid");
  });
});

describe("MB WAY at four minutes", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  it.each(["919999999", "960000005", "960000006"])(
    "an unanswered request to %s is timed out, in whichever words SIBS says so",
    async (phone) => {
      const id = await createPayment(stage);
      const attempt = await askPhone(stage, id, phone);
      expect(attempt.body.secondsLeft).toBeGreaterThan(235);
      await stage.advance(230);
      expect((await read(stage, id)).status).toBe("pending");
      await stage.advance(12);
      const payment = await read(stage, id);
      expect(payment.status).toBe("open");
      expect(payment.attempts[0]).toMatchObject({
        status: "timed_out",
        failure: { reason: "not_answered", next: "try_again" },
      });
    },
  );

  it("stays live while SIBS is not final, and no second request is sent meanwhile", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "960000007");
    await stage.advance(245);
    const payment = await read(stage, id);
    expect(payment.status).toBe("pending");
    expect(payment.attempts[0]).toMatchObject({ status: "pending", secondsLeft: 0 });
    const second = await askPhone(stage, id);
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ type: "/problems/attempt_in_progress", secondsLeft: 0 });
    await stage.advance(60);
    expect((await read(stage, id)).attempts[0].status).toBe("timed_out");
  });

  it("takes an approval that comes up to a minute after SIBS's own time-out", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "960000008");
    await stage.advance(245);
    expect((await read(stage, id)).attempts[0].status).toBe("timed_out");
    await approve(stage, "960000008");
    await stage.settle();
    const payment = await read(stage, id);
    expect(payment.status).toBe("paid");
    expect(payment.attempts[0]).toMatchObject({ status: "approved", failure: null });
  });
});
