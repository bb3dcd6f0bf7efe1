import { systemClock } from "@caravela/platform/clock";
import { createHttp, type Http } from "@caravela/platform/http";
import { createLog } from "@caravela/platform/log";
import { Secret } from "@caravela/platform/secret";
import { expect, it } from "vitest";
import { shopCalled } from "../shop/shop.ts";
import { Terminals } from "../terminals.ts";
import { forTheShop } from "./shop-api.ts";

const TERMINAL = {
  id: "52221",
  entity: "24000",
  methods: [],
  shop: shopCalled("Loja"),
  limits: {},
  requiresCustomer: true,
} as const;

/** An API of these routes, on its way to start. */
async function started(routes: (api: Http) => void): Promise<void> {
  const http = createHttp({ log: createLog({ name: "test", level: "silent" }) });
  http.register(async (scope) => {
    forTheShop(scope as Http, new Secret("sk_test"), {
      keys: { callerBy: async () => null },
      people: { callerBy: async () => null },
      clock: systemClock,
      own: { publicUrl: "https://payments.example" },
      owners: { ownerOf: async () => null },
      terminals: new Terminals([TERMINAL], TERMINAL.id),
      audit: { asked: async (action) => ({ number: 1, action }), answered: async () => undefined },
    });
    routes(scope as Http);
  });
  await http.ready();
}

const config = { scope: "payments:read", keepsToTerminal: true } as const;
const schema = { operationId: "listPayments", summary: "List things" };

it("has no POST that could be carried out twice: it does not start", async () => {
  const starting = started((api) => {
    api.get("/v1/things", { config, schema }, async () => ({}));
    api.post("/v1/things", { config, schema }, async () => ({}));
  });
  await expect(starting).rejects.toThrow("POST /v1/things may be carried out twice");
});

it("has no route that any key would do for: it does not start, and says what to give it", async () => {
  for (const method of ["GET", "DELETE", "PUT"]) {
    const starting = started((api) => void api.route({ method, url: "/v1/things", schema, handler: async () => ({}) }));
    await expect(starting).rejects.toThrow(
      `${method} /v1/things says of no scope that a key needs for it: give it \`config: { scope }\`, or Idempotency.post \`scope\`, one of payments:read`,
    );
  }
  await started((api) => void api.get("/v1/things", { config, schema }, async () => ({})));
});

it("has no route that is in no role's row: it does not start, and says where roles are told", async () => {
  const unheard = { ...schema, operationId: "listThings" };
  const starting = started((api) => void api.get("/v1/things", { config, schema: unheard }, async () => ({})));
  await expect(starting).rejects.toThrow(
    "GET /v1/things is in nobody's row: say in domain/role.ts which roles may listThings",
  );
});

it("has no route that a key needs nothing for but where that is said of its name: it does not start", async () => {
  const open = { ...config, scope: null };
  const starting = started((api) => void api.get("/v1/things", { config: open, schema }, async () => ({})));
  await expect(starting).rejects.toThrow("GET /v1/things says of no scope that a key needs for it");
  const me = { ...schema, operationId: "getMe" };
  await started((api) => void api.get("/v1/me", { config: open, schema: me }, async () => ({})));
});

it("has no route without a name and a line of its own in the description: it does not start", async () => {
  const { operationId, summary } = schema;
  for (const wrong of [{ summary }, { operationId }, { operationId: "list-things", summary }]) {
    const starting = started((api) => void api.get("/v1/things", { config, schema: wrong }, async () => ({})));
    await expect(starting).rejects.toThrow("GET /v1/things needs an `operationId`, as createPayment, and a `summary`");
  }
  const twice = started((api) => {
    api.get("/v1/things", { config, schema }, async () => ({}));
    api.get("/v1/other-things", { config, schema }, async () => ({}));
  });
  await expect(twice).rejects.toThrow("GET /v1/other-things is called listPayments, as another route is");
});

it("has no route that may show what is another terminal's: it does not start, and says what to do", async () => {
  const { scope } = config;
  for (const method of ["GET", "DELETE"] as const) {
    const starting = started((api) => {
      api.route({ method, url: "/v1/things", config: { scope }, schema, handler: async () => ({}) });
    });
    await expect(starting).rejects.toThrow(`${method} /v1/things names nothing in its address`);
  }
  await started((api) => void api.get("/v1/things/:id", { config: { scope }, schema }, async () => ({})));
});
