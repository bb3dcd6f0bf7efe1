import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FOR_PEOPLE_ALONE, OF_THEMSELVES, OPERATIONS_OF } from "../../packages/server/src/domain/role.ts";
import { approve, askPhone, createPayment, read } from "../support/actions.ts";
import { ANA, createCardPayment, payByCard } from "../support/cards.ts";
import { addressOf, type Call, everyCall, IN_ADDRESS } from "../support/every-call.ts";
import type { Answer } from "../support/json.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { askApproval, asOperator, giveKey, keepView, type SignedIn } from "../support/operators.ts";
import { CAIS, SERRA, setTwoShops, type TwoShops } from "../support/two-shops.ts";

let shops: TwoShops;
/** Secrets of keys that are good for everything of one terminal. */
const keys: Record<string, string> = {};
/** The owner of each terminal, signed in. */
const owners: Record<string, SignedIn> = {};
/** What each shop has, by what its identifier begins with. */
const has: Record<string, Record<string, string>> = {};

const ALL_SCOPES = ["payments:read", "payments:write", "refunds:write", "events", "reports", "admin"];

/** Calls the API with a shop's own key. */
const as = (terminal: string, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  shops.stage.api(method, path, body, { authorization: `Bearer ${keys[terminal]}`, ...headers });

/** The same as the shop's owner, signed in. */
const asOwner: typeof as = async (terminal, ...call) => (owners[terminal] as SignedIn).api(...call);

/** A stage on which somebody calls with a shop's own key. */
const stageOf = (terminal: string) => ({
  ...shops.stage,
  api: (method: string, path: string, body?: unknown) => as(terminal, method, path, body),
});

/** One of everything there is, made by a shop with its own key. */
async function makeAll(terminal: string): Promise<Record<string, string>> {
  const stage = stageOf(terminal);
  const pay = await createPayment(stage, { reference: `order-of-${terminal}`, customer: { id: `of-${terminal}` } });
  const phone = newPhone();
  const att = (await askPhone(stage, pay, phone)).body.id;
  await approve(stage, phone);
  await shops.stage.settle();
  const rfd = (await stage.api("POST", `/v1/payments/${pay}/refunds`, { amount: 100 })).body.id;
  await payByCard(stage, await createCardPayment(stage, { saveCard: true }), "4111111111111111");
  const tok = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data[0].id;
  const man = await authorise(stage, newPhone(), { type: "subscription", limit: "100.00", validUntil: "2099-12-31" });
  const wanted = { amount: 500, currency: "EUR", every: "month", firstDate: dayAhead(), description: "Box" };
  const plan = (await stage.api("POST", `/v1/mandates/${man}/plans`, wanted)).body.id;
  const ep = (await stage.api("POST", "/v1/event-endpoints", { url: shops.stage.shop.url, types: ["refund.failed"] }))
    .body;
  const evt = (await stage.api("GET", "/v1/events?limit=1")).body.data[0].id;
  const key = (await stage.api("POST", "/v1/keys", { name: `of ${terminal}`, scopes: ["events"] })).body;
  expect([ep.terminal, key.terminal]).toEqual([terminal, terminal]);
  const undelivered = `events_undelivered.${ep.id}`;
  const op = await asOperator(shops.stage, "viewer", { terminal });
  return {
    customer: `of-${terminal}`,
    task: undelivered,
    pay,
    att,
    rfd,
    tok,
    man,
    plan,
    ep: ep.id,
    evt,
    key: key.id,
    op: op.id,
    ses: op.session,
    view: await keepView(op),
    pky: await giveKey(shops.stage, op.id),
    apr: await askApproval(shops.stage, pay, { terminal, by: op.id }),
  };
}

const dayAhead = () => new Date(shops.stage.now() + 20 * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  shops = await setTwoShops();
  for (const terminal of [CAIS, SERRA]) {
    const wanted = { name: `Everything of ${terminal}`, scopes: ALL_SCOPES, terminal };
    keys[terminal] = (await shops.stage.api("POST", "/v1/keys", wanted)).body.secret;
    owners[terminal] = await asOperator(shops.stage, "owner", { terminal });
    has[terminal] = await makeAll(terminal);
  }
});
afterAll(() => shops.stage.close());

