import { inTransaction } from "@caravela/platform/postgres/transaction";
import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { expect, it } from "vitest";
import { isRefusal } from "../../../../packages/server/src/domain/decision.ts";
import type { Decision } from "../../../../packages/server/src/domain/payment/decision.ts";
import { hear } from "../../../../packages/server/src/domain/payment/hear.ts";
import {
  mbwayWaiting,
  newPayment,
  OF_PLAN,
  PHONE,
  said as paid,
  TERMS,
} from "../../../../packages/server/src/domain/payment/testing/builders.ts";
import { type Life, live as lead, life, PERSON } from "../../../../packages/server/src/domain/payment/testing/lives.ts";
import { deleteEndpoint, knownEndpoints, saveEndpoint } from "../../../../packages/server/src/events/endpoints.ts";
import type { BothServers } from "../testing/both-servers.ts";
import { refusal } from "../testing/refusal.ts";
import type { Stores } from "../testing/stores.ts";

const LIVES = 5;
/** Of so many lives, those are led here in which most is asked of SIBS. */
const SAMPLE = 60;
const SEED = 20_261_129;
const MOST_MOVES = 40;
const MINUTE = 60_000;
const DAY = 86_400_000;

const ENDPOINTS = [
  { url: "https://shop.example/first", types: null, terminal: null },
  { url: "https://shop.example/of-paid", types: ["payment.paid"], terminal: "52221" },
  { url: "https://other.example/", types: null, terminal: "1" },
] as const;

const CHARGED_BY = { customer: {}, shop: { initiator: "merchant", token: "tok_1" }, plan: OF_PLAN } as const;
const KINDS = ["capture", "cancellation", "refund", "charge"] as const;

const REQUEST = {
  operation: "POST /v1/payments",
  scope: "of many",
  fingerprint: "",
  status: null,
  body: null,
} as const;

/** What is decided about payments, and all that follows from it. */
export function decisionsAreWritten(servers: BothServers): void {
  it("whatever happens to payments stands in the same rows, and is told in the same words", async () => {
    const lives = fc.sample(life, { numRuns: SAMPLE, seed: SEED }).sort(byOperations).slice(0, LIVES);
    const said = await servers.same(async (stores) => {
      for (const one of ENDPOINTS) {
        await inTransaction(stores.pool, (connection) =>
          saveEndpoint({ ...stores, connection }, { ...one, secret: null }),
        );
      }
      const lived = [];
      for (const [number, one] of lives.entries()) lived.push(await live(stores, number, one));
      return lived.flat();
    });
    expect(said.length).toBeGreaterThan(LIVES * 20);
    const { "caravela.delivery": deliveries = [] } = await servers.sameRows();
    expect(deliveries.length).toBeGreaterThan(LIVES);
  });

  it("when something is looked at again is set where nobody has decided since, and waits for nobody who has come", async () => {
    await servers.same(async ({ payments, time }) => {
      await payments.createOnce(() => newPayment({ id: "pay_rest", payToken: "rest" }));
      const first = await payments.load("pay_rest");
      if (first === null) throw new TypeError("there is one");
      time.now = first.expiresAt + MINUTE;
      await payments.rest("pay_rest", { now: time.now, until: time.now + MINUTE, found: first });
      await payments.hurry(first);
      await payments.rest("pay_rest", { now: time.now, until: time.now + MINUTE, found: null });
      await payments.rest("pay_none", { now: time.now, until: time.now + MINUTE, found: null });
    });
    await servers.sameRows("payment");
  });

  it("what SIBS is known to have done, and has spoken of, is found in the journal", async () => {
    const found = await servers.same(async ({ payments, time }) => {
      await payments.createOnce(() =>
        newPayment({ id: "pay_done", payToken: "done", initiator: "merchant", token: "tok_1" }),
      );
      const at = time.now + MINUTE;
      const sent = { at, attempt: "att_done", transactionId: null, merchantTransactionId: "att_done" } as const;
      const charge = { ...TERMS, method: "token", token: "tok_1", initiator: "merchant", phone: null } as const;
      await payments.record("pay_done", () => [
        { kind: "attempt_prepared", at, attempt: "att_done", ...charge },
        { kind: "attempt_submitted", ...sent, checkoutExpiresAt: at + MINUTE, expiresAt: null },
        { kind: "attempt_named", at, attempt: "att_done", transactionId: "s2_done" },
      ]);
      time.now = at + 1_000;
      await payments.record("pay_done", (state, given) => hear(state, "att_done", paid("Success"), given));
      const done = [];
      for (const kind of KINDS) {
        for (const since of [at - 1, at]) done.push(await payments.doneAfter(kind, since, { terminal: "52221" }));
        done.push(await payments.doneAfter(kind, 0, { terminal: "1" }));
      }
      return done;
    });
    expect(found).toContain("att_done");
  });

  it("a decision is undone whole where it breaks a rule of its row, and one that others forestalled is made again", async () => {
    const said = await servers.same(async ({ payments, others }) => {
      await payments.createOnce(() => newPayment({ id: "pay_broken", payToken: "broken" }));
      const twice = await payments.createOnce(() => newPayment({ id: "pay_broken", payToken: "again" }));
      const tooMuch = await refusal(
        payments.createOnce(() => newPayment({ id: "pay_dear", amount: cents(100_000_000) })),
      );
      const seen: number[] = [];
      const prepare = { attempt: "att_b1", ...TERMS, method: "mbway", phone: PHONE } as const;
      const decided = await payments.decide("pay_broken", ({ version }, { now: at }) => {
        seen.push(version);
        return [{ kind: "attempt_prepared", at, ...prepare }];
      });
      await others.decide("pay_broken", (_state, { now: at }) => [{ kind: "attempt_in_doubt", at, attempt: "att_b1" }]);
      const again = await payments.decide("pay_broken", ({ version }, { now: at }) => {
        seen.push(version);
        return [{ kind: "attempt_in_doubt", at, attempt: "att_b1" }];
      });
      const missing = await refusal(payments.decide("pay_none", () => []));
      return { twice, tooMuch, seen, decided, again, missing, none: await payments.findBy("none") };
    });
    expect(said).toMatchObject({ twice: null, tooMuch: { code: "23514" } });
    expect(said.seen.length).toBeGreaterThan(2);
    await servers.sameRows();
  });

  it("of many that are written together each is written, or refused for itself", async () => {
    const said = await servers.same(async ({ payments }) => {
      const numbers = [1, 2, 3, 4, 5, 6];
      // the third comes with the key of the second
      const keys = ["a", "b", "b", "d", "e", "f"];
      const creations = numbers.map((number, place) =>
        payments.create(
          () => newPayment({ id: `pay_many${number}`, payToken: `many ${number}` }),
          ({ id: resource }) => ({ ...REQUEST, key: `many ${keys[place]}`, resource }),
        ),
      );
      const refused = await Promise.all(creations.map(refusal));
      const decide = (number: number) =>
        payments.decide(`pay_many${number}`, (_state, { now: at }) => [{ kind: "payment_canceled", at }]);
      const decided = await Promise.all(numbers.map((number) => refusal(decide(number))));
      const loaded = await Promise.all(numbers.map((number) => payments.load(`pay_many${number}`)));
      return { refused, decided, loaded: loaded.map((one) => one?.status) };
    });
    expect(said.refused.filter((one) => one !== null)).toEqual([{ code: "23505", constraint: "idempotency_pkey" }]);
    expect(said.loaded.filter((status) => status === "canceled")).toHaveLength(5);
    await servers.sameRows();
    // what is due at the same moment has no order, and is no matter of decisions
    await servers.same(async ({ pool, clock }) => {
      for (const { id } of await knownEndpoints(pool)) await deleteEndpoint(pool, id, clock.now());
    });
  });
}

