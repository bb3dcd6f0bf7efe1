import { createHttp } from "@caravela/platform/http";
import { createLog } from "@caravela/platform/log";
import { expect, it } from "vitest";
import { homePage } from "./home.ts";

const LOCAL = { version: "1.2.3", sibsBaseUrl: "http://127.0.0.1:4010/api/v2", shopOrigins: ["http://127.0.0.1:4000"] };
const IN_FRONT_OF_SIBS = { ...LOCAL, sibsBaseUrl: "https://api.sibspayments.com/api/v2" };
const BROWSER = { accept: "text/html,application/xhtml+xml,*/*;q=0.8", "accept-language": "en" };

async function ask(settings: typeof LOCAL, headers: Record<string, string>, url = "/") {
  const http = createHttp({ log: createLog({ name: "test", level: "silent" }), bodyLimit: 1024, trustedProxies: [] });
  homePage(http, settings);
  const answer = await http.inject({ url, headers });
  await http.close();
  return answer;
}

const linksOf = (html: string) => [...html.matchAll(/<li><a href="([^"]+)"/g)].map(([, href]) => href);

it("leads a browser to all that plays on this machine, and names the version", async () => {
  const { statusCode, headers, body } = await ask(LOCAL, BROWSER);
  expect(statusCode).toBe(200);
  expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  expect(headers).toMatchObject({ "cache-control": "no-store", vary: "Accept, Accept-Language" });
  expect(linksOf(body)).toEqual([
    "http://127.0.0.1:4000",
    "http://127.0.0.1:4010/phone",
    "http://127.0.0.1:4010/atm",
    "/dashboard",
    "/docs",
    "/healthz",
  ]);
  expect(body).toContain("Version 1.2.3");
});

it("tells a stranger in front of SIBS no version, and nothing of the shop", async () => {
  for (const headers of [BROWSER, { accept: "application/json" }]) {
    const { body } = await ask(IN_FRONT_OF_SIBS, headers);
    expect(body).not.toMatch(/1\.2\.3|127\.0\.0\.1|sibspayments/);
  }
  expect(linksOf((await ask(IN_FRONT_OF_SIBS, BROWSER)).body)).toEqual(["/dashboard", "/docs", "/healthz"]);
});

it("answers a program the same as JSON, with null for what is not told", async () => {
  for (const headers of [{ accept: "application/json" }, { accept: "*/*" }, {}])
    expect((await ask(IN_FRONT_OF_SIBS, headers)).json()).toEqual({
      name: "Caravela",
      version: null,
      docs: "/docs",
      openapi: "/openapi.json",
      dashboard: "/dashboard",
      health: "/healthz",
      phone: null,
      atm: null,
      shop: null,
    });
  expect((await ask(LOCAL, {})).json()).toMatchObject({ version: "1.2.3", phone: "http://127.0.0.1:4010/phone" });
});

it("speaks the browser's language, and the one that is chosen at its foot, and keeps no cookie", async () => {
  const langOf = (body: string) => /<html lang="(\w\w)/.exec(body)?.[1];
  for (const lang of ["pt", "en", "es", "fr"]) {
    expect(langOf((await ask(LOCAL, { ...BROWSER, "accept-language": `de,${lang};q=0.8` })).body)).toBe(lang);
    const chosen = await ask(LOCAL, BROWSER, `/?lang=${lang}`);
    expect(langOf(chosen.body)).toBe(lang);
    expect(chosen.headers["set-cookie"]).toBeUndefined();
  }
});
