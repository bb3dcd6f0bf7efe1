import { inTransaction } from "@caravela/platform/postgres/transaction";
import { expect, it } from "vitest";
import { newPayment } from "../../../../packages/server/src/domain/payment/testing/builders.ts";
import { Idempotency } from "../../../../packages/server/src/http/idempotency.ts";
import { KeptAnswers, storeKey } from "../../../../packages/server/src/storage/kept-answers.ts";
import type { BothServers } from "../testing/both-servers.ts";
import { refusal } from "../testing/refusal.ts";

const identity = (key: string, operation = "POST /v1/payments") => ({
  operation,
  scope: `scope of ${operation}`,
  key,
  fingerprint: "f",
});

const row = (key: string, resource: string | null, status: number | null = null) => ({
  ...identity(key),
  resource,
  status,
  body: status === null ? null : '{"id":1}',
});

/** The keys of requests, and what they were answered with. */
export function keysAreKept(servers: BothServers): void {
  it("a key is kept with what its request made, held, answered once, and never taken twice", async () => {
    await servers.same(async ({ pool, payments, time }) => {
      const answers = new KeptAnswers(pool);
      const create = (id: string, key: string) =>
        payments.create(
          () => newPayment({ id: `pay_${id}`, payToken: `keys ${id}` }),
          () => row(key, `pay_${id}`),
        );
      const made = await create("k1", "one");
      const held = await answers.find(identity("one"));
      await answers.hold(identity("one"), made.id);
      await answers.hold(identity("one"), "pay_other");
      const answered = { ...identity("one"), made: made.id, status: 201, body: "{}", at: new Date(time.now) };
      const kept = [await answers.keep(answered), await answers.keep(answered)];
      await answers.hold(identity("one"), made.id);
      const refused = { ...identity("two"), made: null, status: 422, body: "{}", at: new Date(time.now) };
      kept.push(await answers.keep(refused), await answers.keep(refused));
      const taken = [
        await refusal(create("k2", "one")),
        await refusal(create("k1", "three")),
        await refusal(storeKey(pool, row("one", "pay_k3", 201), new Date(time.now))),
      ];
      const found = [await answers.find(identity("one")), await answers.find(identity("two"))];
      return {
        held,
        kept,
        taken,
        found,
        none: await answers.find(identity("none")),
        second: await payments.load("pay_k2"),
      };
    });
    await servers.sameRows("idempotency", "payment", "fact");
  });

  it("a key is stored in somebody's transaction, and not where that fails", async () => {
    const answers = await servers.same(async ({ pool, time }) => {
      const at = new Date(time.now);
      await inTransaction(pool, (connection) => storeKey(connection, row("four", "note_1", 201), at));
      const failed = await refusal(
        inTransaction(pool, async (connection) => {
          await storeKey(connection, row("five", "note_2", 201), at);
          await storeKey(connection, row("four", "note_2", 201), at);
        }),
      );
      return { failed, five: await new KeptAnswers(pool).find(identity("five")) };
    });
    expect(answers).toMatchObject({ failed: { code: "23505" }, five: [] });
    await servers.sameRows("idempotency");
  });

  it("a key is forgotten after seven days", async () => {
    await servers.same(async ({ pool, clock, time }) => {
      await new Idempotency(pool, clock, "52221").purge();
      time.now += 8 * 86_400_000;
      await new Idempotency(pool, clock, "52221").purge();
    });
    const { "caravela.idempotency": left } = await servers.sameRows("idempotency");
    expect(left).toEqual([]);
  });
}
