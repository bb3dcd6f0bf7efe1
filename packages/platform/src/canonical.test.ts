import { expect, it } from "vitest";
import { canonical } from "./canonical.ts";

it("writes the same thing in one way, however its members stand", () => {
  const text = '{"a":[{"c":null,"d":"é"},2],"b":{"x":true,"y":[]}}';
  expect(canonical({ b: { y: [], x: true }, a: [{ d: "é", c: null }, 2], left: undefined })).toBe(text);
  expect(canonical(JSON.parse(text))).toBe(text);
  expect([undefined, null, 1, "one"].map(canonical)).toEqual(["null", "null", "1", '"one"']);
});

it("tells apart what is listed in another order", () => {
  expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
});
