import { expect, it } from "vitest";
import { spreadLiterals } from "./spreads.ts";

const found = (text: string) => spreadLiterals({ path: "a.ts", text });

it.each([
  "const a = { ...{ b: 1, c: 2 }, d };",
  "const a = {\n  ...{\n    b: 1,\n  },\n};",
  "const a = { ...({ b: 1 } as const), d };",
  "const a = [...[1, 2], 3];",
  "const a = [\n  ...([1, 2] as const),\n  d,\n];",
  "f(...[a, [b]]);",
])("finds a literal that is spread into another: %s", (text) => {
  expect(found(text)).toHaveLength(1);
});

it.each([
  "const a = { ...b, c };",
  "const a = { ...(b && { c }) };",
  "const a = [...[1, 2].map(double), 3];",
  "const a = [...(b ? [c] : [])];",
  "// { ...{ b: 1 } }",
])("leaves alone: %s", (text) => {
  expect(found(text)).toEqual([]);
});
