import { cents } from "@caravela/sibs/money";
import { PAGE_LANGS, type PageLang } from "@caravela/web/lang";
import { type CardTyped, type PayMethod, type PayScreen, type PayView, renderPayPage } from "@caravela/web/pay";
import { describe, expect, it } from "vitest";
import { en } from "../src/pay/texts.en.ts";
import { es } from "../src/pay/texts.es.ts";
import { fr } from "../src/pay/texts.fr.ts";
import { pt } from "../src/pay/texts.pt.ts";
import { action, payStates } from "./pay-states.ts";

const TEXTS = { pt, en, es, fr };

const METHODS: readonly PayMethod[] = ["mbway", "multibanco", "card", "mandate"];

/** Every set of methods that a page may offer, none included. */
const offers = Array.from({ length: 2 ** METHODS.length }, (_, bits) =>
  METHODS.filter((_method, at) => bits & (1 << at)),
);

/** What speaks of a way to pay, in each language; a page says it only where that way is there. */
const WORDS: Readonly<Record<PageLang, Readonly<Record<string, RegExp>>>> = {
  en: {
    multibanco: /multibanco/i,
    card: /another card(?! in your)|check the (code|expiry)/i,
    mbway: /another number|another request|new request|ask again|in the app/i,
    another: /another way/i,
    any: /try again|you can /i,
  },
  pt: {
    multibanco: /multibanco/i,
    card: /outro cartão(?! na aplicação)|verificar (o código|a validade)/i,
    mbway: /outro número|outro pedido|novo pedido|pedir de novo/i,
    another: /outra forma/i,
    any: /tentar de novo|pode /i,
  },
  es: {
    multibanco: /multibanco/i,
    card: /otra tarjeta(?! en la aplicación)|comprobar (el código|la fecha)/i,
    mbway: /otro número|otra solicitud|nueva solicitud|volver a solicitar/i,
    another: /otra forma/i,
    any: /de nuevo|puede /i,
  },
  fr: {
    multibanco: /multibanco/i,
    card: /autre carte(?! dans l’application)|vérifier (le code|la date)/i,
    mbway: /autre numéro|autre demande|nouvelle demande|refaire la demande/i,
    another: /autrement|autre moyen/i,
    any: /réessayer|vous pouvez /i,
  },
};

/** What is advised when a card has expired: with another way to pay beside it, and without. */
const SAID: Readonly<Record<PageLang, readonly [string, string]>> = {
  en: [
    "You can check the expiry date, use another card or pay another way.",
    "You can check the expiry date or use another card.",
  ],
  pt: [
    "Pode verificar a validade, usar outro cartão ou pagar de outra forma.",
    "Pode verificar a validade ou usar outro cartão.",
  ],
  es: [
    "Puede comprobar la fecha de caducidad, usar otra tarjeta o pagar de otra forma.",
    "Puede comprobar la fecha de caducidad o usar otra tarjeta.",
  ],
  fr: [
    "Vous pouvez vérifier la date d’expiration, utiliser une autre carte ou payer autrement.",
    "Vous pouvez vérifier la date d’expiration ou utiliser une autre carte.",
  ],
};

const phone = "351#*****9999";
const reasons = [
  "refused",
  "unknown_phone",
  "no_funds",
  "mandate_refused",
  "other",
  "card_no_funds",
  "card_refused",
  "card_expired",
  "card_wrong_code",
  "card_issuer_unavailable",
  "card_not_authenticated",
  "card_not_answered",
] as const;

/** The screens that advise something, and the method that was tried where that is known. */
function advising(offered: readonly PayMethod[]): [PayScreen, PayMethod | null, Partial<PayView>][] {
  const again = offered.includes("mbway") ? phone : null;
  const triedBy = (reason: string): PayMethod | null =>
    reason.startsWith("card_")
      ? "card"
      : reason === "mandate_refused"
        ? "mandate"
        : reason === "other"
          ? null
          : "mbway";
  const tooMany: CardTyped = { form: "card", problems: { form: "too_many_tries" }, kept: {} };
  return [
    ...reasons.map((reason): [PayScreen, PayMethod | null, Partial<PayView>] => [
      { kind: "declined", reason, phone: reason.startsWith("card_") ? null : again },
      triedBy(reason),
      {},
    ]),
    [{ kind: "not_answered", phone: again }, "mbway", {}],
    [{ kind: "failed", phone: again }, null, {}],
    [{ kind: "choose" }, null, { mandateGone: true }],
    [{ kind: "choose" }, "mbway", { phoneRests: 7 }],
    [{ kind: "choose" }, "mbway", { typed: { phone: "+34 600 000 000", problem: "foreign" } }],
    [{ kind: "choose" }, "card", { cardTyped: tooMany }],
    [{ kind: "mbway_waiting", phone, secondsLeft: 100, isAboveLimit: false }, "mbway", {}],
    [{ kind: "card_challenge", action, secondsLeft: 100 }, "card", {}],
  ];
}

