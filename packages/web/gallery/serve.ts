import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { assetsFolder, lookAgainSource } from "@caravela/web/assets";
import { renderAtmPage } from "@caravela/web/atm";
import { renderAuthorizePage } from "@caravela/web/authorize";
import { renderHomePage } from "@caravela/web/home";
import { renderChallengePage, renderEndingPage, renderIssuerPage } from "@caravela/web/issuer";
import { type Lang, PAGE_LANGS } from "@caravela/web/lang";
import {
  renderGonePage,
  renderInvitationPage,
  renderPasskeysPage,
  renderSignedOnPage,
  renderSignInPage,
  renderTouchPage,
} from "@caravela/web/login";
import { renderMandateNotFoundPage, renderMandatePage, renderMandateUnavailablePage } from "@caravela/web/mandate";
import {
  drawAlong,
  renderBankPage,
  renderPayNotFoundPage,
  renderPayNotHerePage,
  renderPayPage,
  renderPayUnavailablePage,
} from "@caravela/web/pay";
import { renderPhonePage } from "@caravela/web/phone";
import { atmStates } from "./atm-states.ts";
import { dashboardStates } from "./dashboard-states.ts";
import { homeStates } from "./home-states.ts";
import { bankState, challengeState, endingState } from "./issuer-states.ts";
import { invitationStates, OWN_ORIGIN, passkeysStates, signInStates, touchStates } from "./login-states.ts";
import { authorizeStates, mandateStates } from "./mandate-states.ts";
import { action, payStates } from "./pay-states.ts";
import { phoneStates } from "./phone-states.ts";
import { takenAlong } from "./receipt-states.ts";
import { SHOP_COLOUR } from "./shops.ts";

/** One page in one state, as a browser gets it. */
interface Exhibit {
  html: string;
  /** What its script is answered when it asks for the view again. */
  view: object;
}

/** Every page in every state, by its path below the gallery: `pay/waiting/pt`. */
export function exhibits(): Map<string, Exhibit> {
  const all = new Map<string, Exhibit>();
  for (const lang of PAGE_LANGS) {
    all.set(`pay/not-found/${lang}`, { html: renderPayNotFoundPage(lang), view: {} });
    all.set(`pay/unavailable/${lang}`, { html: renderPayUnavailablePage(lang, "/pay/gallery"), view: {} });
    all.set(`pay/not-here/${lang}`, { html: renderPayNotHerePage(lang, "/pay/gallery"), view: {} });
    all.set(`pay/bank/${lang}`, { html: renderBankPage(lang, "/pay/gallery", action), view: {} });
    all.set(`mandate/not-found/${lang}`, { html: renderMandateNotFoundPage(lang), view: {} });
    all.set(`mandate/unavailable/${lang}`, { html: renderMandateUnavailablePage(lang, "/mandate/gallery"), view: {} });
    for (const [state, rest] of Object.entries(homeStates))
      all.set(`home/${state}/${lang}`, { html: renderHomePage({ ...rest, lang }), view: {} });
    for (const [state, rest] of Object.entries(authorizeStates)) {
      const view = { ...rest, lang, path: `/authorize/${state}/${lang}`, managePath: `/mandate/active/${lang}` };
      all.set(`authorize/${state}/${lang}`, { html: renderAuthorizePage(view), view });
    }
    for (const [state, rest] of Object.entries(mandateStates)) {
      const view = { ...rest, lang, path: `/mandate/${state}/${lang}`, authorizePath: `/authorize/waiting/${lang}` };
      all.set(`mandate/${state}/${lang}`, { html: renderMandatePage(view), view });
    }
    for (const [state, rest] of Object.entries(payStates)) {
      const drawn = { ...rest, ...takenAlong(rest, lang), lang, path: `/pay/${state}/${lang}` };
      const view = { ...drawn, along: drawAlong(drawn) };
      all.set(`pay/${state}/${lang}`, { html: renderPayPage(view), view });
    }
  }
  for (const lang of ["pt", "en"] satisfies Lang[]) {
    for (const [state, rest] of Object.entries(phoneStates)) {
      const view = { ...rest, lang };
      all.set(`phone/${state}/${lang}`, { html: renderPhonePage(view), view });
    }
    for (const [state, rest] of Object.entries(atmStates)) {
      const view = { ...rest, lang };
      all.set(`atm/${state}/${lang}`, { html: renderAtmPage(view), view });
    }
    all.set(`issuer/bank/${lang}`, { html: renderIssuerPage({ ...bankState, lang }), view: {} });
    all.set(`issuer/challenge/${lang}`, { html: renderChallengePage({ ...challengeState, lang }), view: {} });
    all.set(`issuer/passed/${lang}`, { html: renderEndingPage({ ...endingState, lang }), view: {} });
    for (const [state, draw] of Object.entries(dashboardStates))
      all.set(`dashboard/${state}/${lang}`, { html: draw(lang), view: {} });
    for (const [path, html] of loginPages(lang)) all.set(`login/${path}/${lang}`, { html, view: {} });
  }
  return all;
}