/** What lists may be narrowed by, naming what is a shop's. */
const namedOf = (terminal: string): Record<string, readonly string[]> => {
  const { pay = "", man = "", plan = "", ep = "" } = has[terminal] ?? {};
  const named = { payment: [pay], mandate: [man], plan: [plan], endpoint: [ep], terminal: [terminal] };
  return { ...named, q: [...identifiersOf(terminal), `order-of-${terminal}`] };
};

const identifiersOf = (terminal: string) => Object.values(has[terminal] ?? {}).filter((id) => id.includes("_"));

describe.each([
  ["a key", as, ({ operationId }: Call) => !FOR_PEOPLE_ALONE.includes(operationId)],
  ["a person", asOwner, ({ operationId }: Call) => OPERATIONS_OF.owner.includes(operationId)],
])("%s of one terminal", (_who, ask, mayAsk) => {
  it("finds nothing of the other's at any address of the API, whatever it asks: as if it were not there", async () => {
    const addressed = (await everyCall(shops.stage)).filter((route) => route.path.includes("{") && mayAsk(route));
    expect(addressed.length).toBeGreaterThan(20);
    for (const { method, path } of addressed) {
      const kinds = IN_ADDRESS.filter(([place]) => place.test(path)).map(([, kind]) => kind);
      // all of the other's, and what is its own in all but one place
      for (const others of [kinds, ...kinds.map((kind) => [kind])]) {
        const whose = (kind: string) => has[others.includes(kind) ? CAIS : SERRA]?.[kind] ?? "";
        const nobodys = (kind: string) => (others.includes(kind) ? `${kind}_00000000000000000000` : whose(kind));
        const answers: Answer[] = [];
        for (const of of [whose, nobodys]) answers.push(await ask(SERRA, method, addressOf(path, of), bodyOf(method)));
        const [theirs, nothing] = answers;
        expect([theirs?.status, theirs?.body.type], `${method} ${path} (${others})`).toEqual([
          404,
          "/problems/not_found",
        ]);
        expect(theirs?.body).toEqual(nothing?.body);
      }
    }
    // nothing of it was done
    expect((await read(shops.stage, has[CAIS]?.pay ?? "")).refunds).toHaveLength(1);
    expect((await as(CAIS, "GET", `/v1/plans/${has[CAIS]?.plan}`)).body.status).toBe("active");
    expect((await as(CAIS, "GET", "/v1/keys")).body.data.map(({ id }: { id: string }) => id)).toContain(has[CAIS]?.key);
  });

  it("lists nothing of the other's, by any list of the API", async () => {
    const lists = (await everyCall(shops.stage)).filter(
      (route) => route.method === "GET" && !route.path.includes("{") && mayAsk(route),
    );
    for (const { path, filters: known } of lists) {
      if (OF_THE_SERVER.includes(path)) {
        const { status, body } = await ask(SERRA, "GET", path);
        expect([status, body.type], path).toEqual([403, "/problems/key_of_one_terminal"]);
        continue;
      }
      const named = Object.entries(namedOf(CAIS)).filter(([name]) => known.includes(name));
      const filters = [
        ...(LISTED_BY[path] ?? [""]),
        ...named.flatMap(([name, values]) => values.map((value) => `?${name}=${value}`)),
      ];
      for (const filter of filters) {
        const { status, body } = await ask(SERRA, "GET", `${path}${filter}`);
        expect(status, `${path}${filter}`).toBe(200);
        const text = JSON.stringify(body);
        for (const id of identifiersOf(CAIS)) expect(text, `${path}${filter}`).not.toContain(id);
        expect(text).not.toContain(`"terminal":"${CAIS}"`);
      }
    }
    for (const path of [
      "/v1/payments",
      "/v1/refunds",
      "/v1/summaries/days",
      "/v1/mandates",
      "/v1/events",
      "/v1/event-endpoints",
      "/v1/keys",
    ]) {
      expect((await ask(SERRA, "GET", path)).body.data.length, path).toBeGreaterThan(0);
    }
  });
});

