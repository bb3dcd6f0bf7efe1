import { expect, it } from "vitest";
import { readBrowser } from "./read-card.ts";

it.each([
  ["[2001:DB8:0::7]:4711", "2001:db8::7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
])("the issuer is told an address (%s) in its one spelling", (told, sent) => {
  expect(readBrowser({ ipAddress: told })).toEqual({ ipAddress: sent });
});

it("the issuer is told no address where there is none", () => {
  expect(readBrowser({ ipAddress: null })).toEqual({});
});
