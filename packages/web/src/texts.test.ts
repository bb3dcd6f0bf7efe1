import { describe, expect, it } from "vitest";
import { en as authorizeEn } from "./authorize/texts.en.ts";
import { es as authorizeEs } from "./authorize/texts.es.ts";
import { fr as authorizeFr } from "./authorize/texts.fr.ts";
import { pt as authorizePt } from "./authorize/texts.pt.ts";
import { homeTexts } from "./home/texts.ts";
import { PAGE_LANGS, type PageLang } from "./lang.ts";
import { en as mandateEn } from "./mandate/texts.en.ts";
import { es as mandateEs } from "./mandate/texts.es.ts";
import { fr as mandateFr } from "./mandate/texts.fr.ts";
import { pt as mandatePt } from "./mandate/texts.pt.ts";
import { footTexts } from "./parts/foot-texts.ts";
import { COUNTRIES, namedCountries } from "./pay/card/countries.ts";
import { mailTexts } from "./pay/mails/all-texts.ts";
import { noPageTexts } from "./pay/no-page-texts.ts";
import { mailForms } from "./pay/receipt/mail-texts.ts";
import { receiptTexts } from "./pay/receipt/texts.ts";
import { summaryTexts } from "./pay/summary-texts.ts";
import { en as payEn } from "./pay/texts.en.ts";
import { es as payEs } from "./pay/texts.es.ts";
import { fr as payFr } from "./pay/texts.fr.ts";
import { pt as payPt } from "./pay/texts.pt.ts";

/** All that customers' pages say, by page and language. */
const pages: Record<PageLang, object> = {
  pt: {
    pay: payPt,
    summary: summaryTexts.pt,
    foot: footTexts.pt,
    mails: mailTexts.pt,
    noPage: noPageTexts.pt,
    home: homeTexts.pt,
    receipt: receiptTexts.pt,
    mailForm: mailForms.pt,
    authorize: authorizePt,
    mandate: mandatePt,
  },
  en: {
    pay: payEn,
    summary: summaryTexts.en,
    foot: footTexts.en,
    mails: mailTexts.en,
    noPage: noPageTexts.en,
    home: homeTexts.en,
    receipt: receiptTexts.en,
    mailForm: mailForms.en,
    authorize: authorizeEn,
    mandate: mandateEn,
  },
  es: {
    pay: payEs,
    summary: summaryTexts.es,
    foot: footTexts.es,
    mails: mailTexts.es,
    noPage: noPageTexts.es,
    home: homeTexts.es,
    receipt: receiptTexts.es,
    mailForm: mailForms.es,
    authorize: authorizeEs,
    mandate: mandateEs,
  },
  fr: {
    pay: payFr,
    summary: summaryTexts.fr,
    foot: footTexts.fr,
    mails: mailTexts.fr,
    noPage: noPageTexts.fr,
    home: homeTexts.fr,
    receipt: receiptTexts.fr,
    mailForm: mailForms.fr,
    authorize: authorizeFr,
    mandate: mandateFr,
  },
};

/** What texts are told: names, or what leads to other words. */
const TOLD: Record<string, readonly unknown[][]> = {
  rate: ["month", { days: 1 }, { days: 7 }, { days: 30 }].map((every) => ["1", every]),
  during: [
    ["1", "2"],
    ["1", null],
  ],
  returning: [[1], [7]],
  rests: [[1], [7]],
};

/** Each text by where it stands, one that is told something in each way it may come out. */
function textsOf(lang: PageLang): Map<string, string[]> {
  const all = new Map<string, string[]>();
  const walk = (place: string, text: unknown) => {
    if (typeof text === "string") all.set(place, [text]);
    else if (typeof text === "function") {
      const told = TOLD[place.split("/").at(-1) ?? ""] ?? [["1", "2", "3"]];
      all.set(
        place,
        told.map((some) => String(text(...some))),
      );
    } else for (const [name, part] of Object.entries(text as object)) walk(`${place}/${name}`, part);
  };
  walk("", pages[lang]);
  return all;
}

const said: Record<PageLang, Map<string, string[]>> = {
  pt: textsOf("pt"),
  en: textsOf("en"),
  es: textsOf("es"),
  fr: textsOf("fr"),
};

/**
 * The texts of a language in which something is, with where they stand; what SIBS and banks call things is left out.
 */
function saying(lang: PageLang, wrong: RegExp): string[] {
  const called = /«\s?Pagamento de serviços\s?»|“Pagamento de serviços”|PIN|Multibanco|homebanking/g;
  return [...said[lang]].flatMap(([place, texts]) =>
    texts.filter((text) => wrong.test(text.replace(called, "X"))).map((text) => `${place}: ${text}`),
  );
}