describe("a key of one terminal", () => {
  it("is no person: what is for colleagues alone is answered to no key, whatever it names", async () => {
    const forPeople = (await everyCall(shops.stage)).filter(({ operationId }) =>
      FOR_PEOPLE_ALONE.includes(operationId),
    );
    expect(forPeople.length).toBe(FOR_PEOPLE_ALONE.length);
    for (const { method, path } of forPeople) {
      const answer = await as(
        SERRA,
        method,
        addressOf(path, () => "none"),
        bodyOf(method),
      );
      expect([answer.status, answer.body.type], `${method} ${path}`).toEqual([403, "/problems/person_needed"]);
    }
  });

  it("makes nothing at the other's, and uses nothing of it", async () => {
    const order = { amount: 550, currency: "EUR", reference: "o" };
    const bare = (await everyCall(shops.stage)).filter(
      ({ method, path, operationId }) => method === "POST" && !path.includes("{") && !isOfThemselves(operationId),
    );
    for (const { path, operationId } of bare) {
      const named = NAMES_ANOTHERS[path];
      if (named === undefined) throw new Error(`POST ${path} may name another's: say what it answers then`);
      const ask = FOR_PEOPLE_ALONE.includes(operationId) ? asOwner : as;
      const answer = await ask(SERRA, "POST", path, named.body());
      expect([answer.status, answer.body.errors?.[0]?.field ?? answer.body], path).toEqual(named.answered);
    }
    expect(bare.map(({ path }) => path).sort()).toEqual(Object.keys(NAMES_ANOTHERS).sort());
    const again = await as(SERRA, "POST", "/v1/events/resend", { filter: { payment: has[CAIS]?.pay } });
    expect(again.body).toEqual({ count: 0 });
    const token = { ...order, customer: { id: "c9" }, token: has[CAIS]?.tok };
    expect((await as(SERRA, "POST", "/v1/payments", token)).body.type).toBe("/problems/unknown_token");
    const made = (await as(SERRA, "POST", "/v1/payments", order)).body;
    expect(made.terminal).toBe(SERRA);
    const byMandate = { method: "mandate", mandate: has[CAIS]?.man };
    const charged = await as(SERRA, "POST", `/v1/payments/${made.id}/attempts`, byMandate);
    expect(charged.body.type).toBe("/problems/unknown_mandate");
  });

  it("shares no idempotency key with the other, nor with a key of all", async () => {
    const key = { "idempotency-key": "the same of everybody" };
    const order = { amount: 550, currency: "EUR", reference: "the same" };
    const made = [
      await as(CAIS, "POST", "/v1/payments", order, key),
      await as(SERRA, "POST", "/v1/payments", order, key),
      await shops.stage.api("POST", "/v1/payments", order, key),
      await as(SERRA, "POST", "/v1/payments", order, key),
    ];
    expect(made.map(({ status, body }) => [status, body.terminal])).toEqual([
      [201, CAIS],
      [201, SERRA],
      [201, CAIS],
      [201, SERRA],
    ]);
    expect(new Set(made.map(({ body }) => body.id)).size).toBe(3);
  });

  it("erases its own customer alone: whom the other calls the same is another, and holds nothing up", async () => {
    const customer = { ...ANA, id: "the same" };
    const paid: Record<string, string> = {};
    for (const terminal of [CAIS, SERRA]) {
      paid[terminal] = await createCardPayment(stageOf(terminal), { customer, saveCard: true });
      await payByCard(stageOf(terminal), paid[terminal], "4111111111111111");
    }
    const live = await createPayment(stageOf(CAIS), { customer });
    await askPhone(stageOf(CAIS), live, newPhone());
    const erase = (terminal: string) => as(terminal, "POST", "/v1/customers/the%20same/erase");
    const cards = async (terminal: string) =>
      (await as(terminal, "GET", "/v1/tokens?customer=the%20same")).body.data.length;
    const nameOf = async (terminal: string) => (await read(shops.stage, paid[terminal] ?? "")).customer?.name ?? null;

    expect(await erase(SERRA)).toMatchObject({ status: 200, body: { payments: 1, mandates: 0, savedCards: 1 } });
    expect([await nameOf(SERRA), await cards(SERRA)]).toEqual([null, 0]);
    expect([await nameOf(CAIS), await cards(CAIS)]).toEqual([ANA.name, 1]);
    expect(await erase(CAIS)).toMatchObject({ status: 409, body: { type: "/problems/customer_live" } });
    const again = await erase(SERRA);
    expect([again.status, again.body.type]).toEqual([404, "/problems/not_found"]);
    expect(again.body.detail).toContain(SERRA);
    expect((await shops.stage.api("POST", "/v1/customers/nobody/erase")).body.payments).toBe(0);
  });

  it("has its own endpoint at an address that another has too, and is told of nothing else", async () => {
    const { stage } = shops;
    const url = stage.shop.url.replace("127.0.0.1", "localhost");
    const made = await as(SERRA, "POST", "/v1/event-endpoints", { url });
    expect([made.status, made.body.terminal]).toEqual([201, SERRA]);
    expect((await as(CAIS, "POST", "/v1/event-endpoints", { url })).status).toBe(201);
    expect((await as(SERRA, "POST", "/v1/event-endpoints", { url })).body.id).toBe(made.body.id);
    const ids = [await createPayment(stageOf(CAIS)), await createPayment(stageOf(SERRA))];
    const { rows } = await stage.pool.query(
      "select event.subject_id from caravela.delivery join caravela.event on event.id = event_id where endpoint_id = $1",
      [made.body.id],
    );
    const told = rows.map(({ subject_id }) => subject_id);
    expect(told).toContain(ids[1]);
    expect(told).not.toContain(ids[0]);
  });
});