/** The sentences of a page that advise, without the list of ways and what their own forms say. */
function saidOn(screen: PayScreen, methods: PayMethod[], more: Partial<PayView>, lang: PageLang): string {
  const card = methods.includes("card") ? (payStates["card-form"]?.card ?? null) : null;
  const mandates = methods.includes("mandate")
    ? [{ id: "man_1", phone, description: "Tin of the month", aboveLimit: false }]
    : [];
  const base = payStates.choose as Omit<PayView, "lang" | "path">;
  const html = renderPayPage({ ...base, lang, path: "/pay/x", methods, card, mandates, screen, ...more });
  const [, main = ""] = /<main[^>]*>(.*)<\/main>/s.exec(html) ?? [];
  return main
    .replace(/<div class="ways">.*/s, (ways) => [...ways.matchAll(/<p class="problem"[^>]*>.*?<\/p>/gs)].join(" "))
    .replace(/<h1.*?<\/h1>|<noscript>.*?<\/noscript>/gs, "")
    .replace(/<[^>]+>/g, " ");
}

describe.each(PAGE_LANGS)("what the page advises, in %s", (lang) => {
  it.each(offers.map((methods) => [methods.join(", ") || "nothing", methods] as const))(
    "is offered, where it offers %s",
    (_name, methods) => {
      for (const [screen, tried, more] of advising(methods)) {
        const said = saidOn(screen, methods, more, lang);
        const words = WORDS[lang];
        const isThere: Record<string, boolean> = {
          multibanco: methods.includes("multibanco"),
          card: methods.includes("card") || screen.kind === "card_challenge",
          mbway: methods.includes("mbway") || screen.kind === "mbway_waiting",
          another: tried === null ? methods.length > 1 : methods.some((method) => method !== tried),
          any: methods.length > 0,
        };
        // a mandate that is gone leaves any other way
        if (more.mandateGone === true) isThere.another = methods.length > 0;
        // that there is no way at all is the one thing said of ways that are not there
        const advice = said.replace(
          /There is no other way to pay|não há outra forma de pagar|no hay otra forma de pago|Aucun autre moyen/g,
          "",
        );
        const wrong = Object.entries(words).filter(([word, pattern]) => !isThere[word] && pattern.test(advice));
        expect(wrong.map(([word]) => [word, screen, advice])).toEqual([]);
      }
    },
  );

  it("is said where it can be done", () => {
    const all = [...METHODS];
    const said = saidOn({ kind: "declined", reason: "card_expired", phone: null }, all, {}, lang);
    expect(said).toContain(SAID[lang][0]);
    const alone = saidOn({ kind: "declined", reason: "card_expired", phone: null }, ["card"], {}, lang);
    expect(alone).toContain(SAID[lang][1]);
  });
});

it("says which amounts a way pays that does not pay this one, and of no way that there is nothing to do", () => {
  const drawn = (state: string) => {
    const view = payStates[state] as Omit<PayView, "lang" | "path">;
    return renderPayPage({ ...view, lang: "en", path: "/pay/x" });
  };
  const some = drawn("out-of-reach");
  expect(some).toContain("<li>MB WAY: up to €750.00 only.</li><li>Card: from €1.00 to €500.00 only.</li>");
  expect(some).toContain("Pay by Multibanco");
  const none = drawn("all-out-of-reach");
  expect(none).toContain("<li>Multibanco: from €10.00 only.</li>");
  expect(none).toContain("There is no other way to pay on this page.");
  expect(none).not.toContain("There is nothing for you to do");
});

it.each(PAGE_LANGS)("where both may live at once, says nowhere that nothing else is begun meanwhile, in %s", (lang) => {
  const { waiting, confirming } = TEXTS[lang];
  const screens: [PayScreen, string][] = [
    [{ kind: "mbway_waiting", phone, secondsLeft: 238, isAboveLimit: false }, waiting.oneWay],
    [{ kind: "mbway_confirming", phone, again: "offered" }, confirming.againWhy],
  ];
  for (const [screen, promise] of screens) {
    const said = (bothAtOnce: boolean) => saidOn(screen, ["mbway", "card"], { bothAtOnce }, lang);
    expect([said(false).includes(promise), said(true).includes(promise)]).toEqual([true, false]);
  }
});

it.each(PAGE_LANGS)("where money came too late, does not say that nothing was charged, in %s", (lang) => {
  const givenBack = { amount: cents(550), state: "failed" } as const;
  const said = (money: typeof givenBack | null) => saidOn({ kind: "expired", givenBack: money }, [], {}, lang);
  const { uncharged } = TEXTS[lang].expired;
  expect([said(null).includes(uncharged), said(givenBack).includes(uncharged)]).toEqual([true, false]);
});
