import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES } from "../../packages/server/src/domain/person.ts";
import {
  FOR_KEYS_ALONE,
  FOR_PEOPLE_ALONE,
  OF_THEMSELVES,
  OPERATIONS_OF,
} from "../../packages/server/src/domain/role.ts";
import { approve, askPhone, createPayment, read } from "../support/actions.ts";
import { createCardPayment, payByCard } from "../support/cards.ts";
import { addressOf, type Call, everyCall } from "../support/every-call.ts";
import { callingBy, makeKey } from "../support/keys.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { askApproval, asOperator, giveKey, keepView, type SignedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let calls: readonly Call[];
const people = new Map<string, SignedIn>();
beforeAll(async () => {
  stage = await setStage({ methods: ["mbway", "multibanco", "card"] });
  calls = await everyCall(stage);
  for (const role of ROLES) people.set(role, await asOperator(stage, role));
});
afterAll(() => stage.close());

const signed = (role: string): SignedIn => people.get(role) as SignedIn;

/** One of everything that a call may be about. */
async function makeAll(): Promise<Record<string, string>> {
  const payment = await createPayment(stage, { customer: { id: "c9" } });
  const phone = newPhone();
  const { body: attempt } = await askPhone(stage, payment, phone);
  await approve(stage, phone);
  await stage.settle();
  const { body: refund } = await stage.api("POST", `/v1/payments/${payment}/refunds`, { amount: 100 });
  await payByCard(stage, await createCardPayment(stage, { saveCard: true }), "4111111111111111");
  const mandate = await authorise(stage, newPhone());
  const wanted = { amount: 500, currency: "EUR", every: { days: 7 } };
  const { body: plan } = await stage.api("POST", `/v1/mandates/${mandate}/plans`, wanted);
  const key = await makeKey(stage, ["events"]);
  const other = await asOperator(stage, "support");
  const first = async (path: string) => (await stage.api("GET", path)).body.data[0].id;
  const things = {
    pay: payment,
    att: attempt.id,
    rfd: refund.id,
    man: mandate,
    plan: plan.id,
    tok: await first("/v1/tokens?customer=c9"),
    evt: await first("/v1/events"),
    ep: await first("/v1/event-endpoints"),
    key: key.id,
    op: other.id,
    ses: other.session,
    view: await keepView(other),
    pky: await giveKey(stage, other.id),
    apr: await askApproval(stage, payment, { terminal: "52221", by: other.id }),
    customer: "c9",
    task: "notifications_refused",
  };
  await stage.settle();
  return things;
}

/** All that is stored, but when somebody, or a key, was seen, and what was asked. */
async function stored(): Promise<Record<string, string>> {
  const { rows } = await stage.pool.query(
    "select table_name as name from information_schema.tables where table_schema = 'caravela'",
  );
  const tables = rows.map(({ name }) => String(name)).filter((name) => !NOTED.includes(name));
  const found = await Promise.all(
    tables.sort().map(async (name) => {
      const text = `select coalesce(md5(string_agg(row, ',' order by row)), '') as all
                      from (select (to_jsonb(one) - 'seen_at' - 'used_at')::text as row from caravela.${name} as one) as rows`;
      return [name, (await stage.pool.query(text)).rows[0].all];
    }),
  );
  return Object.fromEntries(found);
}
const NOTED = ["request_log", "audit", "chore"];

