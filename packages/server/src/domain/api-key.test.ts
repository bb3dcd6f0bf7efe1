import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { beyond, budgetsOf, FIRST_KEY, type Powers, SCOPES } from "./api-key.ts";

const NOON = Date.UTC(2026, 10, 28, 12);
const LIMITED = "key_limited";

/** A key that may make others and refund twenty euros. */
const limited: Powers = {
  terminal: "1",
  scopes: ["refunds:write", "admin"],
  refundLimit: cents(2000),
  expiresAt: NOON,
  budgets: [{ key: LIMITED, most: cents(2000) }],
};
const made = (changes: Partial<Powers>, maker: Powers = limited): Powers => {
  const key = { ...limited, scopes: ["refunds:write"] as const, ...changes };
  return { ...key, budgets: budgetsOf("key_new", key.refundLimit, maker) };
};

describe("one may only give what one has:", () => {
  it("who has everything gives anything", () => {
    for (const scope of SCOPES) expect(beyond(FIRST_KEY, made({ scopes: [scope] }, FIRST_KEY))).toEqual([]);
    expect(beyond(FIRST_KEY, made({ refundLimit: null, expiresAt: null }, FIRST_KEY))).toEqual([]);
  });

  it("the same, and less", () => {
    expect(beyond(limited, made({}))).toEqual([]);
    expect(beyond(limited, made({ refundLimit: cents(1), expiresAt: NOON - 1 }))).toEqual([]);
  });

  it.each([
    ["a scope", { scopes: ["admin", "events"] as const }, [{ what: "scope", scope: "events" }]],
    ["another terminal", { terminal: "2" as const }, [{ what: "terminal", terminal: "1" }]],
    ["all terminals", { terminal: null }, [{ what: "terminal", terminal: "1" }]],
    ["a higher limit", { refundLimit: cents(2001) }, [{ what: "refundLimit", most: 2000 }]],
    ["no limit", { refundLimit: null }, [{ what: "refundLimit", most: 2000 }]],
    ["a later end", { expiresAt: NOON + 1 }, [{ what: "expiresAt", latest: NOON }]],
    ["no end", { expiresAt: null }, [{ what: "expiresAt", latest: NOON }]],
  ])("never %s", (_what, changes, gone) => expect(beyond(limited, made(changes))).toEqual(gone));

  it("a limit is none of those that may not refund", () => {
    expect(beyond(limited, made({ scopes: ["admin"], refundLimit: null }))).toEqual([]);
  });

  it("what is made under a limit counts with it, however deep", () => {
    const child = made({ refundLimit: cents(500) });
    expect(child.budgets).toEqual([...limited.budgets, { key: "key_new", most: 500 }]);
    expect(budgetsOf("key_third", cents(100), child).map(({ key }) => key)).toEqual([LIMITED, "key_new", "key_third"]);
  });

  it("nor is a key's secret made anew by who may refund less than it may beside them", () => {
    const beside: Powers = { ...limited, budgets: [{ key: "key_beside", most: cents(2000) }] };
    expect(beyond(limited, beside)).toEqual([{ what: "budgets" }]);
  });
});
