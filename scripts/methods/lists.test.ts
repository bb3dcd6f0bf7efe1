import { expect, it } from "vitest";
import { strayLists } from "./lists.ts";

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
