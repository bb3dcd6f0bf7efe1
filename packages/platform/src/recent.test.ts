import { expect, it } from "vitest";
import { Recent } from "./recent.ts";

it("keeps the newest, or none where an older one comes after it; what was not asked for the longest goes", () => {
  const recent = new Recent<{ readonly id: string; readonly version: number }>(1_000);
  recent.keep({ id: "a", version: 1 });
  recent.keep({ id: "a", version: 2 });
  expect(recent.get("a")).toMatchObject({ version: 2 });
  recent.keep({ id: "a", version: 1 });
  expect(recent.get("a")).toBe(null);
  for (let other = 1; other <= 1_000; other += 1) recent.keep({ id: `b${other}`, version: 1 });
  recent.get("b1");
  recent.keep({ id: "c", version: 1 });
  expect(["b1", "b2", "b3"].map((id) => recent.get(id)?.version)).toEqual([1, undefined, 1]);
});
