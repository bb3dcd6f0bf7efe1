import { expect, it } from "vitest";
import { answered, named, rowsOf } from "./paths.ts";

it.each([
  ['http.get("/healthz", {}, handler)', "/healthz"],
  ['http.post(\n    "/v1/payments/:id/cancel",', "/v1"],
  ['customerPage(http, { at: "/authorize" })', "/authorize"],
  ["`/pay/:token/mbway`", "/pay"],
  ['{ prefix: "/assets/" }', "/assets"],
  ['export const NOTIFICATIONS_PATH = "/notifications/sibs";', "/notifications"],
])("finds the route in %s", (text, path) => {
  expect(answered([{ path: "routes.ts", text }])).toEqual(new Set([path]));
});

it("takes no field of a body for a route", () => {
  expect(answered([{ path: "read.ts", text: 'throw problem("not_possible", "", { field: "/amount" })' }]).size).toBe(0);
});

it("reads the paths of a text and of some rows of a table", () => {
  expect(named("the internet needs `/pay/` and `/notifications/sibs`, not `Host`")).toEqual(
    new Set(["/pay", "/notifications"]),
  );
  expect(rowsOf("| the internet | `/pay/` |\n| nobody | `/metrics` |", /^\| the internet/)).toEqual(new Set(["/pay"]));
});