it("says the same things in every language, and leaves none out", () => {
  for (const lang of PAGE_LANGS) {
    expect([...said[lang].keys()]).toEqual([...said.pt.keys()]);
    expect(saying(lang, /^$|undefined|\[object/)).toEqual([]);
  }
});

/** What languages have in common: names, and words that two of them spell alike. */
const ALIKE = [
  ["pt", "en", "es", "fr", "MB WAY", "Multibanco", "Visa, Mastercard"],
  ["pt", "es", "fr", "MM/AA"],
  ["pt", "en", "fr", "E-mail"],
  ["pt", "es", "Idioma", "Continuar", "País", "Copiar", "Copiado", "Imprimir", "Código (CVV)", "Código postal"],
  ["pt", "es", "Saldo insuficiente", "Reembolsado", "Cobrado", "hora de Lisboa", "Contacto de 1:", "1: copiado."],
  ["pt", "es", "por Multibanco", "Pagar por Multibanco", "Pagar 1 a 2 por Multibanco", "1 por compra"],
  ["pt", "fr", "ou"],
  ["en", "fr", "Version 1"],
];

describe.each(PAGE_LANGS)("%s", (lang) => {
  it("has no text that is another language's", () => {
    const others = PAGE_LANGS.filter((other) => other !== lang);
    const isAlike = (text: string, other: PageLang) =>
      ALIKE.some((words) => [text, lang, other].every((word) => words.includes(word)));
    const same = [...said[lang]].flatMap(([place, texts]) =>
      others.flatMap((other) =>
        texts
          .filter((text) => /\p{L}/u.test(text) && said[other].get(place)?.includes(text) && !isAlike(text, other))
          .map((text) => `${place}: ${text} (${other})`),
      ),
    );
    expect(same).toEqual([]);
  });

  /** Words that each language alone has. */
  const OWN: Record<PageLang, string> = {
    pt: "não|ao|um|uma|seu|sua|pelo|cartão|telemóvel|encomenda|loja|em|você",
    en: "the|your|is|are|and|this|card|phone|shop|to|of|bank",
    es: "el|los|las|su|sus|una|tarjeta|móvil|tienda|usted|ha",
    fr: "les|votre|vos|vous|est|et|carte|commande|boutique|dans|du",
  };
  it.each(PAGE_LANGS.filter((other) => other !== lang))("has no word of %s in it", (other) => {
    expect(saying(lang, words(OWN[other]))).toEqual([]);
  });

  /** Familiar forms, and words of another country's kind of the language. */
  const STRANGE: Record<PageLang, string> = {
    pt: "você|teu|tua|celular|aplicativo|tela|cadastro|usuário|senha|registro|fatura de cobrança|ônibus",
    en: "authoriz\\w+|canceled|canceling|color|center|checkout|ZIP|zip code|cell|gotten",
    es: "tú|tu|tus|tienes|puedes|celular|computadora|checar|acá|ustedes",
    fr: "tu|toi|ton|tes|courriel|cellulaire|magasiner|débarré",
  };
  it("speaks as customers are spoken to in its own country", () => {
    expect(saying(lang, words(STRANGE[lang]))).toEqual([]);
  });

  it("is set as its country sets type", () => {
    // straight quotes and apostrophes, dots for an ellipsis, spaces that are too many
    expect(saying(lang, /['"]|\.\.\.| {2}|^ | $|[ \u00a0\u202f][,.]/)).toEqual([]);
    if (lang === "fr") {
      expect(saying(lang, /[^\u202f][;!?]|\u202f(?![;!?])|[^\u00a0\d]:|:\d|«[^\u00a0]|[^\u00a0]»|[“”]/)).toEqual([]);
    } else {
      expect(saying(lang, /[ \u00a0\u202f][;:!?»]|«[ \u00a0]|\u202f/)).toEqual([]);
      expect(saying(lang, lang === "en" ? /[«»]/ : /[“”‘]/)).toEqual([]);
    }
    const isOpened = (text: string, close: string, open: string) =>
      text.split(close).length === text.split(open).length;
    if (lang === "es") {
      const texts = [...said.es.values()].flat();
      expect(texts.filter((text) => !isOpened(text, "?", "¿") || !isOpened(text, "!", "¡"))).toEqual([]);
    } else expect(saying(lang, /[¿¡]/)).toEqual([]);
  });

  it("has no word that would not stand on a screen of 320 pixels with large text", () => {
    expect(saying(lang, /[^\s\u00a0]{18,}/)).toEqual([]);
  });

  it("calls every country by a name, in its alphabet's order", () => {
    const named = namedCountries(lang);
    expect(named.map(({ code }) => code).sort()).toEqual([...COUNTRIES].sort());
    expect(named.filter(({ code, name }) => name === code)).toEqual([]);
    expect(named.map(({ name }) => name)).toEqual(named.map(({ name }) => name).sort(new Intl.Collator(lang).compare));
  });
});

it("calls Germany by four names", () => {
  const names = PAGE_LANGS.map((lang) => namedCountries(lang).find(({ code }) => code === "DE")?.name);
  expect(names).toEqual(["Alemanha", "Germany", "Alemania", "Allemagne"]);
});

/** Whether one of these words stands in a text, whole. */
function words(some: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${some})(?![\\p{L}\\p{N}])`, "iu");
}
