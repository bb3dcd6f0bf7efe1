import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { AddressRules } from "./addresses.ts";
import { leadsInside, neverReached, REFUSED_PORTS, spelling } from "./destination.ts";

describe("an address that events can never reach", () => {
  it.each([
    ["http://ana:secret@shop.pt/", "user"],
    ["http://ana@shop.pt/", "user"],
    ["http://:secret@shop.pt/", "user"],
    ["http://shop.pt:6667/", "6667"],
    ["https://shop.pt:22/events", "22"],
    ["http://shop.pt:0/", "port 0"],
    ["https://shop.pt/#events", "fragment"],
    ["https://shop.pt/#", "fragment"],
    ["http://[ff02::1]/", "one machine"],
    ["http://224.0.0.1/", "one machine"],
    ["http://255.255.255.255/", "one machine"],
    ["http://[::1", "read"],
    ["http://shop.pt:99999/", "read"],
    ["http://999.1.1.1/", "read"],
    ["http://%00/", "read"],
    ["http://./", "machine"],
    ["http://shop..pt/", "machine"],
    [`http://${"a".repeat(64)}.pt/`, "machine"],
    [`http://${"a.".repeat(126)}pt/`, "machine"],
  ])("is %s", (url, why) => expect(neverReached(url)).toContain(why));

  it.each([
    "https://shop.pt/events?x=1",
    "http://127.0.0.1:4000",
    "http://shop.pt:80/",
    "https://shop.pt:443/",
    "http://[::1]:3000/",
    "http://shop.pt./",
  ])("is not %s", (url) => expect(neverReached(url)).toBeNull());

  it("has a port that `fetch` refuses, and every such port is known", () => {
    const { badPorts } = createRequire(import.meta.url)("undici/lib/web/fetch/constants.js") as { badPorts: string[] };
    expect([0, ...badPorts.map(Number)]).toEqual([...REFUSED_PORTS]);
  });
});

describe("an address that leads inside", () => {
  const rules = new AddressRules([]);
  const knows =
    (...addresses: string[]) =>
    async () =>
      addresses.map((address) => ({ address, family: 4 }));

  it.each([
    "http://127.0.0.1:4000/",
    "http://0x7f.1/",
    "http://2130706433/",
    "http://[::ffff:169.254.169.254]/",
    "http://0/",
  ])("is %s, however its numbers are written", async (url) =>
    expect(await leadsInside(url, rules, knows("8.8.8.8"))).toBe(true),
  );

  it("is a name that is known as one, be it one of several", async () => {
    expect(await leadsInside("http://shop.pt/", rules, knows("8.8.8.8", "10.0.0.1"))).toBe(true);
    expect(await leadsInside("http://shop.pt/", rules, knows("8.8.8.8"))).toBe(false);
    expect(await leadsInside("http://shop.pt/", new AddressRules(["10.0.0.0/8"]), knows("10.0.0.1"))).toBe(false);
  });

  it("is not a name that is not known now", async () => {
    const fails = async () => Promise.reject(new Error("ENOTFOUND"));
    expect(await leadsInside("http://shop.pt/", rules, fails)).toBe(false);
  });
});

describe("one address", () => {
  const url = "http://shop.pt/events";
  it.each([
    "http://shop.pt/events/",
    "HTTP://SHOP.PT/events",
    "http://shop.pt:80/events",
    "http://shop.pt./events",
    "http://shop.pt/%65vents",
    "http://shop.pt/a/../events",
    "http://shop.pt/events?",
    "http://shop.pt/events//",
  ])("is also spelt %s", (other) => expect(spelling(other)).toBe(spelling(url)));

  it.each([
    "https://shop.pt/events",
    "http://shop.pt/Events",
    "http://shop.pt:81/events",
    "http://shop.pt/events?a=1",
    "http://shop.pt/",
  ])("is not %s", (other) => expect(spelling(other)).not.toBe(spelling(url)));

  it("keeps the escapes that mean something, in any case of letters", () => {
    expect(spelling("http://shop.pt/a%2fb")).toBe(spelling("http://shop.pt/a%2Fb"));
    expect(spelling("http://shop.pt/a%2fb")).not.toBe(spelling("http://shop.pt/a/b"));
  });
});