describe("each role", () => {
  it("is let in where its row says so, and nowhere else: and then nothing at all has changed", async () => {
    const things = await makeAll();
    const before = await stored();
    expect(calls.length).toBeGreaterThan(60);
    for (const { operationId, method, path, body } of calls) {
      for (const role of ROLES) {
        const isAllowed = OPERATIONS_OF[role].includes(operationId);
        const name = `${operationId} as ${role}`;
        if (isAllowed) {
          // whoever may is told what else is wrong: nothing is done by it
          const unsound = { "idempotency-key": "" };
          const address = addressOf(path, () => "none");
          const answer = await signed(role).api(
            method,
            `${address}?garbage`,
            method === "POST" ? {} : undefined,
            unsound,
          );
          expect([400, 404], name).toContain(answer.status);
          continue;
        }
        const answer = await signed(role).api(
          method,
          addressOf(path, (kind) => things[kind] ?? ""),
          body,
        );
        expect([answer.status, answer.body.type], name).toEqual([403, "/problems/role_missing"]);
        expect(answer.body.roles, name).toEqual(ROLES.filter((one) => OPERATIONS_OF[one].includes(operationId)));
      }
    }
    expect(await stored()).toEqual(before);
  });

  it("stands in the table by calls that there are, and each call is in somebody's row or for API keys alone", () => {
    const named = calls.map(({ operationId }) => operationId);
    const inRows = [...new Set([...ROLES.flatMap((role) => OPERATIONS_OF[role]), ...FOR_KEYS_ALONE])];
    expect(inRows.sort()).toEqual(named.sort());
    for (const role of ROLES) expect(new Set(OPERATIONS_OF[role]).size, role).toBe(OPERATIONS_OF[role].length);
  });

  it("that only looks changes nothing but how somebody signs in themselves", () => {
    const changing = calls.filter(({ method }) => method !== "GET");
    for (const role of ["viewer", "accountant"] as const) {
      const may = changing.map(({ operationId }) => operationId).filter((name) => OPERATIONS_OF[role].includes(name));
      expect(
        may.filter((name) => !OF_THEMSELVES.some((one) => one === name)),
        role,
      ).toEqual([]);
    }
  });

  it("that may not give money back neither refunds, captures nor says what became of money", () => {
    const ofMoney = ["capturePayment", "refundAttempt", "refundPayment", "settleAttempt", "settleOperation"];
    for (const role of ["viewer", "support", "accountant"] as const)
      expect(OPERATIONS_OF[role].filter((name) => ofMoney.includes(name))).toEqual([]);
    expect(OPERATIONS_OF.refunder).toEqual(expect.arrayContaining(ofMoney));
  });

  it("but an owner leaves keys, endpoints, colleagues and customers' erasure alone", () => {
    const ofOwners = calls.filter(
      ({ path, method }) =>
        /^\/v1\/(keys|operators|event-endpoints|customers)/.test(path) &&
        !(method === "GET" && path.startsWith("/v1/event-endpoints")),
    );
    expect(ofOwners.length).toBeGreaterThan(8);
    for (const role of ROLES.filter((one) => one !== "owner"))
      expect(
        ofOwners.filter(({ operationId }) => OPERATIONS_OF[role].includes(operationId)),
        role,
      ).toEqual([]);
  });
});

describe("what only people do", () => {
  it("no key does, not the first one either", async () => {
    const things = await makeAll();
    const admin = await makeKey(stage, ["admin", "payments:write", "refunds:write"]);
    const before = await stored();
    const alone = calls.filter(({ operationId }) => FOR_PEOPLE_ALONE.includes(operationId));
    expect(alone).toHaveLength(FOR_PEOPLE_ALONE.length);
    for (const { method, path, body } of alone)
      for (const api of [stage.api, callingBy(stage, admin.secret)]) {
        const answer = await api(
          method,
          addressOf(path, (kind) => things[kind] ?? ""),
          body,
        );
        expect([answer.status, answer.body.type], path).toEqual([403, "/problems/person_needed"]);
      }
    expect(await stored()).toEqual(before);
  });
});

describe("a person who takes a payment", () => {
  it("asks the customer, by a reference or on their phone", async () => {
    const support = signed("support");
    const order = { amount: 550, currency: "EUR", reference: "by phone" };
    const { status, body } = await support.api("POST", "/v1/payments", order);
    expect(status).toBe(201);
    const attempts = `/v1/payments/${body.id}/attempts`;
    expect((await support.api("POST", attempts, { method: "mbway", phone: newPhone() })).status).toBe(201);
    expect((await read(stage, body.id)).status).toBe("pending");
  });

  it.each(["support", "refunder", "owner"])(
    "charges nobody who is not asked, and types no card's number, as %s either",
    async (role) => {
      const { api } = signed(role);
      await payByCard(stage, await createCardPayment(stage, { saveCard: true }), "4111111111111111");
      const { id: token } = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data[0];
      const mandate = await authorise(stage, newPhone());
      const order = { amount: 550, currency: "EUR", reference: "o", customer: { id: "c9" } };
      const payment = await createPayment(stage, { customer: { id: "c9" } });
      const attempts = `/v1/payments/${payment}/attempts`;
      const card = { number: "4111111111111111", expiry: "12/30", code: "123", name: "Ana" };
      for (const [path, body, field] of [
        ["/v1/payments", { ...order, token, initiator: "merchant" }, "/initiator"],
        [attempts, { method: "token", token, secureCode: "123" }, "/method"],
        [attempts, { method: "mandate", mandate }, "/method"],
        [attempts, { method: "card", card }, "/method"],
      ] as const) {
        const answer = await api("POST", path, body);
        expect([answer.status, answer.body.type, answer.body.errors?.[0].field], JSON.stringify(answer.body)).toEqual([
          403,
          "/problems/role_missing",
          field,
        ]);
        expect(answer.body.roles).toEqual([]);
      }
      expect((await read(stage, payment)).attempts).toEqual([]);
    },
  );
});
