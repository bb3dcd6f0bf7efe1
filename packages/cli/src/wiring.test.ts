import { systemChance } from "@caravela/platform/chance";
import { systemClock } from "@caravela/platform/clock";
import { readServerSettings } from "@caravela/server";
import { expect, it } from "vitest";
import { newTerminal } from "../../gateway/src/terminals/demonstration.ts";
import { readStartSettings, root, type StartSettings } from "./start-settings.ts";
import { wire } from "./wiring.ts";

const wired = (env: Record<string, string>, changes: Partial<StartSettings> = {}) => {
  const settings = {
    ...readStartSettings(env),
    ...changes,
    databaseUrl: "postgres://here/caravela",
    localOwner: "drawn",
  };
  const { addresses, programs } = wire(env, settings);
  return { addresses, envOf: (name: string) => programs.find((program) => program.name === name)?.env ?? {} };
};

it("lets the programs find each other on their usual ports", () => {
  const { addresses, envOf } = wired({});
  expect(addresses).toEqual({
    shop: "http://127.0.0.1:4000",
    server: "http://127.0.0.1:3000",
    gateway: "http://127.0.0.1:4010",
    apiKey: "sk_test_caravela",
    dashboard: "http://127.0.0.1:3000/dashboard/local/drawn",
  });
  expect(envOf("gateway")).toMatchObject({
    DATABASE_URL: "postgres://here/caravela",
    CARAVELA_CLOCK_FOLLOWERS: "http://127.0.0.1:3000",
  });
  expect(envOf("server")).toMatchObject({
    SIBS_BASE_URL: "http://127.0.0.1:4010/api/v2",
    CARAVELA_TEST_CLOCK: "1",
    CARAVELA_API_KEY: "sk_test_caravela",
  });
  expect(envOf("shop")).toMatchObject({
    CARAVELA_URL: "http://127.0.0.1:3000",
    CARAVELA_SHOP_PORT: "4000",
    CARAVELA_API_KEY: "sk_test_caravela",
  });
});

it("moves no clock of a server that works with a SIBS elsewhere", () => {
  const { envOf } = wired({ SIBS_BASE_URL: "https://api.sibspayments.com/api/v2" });
  expect(envOf("server").SIBS_BASE_URL).toBe("https://api.sibspayments.com/api/v2");
  expect(envOf("server").CARAVELA_TEST_CLOCK).toBeUndefined();
  // it is `npm start` all the same, which does everything
  expect(envOf("server").CARAVELA_MIGRATE).toBe("1");
  expect(envOf("gateway").CARAVELA_CLOCK_FOLLOWERS).toBeUndefined();
});

it("signs whoever has this machine in by a link, unless the server works with a SIBS elsewhere", () => {
  const here = wired({});
  expect(here.envOf("server").CARAVELA_LOCAL_OWNER).toBe("drawn");
  expect(here.envOf("shop").CARAVELA_LOCAL_OWNER).toBeUndefined();
  const elsewhere = wired({ SIBS_BASE_URL: "https://api.sibspayments.com/api/v2" });
  expect(elsewhere.addresses.dashboard).toBeNull();
  expect(elsewhere.envOf("server").CARAVELA_LOCAL_OWNER).toBeUndefined();
});

it("lets any number of cards be tried against our own gateway, unless a limit is set, and leaves the limits on elsewhere", () => {
  const limits = ["PAYMENT", "ADDRESS", "TERMINAL"].map((what) => `CARAVELA_CARD_TRIES_PER_${what}`);
  const limitsOf = (env: Record<string, string>) => limits.map((name) => wired(env).envOf("server")[name]);
  expect(limitsOf({})).toEqual(["0", "0", "0"]);
  expect(limitsOf({ CARAVELA_CARD_TRIES_PER_ADDRESS: "3" })).toEqual(["0", "3", "0"]);
  expect(limitsOf({ SIBS_BASE_URL: "https://api.sibspayments.com/api/v2" })).toEqual([undefined, undefined, undefined]);
});

it("lets the example shop show payments inside its own pages, unless others are named, or it is for other machines", () => {
  const originsOf = (env: Record<string, string>, changes: Partial<StartSettings> = {}) =>
    wired(env, changes).envOf("server").CARAVELA_SHOP_ORIGINS ?? "";
  expect(originsOf({})).toBe("http://127.0.0.1:4000,http://localhost:4000");
  expect(originsOf({ CARAVELA_SHOP_ORIGINS: "https://loja.example.pt" })).toBe("https://loja.example.pt");
  expect(originsOf({}, { host: "192.0.2.7" })).toBe("");
  expect(originsOf({ CARAVELA_TERMINALS: "terminals.json" })).toBe("");
});

it("reaches by loopback what listens everywhere", () => {
  expect(wired({ CARAVELA_HOST: "0.0.0.0" }).addresses.shop).toBe("http://127.0.0.1:4000");
  expect(wired({ CARAVELA_HOST: "::" }).addresses.shop).toBe("http://[::1]:4000");
  expect(wired({ CARAVELA_HOST: "192.168.1.5" }).addresses.shop).toBe("http://192.168.1.5:4000");
});

it("keeps the data in the clone, and as root where PostgreSQL's user can enter", () => {
  expect(readStartSettings({}, false).dataFolder).toBe(`${root}/.caravela`);
  expect(readStartSettings({}, true).dataFolder).toMatch(/^\/var\/lib\/caravela\/[0-9a-f]{12}$/);
  expect(readStartSettings({ CARAVELA_DATA: "/srv/data" }, true).dataFolder).toBe("/srv/data");
});

it("shows the example shop's name, logo and colour on its pages, and nothing of it beside what is said of another", () => {
  const signs = (env: Record<string, string>) =>
    Object.keys(wired(env).envOf("server")).filter((name) => name.startsWith("CARAVELA_MERCHANT_"));
  expect(signs({})).toEqual(["NAME", "LOGO", "COLOUR", "IN_APP"].map((sign) => `CARAVELA_MERCHANT_${sign}`));
  expect(readServerSettings({ ...wired({}).envOf("server"), CARAVELA_LOCAL_OWNER: "" }).shop).toMatchObject({
    name: "Loja da Caravela",
    logo: { type: "image/svg+xml" },
    colour: { type: expect.stringContaining("css") },
    // as the local gateway's phone calls it: the page promises that name
    inApp: newTerminal("52221", 1, systemClock, systemChance).merchantName,
  });
  expect(signs({ CARAVELA_MERCHANT_NAME: "Loja do Cais" })).toEqual(["CARAVELA_MERCHANT_NAME"]);
  expect(signs({ CARAVELA_TERMINALS: "terminals.json" })).toEqual([]);
  expect(signs({ SIBS_BASE_URL: "https://api.sibspayments.com/api/v2" })).toEqual([]);
});
