import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, read, transactionsOf } from "../support/actions.ts";
import { type ProcessStage, setProcessStage } from "../support/process-stage.ts";
import type { ReceivedEvent } from "../support/shop.ts";
import type { Play } from "../support/stage.ts";
import { until } from "../support/until.ts";

const PAYMENTS = 24;
/** How long what a dead server had in hand stays with it, in seconds of the database's time. */
const LEASE = 10;

let stage: ProcessStage;
beforeAll(async () => {
  stage = await setProcessStage({ servers: 2 });
});
afterAll(() => stage.close());

describe("two servers on one database", () => {
  it("share the work, and the shop is never sent two events of one payment at once or out of order", async () => {
    const watch = watchOrder();
    stage.shop.busyWith = watch.busyWith;
    const ids = await Promise.all(
      Array.from({ length: PAYMENTS }, async (_, place) => {
        const through = serverOf(place % 2);
        const id = await createPayment(through);
        await askPhone(through, id, "960000001");
        return id;
      }),
    );
    await until(async () => (await Promise.all(ids.map((id) => read(stage, id)))).every(isPaid));
    await until(async () => (await undelivered()) === 0);
    expect(watch.faults).toEqual([]);
    for (const id of ids) expect(watch.sequencesOf(id)).toEqual([1, 2, 3]);
    for (const place of [0, 1]) expect(await deliveredBy(place)).toBeGreaterThan(0);
  });

  it("send a refund once, whichever of them records the late money and whichever sends it back", async () => {
    const attempts = await Promise.all(
      Array.from({ length: PAYMENTS }, async (_, place) => {
        const [one, other] = [serverOf(place % 2), serverOf((place + 1) % 2)];
        const id = await createPayment(one);
        const phone = `9130000${String(place).padStart(2, "0")}`;
        const attempt = (await askPhone(one, id, phone)).body.id as string;
        await other.api("POST", `/v1/payments/${id}/cancel`);
        await approve(stage, phone);
        return { id, attempt };
      }),
    );
    await stage.advance(60);
    for (const { id, attempt } of attempts) {
      const { refunds } = await read(stage, id);
      expect(refunds).toMatchObject([{ status: "succeeded", reason: "late", amount: 550 }]);
      expect(await transactionsOf(stage, refunds[0].id)).toHaveLength(1);
      expect(await transactionsOf(stage, attempt)).toMatchObject([{ captured: "5.50", refunded: "5.50" }]);
    }
  });

  it("carry out a request once that reaches both of them at once", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "960000001");
    await stage.advance(0);
    const key = { "idempotency-key": crypto.randomUUID() };
    const answers = await Promise.all(
      [0, 1, 0, 1].map((place) => stage.apiOf(place, "POST", `/v1/payments/${id}/refunds`, { amount: 100 }, key)),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await read(stage, id)).toMatchObject({ amountRefunded: 100, refunds: [{ amount: 100 }] });
  });

  it("one goes on within ten seconds with what the other had in hand when it was killed", async () => {
    const [survivor, dead] = [stage.servers[0], stage.servers[1]];
    await survivor?.kill();
    const id = await createPayment(serverOf(1));
    const [taken, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let takes = 0;
    stage.shop.busyWith = async (event) => {
      if (event.data.payment.id !== id || event.type !== "payment.paid") return;
      takes += 1;
      taken.resolve();
      await letGo.promise;
    };
    await askPhone(serverOf(1), id, "960000001");
    await taken.promise;
    await survivor?.start();
    await dead?.kill();
    const held = `select extract(epoch from leased_until - now())::float as seconds from delivery
                   where subject_id = $1 and leased_until > now()`;
    const { rows } = await stage.pool.query(held, [id]);
    expect(rows).toHaveLength(1);
    expect(rows[0].seconds).toBeLessThanOrEqual(LEASE);
    expect(takes).toBe(1);
    await until(() => takes === 2);
    letGo.resolve();
    expect((await read(serverOf(0), id)).status).toBe("paid");
  });
});

/** The stage as seen by a shop that calls one of the servers. */
function serverOf(place: number): Play {
  const { sandbox, events } = stage;
  return {
    sandbox,
    events,
    api: (method, path, body, headers) => stage.apiOf(place, method, path, body, headers),
  };
}

/** A shop that takes its time over each event, and notes what must not be. */
function watchOrder() {
  const [inHand, sequences, faults] = [new Set<string>(), new Map<string, number[]>(), [] as string[]];
  const sequencesOf = (payment: string): number[] => sequences.get(payment) ?? [];
  const busyWith = async ({ data, sequence }: ReceivedEvent): Promise<void> => {
    const payment = String(data.payment.id);
    const before = sequencesOf(payment);
    if (inHand.has(payment)) faults.push(`two events of ${payment} at once`);
    if (sequence !== before.length + 1) faults.push(`${payment}: event ${sequence} after ${before}`);
    sequences.set(payment, [...before, sequence]);
    inHand.add(payment);
    await new Promise((resolve) => setTimeout(resolve, 20));
    inHand.delete(payment);
  };
  return { busyWith, faults, sequencesOf };
}

const isPaid = ({ status }: { status: string }): boolean => status === "paid";

async function undelivered(): Promise<number> {
  return (await stage.pool.query("select 1 from delivery where due_at is not null")).rows.length;
}

/** How many events one server has delivered. */
async function deliveredBy(server: number): Promise<number> {
  const text = await (await fetch(`${stage.urlOf(server)}/metrics`)).text();
  return Number(/^caravela_deliveries_total\{outcome="delivered"\} (\d+)/m.exec(text)?.[1] ?? 0);
}
