import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { launchBrowser } from "./browser.ts";

it("renders a page, runs its script and clicks in it", async () => {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end("<h1>Olá</h1><button onclick=\"document.querySelector('h1').textContent = 1 + 1\">soma</button>");
  }).listen(0, "127.0.0.1");
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  expect(await page.textContent("h1")).toBe("Olá");
  expect((await page.locator("h1").boundingBox())?.height).toBeGreaterThan(10);
  await page.click("button");
  expect(await page.textContent("h1")).toBe("2");
  await browser.close();
  server.close();
});
