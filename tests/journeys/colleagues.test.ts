import { workOnOperators } from "@caravela/server";
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { en } from "../../packages/web/src/dashboard/login/texts.en.ts";
import { pt } from "../../packages/web/src/dashboard/login/texts.pt.ts";
import { launchBrowser } from "../support/browser.ts";
import { accessibilityFaults } from "../support/journey.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { originOf } from "../support/visitor.ts";

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([setStage(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await stage?.close();
});

/** What is logged as an error by a page, or thrown. */
const complaints: string[] = [];

/** Somebody with a browser, and a device in it that asks for their finger. */
async function colleague(): Promise<{ page: Page; device: CDPSession; authenticator: string }> {
  const context = await browser.newContext({ locale: "pt-PT", viewport: { width: 390, height: 780 } });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  const device = await context.newCDPSession(page);
  await device.send("WebAuthn.enable");
  const { authenticatorId } = await device.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { page, device, authenticator: authenticatorId };
}

/** The link that the command prints. */
async function linkFor(name: string): Promise<string> {
  const wanted = { name, role: "owner", terminal: undefined, refundLimit: undefined };
  const { path } = await workOnOperators(stage.settings.databaseUrl, (operators) => operators.invite(wanted));
  return `${originOf(stage)}${path}`;
}

const press = (page: Page, words: string) => page.getByRole("button", { name: words, exact: true }).click();
const isInside = (page: Page) =>
  page.waitForURL(({ pathname }) => /^\/dashboard(?!\/(login|invitations))/.test(pathname), { waitUntil: "load" });
const whoIs = (page: Page) => page.evaluate(async () => (await fetch("/v1/me")).json());

describe("the first owner", () => {
  it("comes in by the command's link and a passkey, signs out and in again, and comes back by a new link once the passkey is lost", async () => {
    const { page, device, authenticator } = await colleague();
    await page.goto(await linkFor("Ana Sousa"));
    await page.getByRole("heading", { name: pt.invitation.title("Ana Sousa") }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await press(page, pt.invitation.press);
    await isInside(page);
    const ana = await whoIs(page);
    expect(ana).toMatchObject({ by: { name: "Ana Sousa" }, role: "owner" });
    expect(ana.session.touchedUntil).not.toBeNull();

    await page.evaluate(() => document.querySelector<HTMLFormElement>("form[action='/dashboard/logout']")?.submit());
    await page.getByText(pt.signIn.signedOut).waitFor();
    expect((await whoIs(page)).status).toBe(401);
    complaints.length = 0; // the browser logs the 401 that was asked for here
    await press(page, pt.signIn.press);
    await isInside(page);
    expect((await whoIs(page)).by).toEqual(ana.by);

    await device.send("WebAuthn.clearCredentials", { authenticatorId: authenticator });
    await page.goto(`${originOf(stage)}/dashboard/login`);
    await device.send("WebAuthn.setUserVerified", { authenticatorId: authenticator, isUserVerified: false });
    await press(page, pt.signIn.press);
    await page.getByText(pt.found.dismissed).waitFor();
    await device.send("WebAuthn.setUserVerified", { authenticatorId: authenticator, isUserVerified: true });

    await page.goto(await linkFor("Ana Sousa"));
    await press(page, pt.invitation.press);
    await isInside(page);
    expect((await whoIs(page)).by).toEqual(ana.by);
    expect(complaints).toEqual([]);

    // what she typed waits for her while she touches her passkey
    await page.goto(`${originOf(stage)}/dashboard/team/invite`);
    await page.fill("#field-name", "Rui Costa");
    await page.check("input[name=role][value=support]");
    await stage.advance(301);
    await press(page, "Convidar");
    await page.getByRole("link", { name: "Confirmar com a chave de acesso" }).click();
    await press(page, pt.touch.press);
    await page.waitForURL(({ pathname }) => pathname === "/dashboard/team/invite", { waitUntil: "load" });
    expect(await page.inputValue("#field-name")).toBe("Rui Costa");
    expect(await page.isChecked("input[name=role][value=support]")).toBe(true);
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
    await page.context().close();
  });
});

describe("where passkeys are impossible", () => {
  const opened = async (
    url: string,
    options: Parameters<Browser["newContext"]>[0] = {},
    prepare = async (_: BrowserContext) => {},
  ) => {
    const context = await browser.newContext({ locale: "en-GB", ...options });
    await prepare(context);
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };

  it("the page says so, and what to do: at an address of digits, without script, in a browser that has none", async () => {
    const path = "/dashboard/login";
    const digits = await opened(`${stage.server.url}${path}`);
    await digits.getByText(en.impossible.elsewhere).waitFor();
    const link = digits.getByRole("link", { name: en.impossible.open });
    expect(await link.getAttribute("href")).toBe(`${originOf(stage)}${path}`);
    expect(await digits.getByRole("button", { name: en.signIn.press }).count()).toBe(0);

    const without = await opened(`${originOf(stage)}${path}`, { javaScriptEnabled: false });
    expect(await without.locator("noscript p").innerText()).toBe(en.impossible.script);
    expect(await without.getByRole("button", { name: en.signIn.press }).isVisible()).toBe(false);

    const old = await opened(`${originOf(stage)}${path}`, {}, (context) =>
      context.addInitScript(() => Reflect.deleteProperty(window, "PublicKeyCredential")).then(() => undefined),
    );
    await old.getByText(en.found.unsupported).waitFor();
    expect(await old.getByRole("button", { name: en.signIn.press }).count()).toBe(0);
    for (const page of [digits, without, old]) await page.context().close();
  });
});
