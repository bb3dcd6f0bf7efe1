import { afterAll, beforeAll, expect, it } from "vitest";
import { en } from "../../packages/web/src/pay/texts.en.ts";
import { es } from "../../packages/web/src/pay/texts.es.ts";
import { fr } from "../../packages/web/src/pay/texts.fr.ts";
import { pt } from "../../packages/web/src/pay/texts.pt.ts";
import { read } from "../support/actions.ts";
import { createCardPayment } from "../support/cards.ts";
import { askMandate, newPhone } from "../support/mandates.ts";
import { type Stage, setStage } from "../support/stage.ts";

const TEXTS = { pt, en, es, fr };
const LANGS = ["pt", "en", "es", "fr"] as const;
const CHALLENGED = { number: "4000000000000028", expiry: "12/30", code: "123", name: "Ana Sousa" };

let stage: Stage;

beforeAll(async () => {
  stage = await setStage({ methods: ["card", "mbway"] });
});

afterAll(() => stage.close());

const payUrlOf = async (changes: object = {}) =>
  String((await read(stage, await createCardPayment(stage, changes))).payUrl);

/** What language a page says that it is in, and the language of its title. */
async function langOf(answer: Response): Promise<string> {
  const [, lang = ""] = /<html lang="([a-z]{2})-[A-Z]{2}">/.exec(await answer.text()) ?? [];
  return lang;
}

/** A browser without script that keeps cookies by their path. */
function browserOf(wants: string) {
  const kept = new Map<string, string>();
  return async (url: string, init: RequestInit = {}) => {
    const { pathname } = new URL(url);
    const cookies = [...kept].filter(([path]) => pathname === path || pathname.startsWith(`${path}/`));
    const headers = { "accept-language": wants, cookie: cookies.map(([, cookie]) => cookie).join("; ") };
    const answer = await fetch(url, { redirect: "manual", ...init, headers: { ...headers, ...init.headers } });
    for (const line of answer.headers.getSetCookie()) {
      const [, cookie = "", path = ""] = /^([^;]+);.*Path=([^;]+)/i.exec(line) ?? [];
      kept.set(path, cookie);
    }
    return answer;
  };
}

it("shows every page in the language that a browser wants, and to anybody else in English", async () => {
  const payUrl = await payUrlOf();
  const { authorizeUrl, manageUrl } = (await askMandate(stage, newPhone())).body;
  const nowhere = [`${stage.server.url}/pay/nothing`, `${stage.server.url}/mandates/`, `${stage.server.url}/pay/%zz`];
  for (const url of [payUrl, authorizeUrl, manageUrl, ...nowhere]) {
    const shown = LANGS.map((lang) => fetch(url, { headers: { "accept-language": `de,${lang};q=0.8` } }).then(langOf));
    expect(await Promise.all(shown), url).toEqual(LANGS);
    expect(await langOf(await fetch(url, { headers: { "accept-language": "de" } }))).toBe("en");
    expect(await langOf(await fetch(url))).toBe("en");
  }
});

it("offers all languages at the foot of each page, and keeps to the one that is chosen on that page alone", async () => {
  const [payUrl, other] = [await payUrlOf(), await payUrlOf()];
  const { pathname } = new URL(payUrl);
  const browse = browserOf("pt-PT");
  const first = await (await browse(payUrl)).text();
  for (const lang of ["en", "es", "fr"]) expect(first).toContain(`href="${pathname}?lang=${lang}"`);
  expect(first).toContain('<span aria-current="true">Português</span>');

  const chosen = await browse(`${payUrl}?lang=fr`);
  expect(chosen.headers.getSetCookie()).toEqual([
    `caravela-language=fr; Max-Age=31536000; Path=${pathname}; HttpOnly; SameSite=Lax`,
  ]);
  expect(await langOf(chosen)).toBe("fr");
  expect(await langOf(await browse(payUrl))).toBe("fr");
  expect(await langOf(await browse(other))).toBe("pt");
  // what is no language of ours is not chosen
  for (const wrong of ["?lang=de", "?lang=", "?lang=es&lang=en", "?lang=__proto__"]) {
    const answer = await browse(`${payUrl}${wrong}`);
    expect([wrong, answer.headers.getSetCookie(), await langOf(answer)]).toEqual([wrong, [], "fr"]);
  }
});

