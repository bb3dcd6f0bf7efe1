import { systemChance } from "@caravela/platform/chance";
import { systemClock } from "@caravela/platform/clock";
import { Secret } from "@caravela/platform/secret";
import { describe, expect, it } from "vitest";
import { newPayment } from "../domain/payment/testing/builders.ts";
import { shopCalled } from "../shop/shop.ts";
import { at, Terminals } from "../terminals.ts";
import { connectSibs } from "./connect.ts";

const terminal = (id: "1" | "2") => ({
  id,
  entity: "24000",
  methods: [],
  shop: shopCalled("Loja"),
  limits: {},
  requiresCustomer: true,
  clientId: `client-${id}`,
  token: new Secret(`token-${id}`),
});

/** Two terminals, and whose every call was, by its token. */
function connected(answer: () => Response) {
  const calls: string[] = [];
  const connection = connectSibs({
    settings: { sibsBaseUrl: "http://127.0.0.1:9", sibsMandatesBaseUrl: "http://127.0.0.1:9" },
    terminals: new Terminals([terminal("1"), terminal("2")], "2"),
    clock: systemClock,
    systemClock,
    chance: systemChance,
    fetch: async (_url, init) => {
      calls.push(new Headers(init?.headers).get("authorization") ?? "");
      return answer();
    },
  });
  return { ...connection, calls };
}

describe("the way to SIBS of a terminal", () => {
  const down = () => Response.json({}, { status: 500 });

  it("is that of what it is wanted for, and of what was made before, the terminal of then", async () => {
    const { sibs, calls } = connected(down);
    for (const of of ["1", "2", null] as const) await at(sibs, newPayment({ terminal: of })).status("s2x");
    expect(calls).toEqual(["Bearer token-1", "Bearer token-2", "Bearer token-2"]);
  });

  it("leads nowhere where the terminal is not served: every call goes unheard, and none is made", async () => {
    const { sibs, calls } = connected(down);
    const nowhere = at(sibs, newPayment({ terminal: "3" }));
    const unheard = Object.values(nowhere).map((call: () => Promise<unknown>) => call());
    expect(unheard).toHaveLength(17);
    for (const outcome of await Promise.all(unheard)) expect(outcome).toMatchObject({ kind: "unheard" });
    expect(calls).toEqual([]);
  });

  it("rests where SIBS cannot answer that terminal, and holds up no other", async () => {
    const { sibs, breaker } = connected(down);
    for (let tries = 0; tries < 5; tries += 1) await at(sibs, { terminal: "1" }).status("s2x");
    expect(at(breaker, { terminal: "1" }).restsUntil()).not.toBeNull();
    expect(at(breaker, { terminal: "2" }).restsUntil()).toBeNull();
    expect(at(breaker, { terminal: "3" }).restsUntil()).toBeNull();
  });
});
