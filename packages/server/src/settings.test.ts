import { expect, it } from "vitest";
import { readServerSettings } from "./settings.ts";

const LOCAL = { DATABASE_URL: "postgres://127.0.0.1/caravela", CARAVELA_API_KEY: "sk_test" };
const SIBS = {
  ...LOCAL,
  ...{ SIBS_TERMINAL_ID: "52221", SIBS_CLIENT_ID: "client", SIBS_TOKEN: "token", SIBS_ENTITY: "24000" },
  SIBS_WEBHOOK_SECRET: Buffer.alloc(32).toString("base64"),
};

it.each([
  ["the local gateway", LOCAL, "http://127.0.0.1:4010/api/v2"],
  ["another address", { ...SIBS, SIBS_BASE_URL: "https://sibs.example/api/v2" }, "https://sibs.example/api/v2"],
  [
    "SIBS's own for tests",
    { ...SIBS, SIBS_BASE_URL: "https://spg.qly.site1.sibs.pt/api/v2/" },
    "https://api.qly.sibspayments.com/sibs/spg/v2",
  ],
  [
    "SIBS's own",
    { ...SIBS, SIBS_BASE_URL: "https://api.sibspayments.com/api/v2" },
    "https://api.sibspayments.com/sibs/spg/v2",
  ],
  [
    "one that is said",
    { ...LOCAL, SIBS_MANDATES_BASE_URL: "http://127.0.0.1:4010/sibs/spg/v2" },
    "http://127.0.0.1:4010/sibs/spg/v2",
  ],
])("asks for mandates where SIBS has them: %s", (_where, env, expected) => {
  expect(readServerSettings(env).sibsMandatesBaseUrl).toBe(expected);
});

it("takes no address for mandates that is none", () => {
  expect(() => readServerSettings({ ...LOCAL, SIBS_MANDATES_BASE_URL: "sibs" })).toThrow(/SIBS_MANDATES_BASE_URL/);
});
