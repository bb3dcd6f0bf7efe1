import { systemChance } from "@caravela/platform/chance";
import { expect, it } from "vitest";
import { CLOCK } from "../domain/by.ts";
import type { MandateId, PaymentId } from "../domain/identifiers.ts";
import { WANTED } from "../domain/mandate/testing/builders.ts";
import { newPayment, PHONE, said, TEN, TERMS } from "../domain/payment/testing/builders.ts";
import { DAY, MINUTE } from "../domain/time.ts";
import { MandateStore } from "../storage/mandates.ts";
import { PaymentStore } from "../storage/payments.ts";
import { dyingPool, testPool } from "../testing/pool.ts";
import { recordReport } from "./attempt.ts";

const pool = await testPool({ max: 4 });
let now = TEN;

/** A process that dies once it has asked for so many statements. */
function server(statements = Number.POSITIVE_INFINITY) {
  const dying = dyingPool(pool, statements);
  const parts = {
    pool: dying,
    given: () => ({ now, id: systemChance.id }),
    by: CLOCK,
    before: "52221",
    eventsOf: () => [],
    changed: () => undefined,
  } as const;
  return { payments: new PaymentStore(parts), mandates: new MandateStore(parts), countUnknown: () => undefined };
}

/** A payment that is being charged by a mandate of which SIBS is not to be asked before long. */
async function charging(number: number): Promise<{ readonly id: PaymentId; readonly mandate: MandateId }> {
  const { payments, mandates } = server();
  const [id, mandate, attempt] = [`pay_${number}`, `man_${number}`, `att_${number}`] as const;
  const wanted = {
    ...WANTED,
    id: mandate,
    authorizeToken: `a${number}`,
    manageToken: `m${number}`,
    reference: mandate,
  };
  const key = { operation: "x", scope: "s", key: mandate, fingerprint: "", resource: mandate, status: 201, body: "" };
  await mandates.create(
    () => wanted,
    () => key,
  );
  await mandates.record(mandate, () => [
    { kind: "mandate_named", at: now, transactionId: `s2_${mandate}`, mandateId: `sibs${number}` },
    {
      kind: "mandate_heard",
      at: now,
      status: "active",
      mandateId: `sibs${number}`,
      limit: null,
      validUntil: null,
      said: "ACTV",
    },
  ]);
  await payments.createOnce(() => newPayment({ id, payToken: id, methods: ["mbway"] }));
  await payments.record(id, () => [
    { kind: "attempt_prepared", at: now, attempt, ...TERMS, method: "mandate", mandate: { id: mandate, phone: PHONE } },
    {
      kind: "attempt_submitted",
      at: now,
      attempt,
      transactionId: `s2_${attempt}`,
      merchantTransactionId: attempt,
      checkoutExpiresAt: now + DAY,
      expiresAt: now + DAY,
    },
  ]);
  return { id, mandate };
}

it("a mandate that was not charged is asked about soon, wherever whoever heard of that died", async () => {
  for (let statements = 1, isWhole = false; !isWhole; statements += 1) {
    now = TEN + statements * DAY;
    const { id, mandate } = await charging(statements);
    const before = await server().mandates.load(mandate);
    expect((before?.askAt ?? now + DAY) - now).toBeGreaterThan(MINUTE);
    now += MINUTE / 2;
    isWhole = await recordReport(server(statements), id, `att_${statements}`, said("Declined")).then(
      () => true,
      () => false,
    );
    const { payments, mandates } = server();
    const isToldAgain = (await payments.load(id))?.attempts[0]?.status === "submitted";
    const isAskedSoon = ((await mandates.load(mandate))?.askAt ?? Number.POSITIVE_INFINITY) <= now;
    expect(isToldAgain || isAskedSoon).toBe(true);
    if (isWhole) expect([isToldAgain, isAskedSoon]).toEqual([false, true]);
  }
});
