import { inTransaction } from "@caravela/platform/postgres/transaction";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isRefusal } from "../../../packages/server/src/domain/decision.ts";
import type { Decision } from "../../../packages/server/src/domain/payment/decision.ts";
import { newPayment, OF_PLAN } from "../../../packages/server/src/domain/payment/testing/builders.ts";
import { type Life, life, PERSON } from "../../../packages/server/src/domain/payment/testing/lives.ts";
import { saveEndpoint } from "../../../packages/server/src/events/endpoints.ts";
import { bothServers } from "./testing/both-servers.ts";
import type { Stores } from "./testing/stores.ts";

const LIVES = 15;
const SEED = 20_261_129;

const servers = bothServers();

const ENDPOINTS = [
  { url: "https://shop.example/all", types: null, terminal: null },
  { url: "https://shop.example/paid", types: ["payment.paid"], terminal: "52221" },
  { url: "https://other.example/", types: null, terminal: "1" },
] as const;

const CHARGED_BY = { customer: {}, shop: { initiator: "merchant", token: "tok_1" }, plan: OF_PLAN } as const;

it("whatever happens to payments stands in the same rows, and is told in the same words", async () => {
  const lives = fc.sample(life, { numRuns: LIVES, seed: SEED });
  const facts = await servers.same(async (stores) => {
    for (const one of ENDPOINTS) {
      await inTransaction(stores.pool, (connection) =>
        saveEndpoint({ ...stores, connection }, { ...one, secret: null }),
      );
    }
    const lived = [];
    for (const [number, one] of lives.entries()) lived.push(await live(stores, number, one));
    return lived.flat().length;
  });
  expect(facts).toBeGreaterThan(LIVES * 8);
  const { "caravela.delivery": deliveries = [] } = await servers.sameRows();
  expect(deliveries.length).toBeGreaterThan(LIVES);
});

/** Leads a payment of its own through a life: what was decided of it, how it stands, and what its journal says. */
async function live({ payments, time }: Stores, number: number, { moves, chargedBy, ...terms }: Life) {
  const said: unknown[] = [];
  const { isPhoneAsked: _, ...agreed } = terms;
  const wanted = {
    ...PERSON,
    ...agreed,
    ...CHARGED_BY[chargedBy],
    id: `pay_${number}`,
    payToken: `token${number}`,
  } as const;
  const plan = chargedBy === "plan" ? { plan: { ...OF_PLAN.plan, period: number % 7 } } : {};
  const payment = await payments.createOnce(() =>
    newPayment({ ...wanted, ...plan, methods: ["mbway", "multibanco", "card", "mandate"] }),
  );
  // there is one of this period of its plan already
  if (payment === null) return ["not created"];
  for (const { tries, waitMs } of moves) {
    time.now += waitMs;
    const decided = await payments.decide(payment.id, (state, given) => {
      const decisions = tries.map((one): Decision => one.command(state, given));
      return decisions.find((one) => !isRefusal(one) && one.length > 0) ?? decisions[0] ?? [];
    });
    said.push("refused" in decided ? decided : decided.facts);
  }
  return [...said.flat(), await payments.load(payment.id), await payments.journal(payment.id)];
}