/** The pages of signing in to the dashboard, by their paths. */
function loginPages(lang: Lang): [string, string][] {
  const of = { merchant: "Loja da Ribeira", path: "/nowhere", signInPath: "/dashboard/login" };
  const states = <View>(name: string, all: Record<string, Omit<View, "lang">>, render: (view: View) => string) =>
    Object.entries(all).map(([state, rest]): [string, string] => [
      `${name}-${state}`,
      render({ ...rest, lang } as View),
    ]);
  return [
    ...states("sign-in", signInStates, renderSignInPage),
    ...states("invitation", invitationStates, renderInvitationPage),
    ...states("touch", touchStates, renderTouchPage),
    ...states("passkeys", passkeysStates, renderPasskeysPage),
    ["gone", renderGonePage(lang, of)],
    ["signed-on", renderSignedOnPage(lang, { ...of, path: "/nowhere" })],
  ];
}

const CONTENT_TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** The policy that the servers send, so that a page that breaks it is broken here too. */
const POLICY = `default-src 'none'; script-src 'self' ${lookAgainSource}; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; frame-src 'self'`;

function pathOf(url: string | undefined): string {
  return new URL(url ?? "/", "http://gallery").pathname.slice(1);
}

/** Where the gallery has axe: the browser reads it once for all pages. */
export const AXE = "/axe.js";
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"));

/** Serves all exhibits on a free port of this machine. */
export async function startGallery(): Promise<{ url: string; close(): Promise<void> }> {
  const shown = exhibits();
  const server = createServer(async (request, response) => {
    const path = pathOf(request.url);
    // A phone asks what waits at one address for all; which exhibit asks is in the referrer.
    const exhibit = shown.get(path === "phone/waiting" ? pathOf(request.headers.referer) : path.replace(/\/view$/, ""));
    if (path === "assets/shop/colour.css") {
      response.setHeader("content-type", "text/css");
      response.end(SHOP_COLOUR);
    } else if (request.url === AXE) {
      response.setHeader("cache-control", "public, max-age=31536000, immutable");
      response.setHeader("content-type", "text/javascript");
      response.end(axe);
    } else if (path.startsWith("assets/")) {
      response.setHeader("cache-control", "public, max-age=31536000, immutable");
      response.setHeader("content-type", CONTENT_TYPES[extname(path)] ?? "application/octet-stream");
      response.end(await readFile(join(assetsFolder, path.slice("assets/".length))));
    } else if (exhibit !== undefined && /\/(view|waiting)$/.test(path)) {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(exhibit.view));
    } else if (exhibit !== undefined) {
      response.setHeader("content-type", "text/html");
      response.setHeader("content-security-policy", POLICY);
      response.end(exhibit.html.replaceAll(OWN_ORIGIN, `http://${request.headers.host}`));
    } else {
      // To an event source 204 says: there will be none, do not ask again. To a form or a frame: stay where you are.
      response.statusCode = /(^|\/)(events|bank|nowhere)$/.test(path) ? 204 : 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