const byOperations = (one: Life, other: Life): number => operationsIn(other) - operationsIn(one);

function operationsIn(one: Life): number {
  let count = 0;
  lead(one, ({ payment }) => {
    count = payment.operations.length;
  });
  return count;
}

/** Leads a payment of its own through a life: what was decided of it, how it stands, and what its journal says. */
async function live({ payments, time }: Stores, number: number, { moves, chargedBy, ...terms }: Life) {
  const said: unknown[] = [];
  const { isPhoneAsked, ...agreed } = terms;
  const names = { id: `pay_${number}`, payToken: `token${number}` } as const;
  const plan = chargedBy === "plan" ? { plan: { ...OF_PLAN.plan, period: number % 7 } } : {};
  const methods = ["mbway", "multibanco", "card", "mandate"] as const;
  const expiresAt = time.now + 3 * DAY;
  const wanted = { ...PERSON, ...agreed, ...CHARGED_BY[chargedBy], ...names, ...plan, methods, expiresAt };
  const payment = await payments.createOnce(() => newPayment(wanted));
  // there is one of this period of its plan already
  if (payment === null) return ["not created"];
  const isAsked = isPhoneAsked && chargedBy === "customer";
  if (isAsked) await payments.record(payment.id, (_state, { now }) => mbwayWaiting(now, `att_first${number}`));
  for (const { tries, waitMs } of moves.slice(0, MOST_MOVES)) {
    time.now += waitMs;
    const decided = await payments.decide(payment.id, (state, given) => {
      const decisions = tries.map((one): Decision => one.command(state, given));
      return decisions.find((one) => !isRefusal(one) && one.length > 0) ?? decisions[0] ?? [];
    });
    said.push("refused" in decided ? decided : decided.facts);
  }
  const after = await payments.load(payment.id);
  for (const { id } of after?.operations ?? []) said.push(await payments.wasHeardOf(payment.id, id));
  for (const kind of KINDS) said.push(await payments.doneAfter(kind, payment.createdAt, { terminal: "52221" }));
  return [...said.flat(), after, await payments.journal(payment.id), await payments.findBy(`token${number}`)];
}