describe("a key of a terminal that is taken out of the settings", () => {
  it("makes nothing at another, and still reads what is its own", async () => {
    const { stage, cais, serra } = shops;
    await stage.restartServer({ terminals: [cais] });
    try {
      const order = { amount: 550, currency: "EUR", reference: "o" };
      for (const body of [order, { ...order, terminal: CAIS }]) {
        const refused = await as(SERRA, "POST", "/v1/payments", body);
        expect([refused.status, refused.body.type]).toEqual([409, "/problems/terminal_not_served"]);
      }
      for (const path of ["/v1/mandates", "/v1/event-endpoints", "/v1/keys"]) {
        const body = { ...NAMES_ANOTHERS[path]?.body(), terminal: SERRA };
        const refused = await as(SERRA, "POST", path, body);
        expect([refused.status, refused.body.type], path).toEqual([409, "/problems/terminal_not_served"]);
      }
      expect((await as(SERRA, "GET", `/v1/payments/${has[SERRA]?.pay}`)).status).toBe(200);
      expect((await as(SERRA, "GET", `/v1/payments/${has[CAIS]?.pay}`)).status).toBe(404);
    } finally {
      await stage.restartServer({ terminals: [cais, serra] });
    }
  });
});

/**
 * What a POST that names nothing in its address is sent to reach what is the other's, and what it answers: a new one
 * needs its line.
 */
const NAMES_ANOTHERS: Readonly<
  Record<string, { readonly body: () => object; readonly answered: readonly [status: number, field: unknown] }>
> = {
  "/v1/payments": {
    body: () => ({ amount: 550, currency: "EUR", reference: "o", terminal: CAIS }),
    answered: [422, "/terminal"],
  },
  "/v1/mandates": {
    body: () => ({
      phone: newPhone(),
      customer: { name: "Ana" },
      type: "oneclick",
      description: "x",
      terminal: CAIS,
    }),
    answered: [422, "/terminal"],
  },
  "/v1/event-endpoints": {
    body: () => ({ url: shops.stage.shop.url, terminal: CAIS }),
    answered: [422, "/terminal"],
  },
  "/v1/keys": {
    body: () => ({ name: "Other", scopes: ["events"], terminal: CAIS }),
    answered: [422, "/terminal"],
  },
  "/v1/operators": {
    body: () => ({ name: "Other", role: "viewer", terminal: CAIS }),
    answered: [422, "/terminal"],
  },
  "/v1/events/resend": {
    body: () => ({ filter: { endpoint: has[CAIS]?.ep } }),
    answered: [422, "/filter/endpoint"],
  },
};

/** What tells of the server itself, and so of all terminals: for whoever sees all of them. */
const OF_THE_SERVER: readonly string[] = ["/v1/doctor"];

/** About whoever asks alone. */
const isOfThemselves = (operationId: string) => OF_THEMSELVES.some((one) => one === operationId);

/** With what a list is asked for, where it needs something, or finds by it. */
const LISTED_BY: Readonly<Record<string, readonly string[]>> = {
  "/v1/tokens": ["?customer=c9"],
  "/v1/payments": ["", `?reference=order-of-${CAIS}`, "?status=paid"],
};

function bodyOf(method: string): object | undefined {
  return method === "POST" ? {} : undefined;
}
