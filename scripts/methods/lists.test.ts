import { describe, expect, it } from "vitest";
import { strayComparisons, strayLists } from "./lists.ts";

const list = (text: string, path = "packages/cli/src/doctor.ts") => strayLists([{ path, text }]);

it.each([
  'const NAMES = { mbway: "MBWAY", multibanco: "REFERENCE" };',
  'const wanted = ["mbway", "multibanco"];',
  'switch (method) { case "mbway": break; case "multibanco": break; }',
])("finds the list in %s", (text) => {
  expect(list(text)).toEqual(["packages/cli/src/doctor.ts"]);
});

it.each([
  ["a registry", 'const registry = ["mbway", "multibanco"];', "packages/server/src/domain/methods/index.ts"],
  [
    "what is held by its type",
    'const NAMES: Record<Method, string> = { mbway: "a", multibanco: "b" };',
    "packages/a.ts",
  ],
  ["one method alone", 'if (method === "mbway") return;', "packages/a.ts"],
])("leaves out %s", (_what, text, path) => {
  expect(list(text, path)).toEqual([]);
});

describe("whoever asks which method it is", () => {
  const found = (text: string, path = "packages/server/src/pages/pay/view-of.ts") => strayComparisons([{ path, text }]);

  it.each([
    'if (attempt.method === "multibanco") return null;',
    'methods.filter((method) => method !== "mbway")',
    'payment.methods.includes("card")',
    'switch (method) {\n  case "mbway":\n    return 1;\n}',
  ])("is found: %s", (text) => expect(found(text)).toHaveLength(1));

  it("is left alone in a room's table, and where a method is only named", () => {
    expect(found('payment.methods.includes("mbway")', "packages/server/src/pages/pay/methods/mandate.ts")).toEqual([]);
    expect(found('const command = { method: "token", kind: request.kind === "mandate" };')).toEqual([]);
  });
});
