import { systemChance } from "@caravela/platform/chance";
import { createHttp, type Http } from "@caravela/platform/http";
import { createLog } from "@caravela/platform/log";
import { createPool, type Pool } from "@caravela/platform/postgres/pool";
import { type TestDatabase, testDatabase } from "@caravela/platform/testing/database";
import { Type } from "typebox";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FIRST_KEY } from "../domain/api-key.ts";
import { CLOCK } from "../domain/by.ts";
import type { Payment } from "../domain/payment/state.ts";
import { newPayment, TEN } from "../domain/payment/testing/builders.ts";
import { PaymentStore } from "../storage/payments.ts";
import { Idempotency } from "./idempotency.ts";
import { problem } from "./problems.ts";

const ID = "pay_1";

let database: TestDatabase;
let pool: Pool;
/** The statements that were carried out. */
const done: string[] = [];
beforeAll(async () => {
  database = await testDatabase();
  pool = createPool({ url: database.url, schema: "caravela", max: 4 });
  const { query } = pool;
  pool.query = async (statement) => {
    const answer = await query.call(pool, statement);
    if (typeof statement !== "string") done.push(statement.name ?? "");
    return answer as never;
  };
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** Ends a payment that is open, and refuses it of any other. */
const end = ({ status }: Payment) =>
  status === "open" ? ([{ kind: "payment_canceled", at: TEN }] as const) : ({ refused: "payment_expired" } as const);

/** A process that ends a payment on request, when it may begin, and answers when it may. */
async function processOfItsOwn() {
  const given = { now: TEN, id: systemChance.id };
  const parts = {
    pool,
    given: () => given,
    by: CLOCK,
    before: "52221" as const,
    eventsOf: () => [],
    changed: () => undefined,
  };
  const payments = new PaymentStore(parts);
  const [asked, mayBegin, decided, mayAnswer] = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const http: Http = createHttp({ log: createLog({ name: "test", level: "silent" }) });
  http.decorateRequest("caller");
  http.addHook("onRequest", async (request) => {
    request.caller = FIRST_KEY;
  });
  const schema = { operationId: "end", summary: "End it", params: Type.Object({ id: Type.Literal(ID) }) };
  new Idempotency(pool, { now: () => new Date(TEN) }, "terminal").post(http, "/payments/:id/end", schema, {
    scope: "payments:write",
    carryOut: async (_, key) => {
      asked?.resolve();
      await mayBegin?.promise;
      const ended = await payments.decide(ID, end, () => key(ID));
      decided?.resolve();
      await mayAnswer?.promise;
      if ("refused" in ended) throw problem("payment_expired", "It is over.");
      return { status: 200, body: { status: ended.payment.status } };
    },
  });
  const ask = () =>
    http.inject({
      method: "POST",
      url: `/payments/${ID}/end`,
      headers: { "idempotency-key": "one", authorization: "Bearer x" },
    });
  return { payments, ask, asked, mayBegin, decided, mayAnswer };
}

it("a refusal of a decision that another process has made meanwhile, of the same request, is nobody's answer", async () => {
  const [here, there] = [await processOfItsOwn(), await processOfItsOwn()];
  await here.payments.createOnce(() => newPayment({ id: ID }));
  await there.payments.load(ID);
  const [first, second] = [here.ask(), there.ask()];
  await Promise.all([here.asked?.promise, there.asked?.promise]);
  here.mayBegin?.resolve();
  await here.decided?.promise;
  // on what that process knew, it would end it; and then it learns that it is over
  there.mayBegin?.resolve();
  await there.decided?.promise;
  there.mayAnswer?.resolve();
  await expect.poll(() => done).toContain("idempotency-keep");
  here.mayAnswer?.resolve();
  for (const answer of await Promise.all([first, second])) {
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ status: "canceled" });
  }
});