it("keeps to it over the view, the stream, forms that come back, and the way through the bank", async () => {
  const payUrl = await payUrlOf({ customer: { id: "guest" } });
  const browse = browserOf("pt-PT");
  await browse(`${payUrl}?lang=es`);
  const view = await (await browse(`${payUrl}/view`)).json();
  expect([view.lang, view.card.countries.find(({ code }: { code: string }) => code === "DE").name]).toEqual([
    "es",
    "Alemania",
  ]);
  const post = (to: string, fields: Record<string, string>, query = "") =>
    browse(`${payUrl}/${to}${query}`, {
      method: "POST",
      body: new URLSearchParams({ request: view.request, ...fields }),
    });

  const refused = await post("mbway", { phone: "21 123 45 67" });
  expect(await refused.text()).toContain(es.phone.problems.not_mobile);
  // a page that is open asks in its own language, whatever another tab has chosen since
  const inFrench = await browse(`${payUrl}/view`, { headers: { "caravela-language": "fr" } });
  expect([(await inFrench.json()).lang, inFrench.headers.getSetCookie()]).toEqual(["fr", []]);

  const events = await browse(`${payUrl}/events`);
  const { value } = (await events.body?.getReader().read()) ?? {};
  expect(new TextDecoder().decode(value)).toContain('"lang":"es"');
  await events.body?.cancel().catch(() => undefined);

  const sent = await post("card", { ...CHALLENGED, ...stranger });
  expect(sent.status).toBe(303);
  const { screen } = await (await browse(`${payUrl}/view`)).json();
  expect(screen.kind).toBe("card_challenge");
  const bank = await (await browse(`${payUrl}/bank?action=${screen.action.id}`)).text();
  expect(bank).toContain(es.challenge.atTheBank);
  const back = await browse(`${payUrl}/return?action=${screen.action.id}`, { method: "POST" });
  expect(back.headers.get("location")).toBe(new URL(payUrl).pathname);
  expect(await langOf(await browse(payUrl))).toBe("es");
});

it("goes by what the shop says before the browser, and by what the customer chooses before both", async () => {
  const payUrl = await payUrlOf({ locale: "fr" });
  const { authorizeUrl, manageUrl } = (await askMandate(stage, newPhone(), { locale: "es" })).body;
  const browse = browserOf("pt-PT");
  const shown = await Promise.all([payUrl, authorizeUrl, manageUrl].map((url) => browse(url).then(langOf)));
  expect(shown).toEqual(["fr", "es", "es"]);
  const { value } = (await (await browse(`${payUrl}/events`)).body?.getReader().read()) ?? {};
  expect(new TextDecoder().decode(value)).toContain('"lang":"fr"');
  expect(await langOf(await browse(`${payUrl}?lang=en`))).toBe("en");
  expect(await langOf(await browse(payUrl))).toBe("en");
});

it("leads in it from one page to another", async () => {
  const { authorizeUrl, manageUrl } = (await askMandate(stage, newPhone())).body;
  const browse = browserOf("pt-PT");
  const { pathname } = new URL(manageUrl);
  expect(await (await browse(authorizeUrl)).text()).toContain(`href="${pathname}"`);
  await browse(`${authorizeUrl}?lang=fr`);
  expect(await (await browse(authorizeUrl)).text()).toContain(`href="${pathname}?lang=fr"`);
  expect(await langOf(await browse(`${manageUrl}?lang=fr`))).toBe("fr");
  expect(await (await browse(`${manageUrl}?end`)).text()).toContain(`href="${pathname}?end&amp;lang=es"`);
});

/** What a guest says with a card. */
const stranger = { email: "ana@example.com", street1: "Rua 1", postcode: "4000-100", city: "Porto", country: "PT" };

it("says in each language what it says", async () => {
  const payUrl = await payUrlOf();
  for (const lang of LANGS) {
    const html = await (await fetch(`${payUrl}?lang=${lang}`)).text();
    expect(html).toContain(`<title>${TEXTS[lang].choose.title} · `);
  }
});
