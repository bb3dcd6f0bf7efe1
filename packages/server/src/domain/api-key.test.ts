import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { beyond, FIRST_KEY, type Powers, SCOPES } from "./api-key.ts";
import { givenLimits, LIMIT_NAMES, LIMITED, type Limited, NO_LIMITS, namedIn, withOwnDays } from "./limit.ts";

const NOON = Date.UTC(2026, 10, 28, 12);
const LIMITED_KEY = "key_limited";
const MOST = { refundLimit: cents(2000), captureLimit: cents(3000) };

/** A key that may make others, refund twenty euros and capture thirty. */
const limited: Powers = {
  terminal: "1",
  scopes: ["refunds:write", "payments:write", "admin"],
  limits: withOwnDays(LIMITED_KEY, givenLimits(LIMITED_KEY, MOST, NO_LIMITS)),
  expiresAt: NOON,
};

type Changes = Partial<Omit<Powers, "limits">> & { refundLimit?: number | null; captureLimit?: number | null };

function made(changes: Changes, maker: Powers = limited): Powers {
  const { refundLimit, captureLimit, ...others } = changes;
  const most = { ...MOST, ...namedIn({ refundLimit, captureLimit }) };
  const limits = withOwnDays("key_new", givenLimits("key_new", most, maker.limits));
  return { ...limited, scopes: ["refunds:write", "payments:write"], ...others, limits };
}

const daysOf = ({ limits }: Powers, kind: Limited) => limits[kind].budgets.map(({ key }) => key);

describe("one may only give what one has:", () => {
  it("who has everything gives anything", () => {
    for (const scope of SCOPES) expect(beyond(FIRST_KEY, made({ scopes: [scope] }, FIRST_KEY))).toEqual([]);
    const without = made({ refundLimit: null, captureLimit: null, expiresAt: null }, FIRST_KEY);
    expect(beyond(FIRST_KEY, without)).toEqual([]);
  });

  it("the same, and less", () => {
    expect(beyond(limited, made({}))).toEqual([]);
    expect(beyond(limited, made({ refundLimit: 1, captureLimit: 1, expiresAt: NOON - 1 }))).toEqual([]);
  });

  it.each<[string, Changes, unknown[]]>([
    ["a scope", { scopes: ["admin", "events"] }, [{ what: "scope", scope: "events" }]],
    ["another terminal", { terminal: "2" }, [{ what: "terminal", terminal: "1" }]],
    ["all terminals", { terminal: null }, [{ what: "terminal", terminal: "1" }]],
    ["a higher limit of refunds", { refundLimit: 2001 }, [{ what: "refundLimit", most: 2000 }]],
    ["no limit of refunds", { refundLimit: null }, [{ what: "refundLimit", most: 2000 }]],
    ["a higher limit of captures", { captureLimit: 3001 }, [{ what: "captureLimit", most: 3000 }]],
    ["no limit of captures", { captureLimit: null }, [{ what: "captureLimit", most: 3000 }]],
    ["a later end", { expiresAt: NOON + 1 }, [{ what: "expiresAt", latest: NOON }]],
    ["no end", { expiresAt: null }, [{ what: "expiresAt", latest: NOON }]],
  ])("never %s", (_what, changes, gone) => expect(beyond(limited, made(changes))).toEqual(gone));

  it("a limit is none of those that may not do what it limits", () => {
    expect(beyond(limited, made({ scopes: ["admin"], refundLimit: null, captureLimit: null }))).toEqual([]);
    expect(beyond(limited, made({ scopes: ["payments:write"], refundLimit: null }))).toEqual([]);
    expect(beyond(limited, made({ scopes: ["refunds:write"], captureLimit: null }))).toEqual([]);
  });

  it("what is made under a limit counts with it, however deep, refunds and captures apart", () => {
    const child = made({ refundLimit: 500, captureLimit: 600 });
    expect(child.limits.refund.budgets).toEqual([...limited.limits.refund.budgets, { key: "key_new", most: 500 }]);
    expect(daysOf(child, "capture")).toEqual([`${LIMITED_KEY}.captures`, "key_new.captures"]);
    const third = withOwnDays("key_third", givenLimits("key_third", MOST, child.limits));
    expect(daysOf({ ...child, limits: third }, "refund")).toEqual([LIMITED_KEY, "key_new", "key_third"]);
    const unlimited = made({ refundLimit: null, captureLimit: null });
    for (const kind of LIMITED) expect(daysOf(unlimited, kind)).toEqual(daysOf(limited, kind));
  });

  it.each(LIMITED)("nor is a key's secret made anew by who may do less of a %s than it may beside them", (of) => {
    const { most } = limited.limits[of];
    const key = of === "refund" ? ("key_beside" as const) : ("key_beside.captures" as const);
    const beside = { ...limited.limits, [of]: { most, budgets: [{ key, most: MOST[LIMIT_NAMES[of]] }] } };
    expect(beyond(limited, { ...limited, limits: beside })).toEqual([{ what: "budgets", of }]);
  });
});
