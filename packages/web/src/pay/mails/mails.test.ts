import { cents } from "@caravela/sibs/money";
import { describe, expect, it } from "vitest";
import { ordinary } from "../../../gallery/pay-states.ts";
import { paid } from "../../../gallery/receipt-states.ts";
import { PAGE_LANGS } from "../../lang.ts";
import { receiptTexts } from "../receipt/texts.ts";
import { en } from "../texts.en.ts";
import { es } from "../texts.es.ts";
import { fr } from "../texts.fr.ts";
import { pt } from "../texts.pt.ts";
import type { PayView, ScreenOf } from "../view.ts";
import { referenceCalendar } from "./calendar.ts";
import { receiptMail, referenceMail } from "./letters.tsx";
import { type PaidPayment, receiptOf } from "./receipt-lines.ts";

const texts = { pt, en, es, fr };
const reference: ScreenOf<"reference"> = {
  kind: "reference",
  entity: "24000",
  reference: "123456789",
  endsAt: "2026-12-01T23:30:00.000Z",
  secondsLeft: 200_000,
};
const view: PayView = {
  ...ordinary,
  lang: "pt",
  path: "/pay/secret",
  items: [{ name: "Caneca <b>azul</b>", quantity: 2, amount: 550 }],
  screen: reference,
};
const PAGE = "https://pay.example.pt/pay/secret";
const written = { uid: "pay_1.1@pay.example.pt", now: new Date("2026-11-29T10:00:00Z") };

const mailOf = (one: PaidPayment, on = view) => receiptMail(receiptOf(one, on, texts[on.lang]), on, PAGE);

describe("the e-mail of a receipt", () => {
  it("has what proves the payment, says that it is no invoice, and leads to its page", () => {
    const { subject, text } = mailOf(paid);
    expect(subject).toBe("Comprovativo de pagamento a Loja da Ribeira");
    for (const line of [
      "Pago a: Loja da Ribeira",
      "NIF: 509 999 990",
      "Data: 22 de novembro de 2026 às 10:41",
      "Pago: com MB WAY •••9999",
      "Encomenda: order-17",
      "Número do pagamento: pay_0mx0xhsihce5xsb5ax8w",
      "2 × Caneca <b>azul</b>: 5,50\u00a0€",
      "Valor pago: 5,50\u00a0€",
      "Este documento não serve de fatura.",
      PAGE,
    ])
      expect(text.split("\n")).toContain(line);
  });

  it("names a card and a reference as their owner knows them, and tells what was given back and what is left", () => {
    const refunds = [{ amount: cents(100), at: "2026-11-24T09:00:00.000Z" }];
    const back = { ...paid, refunds, kept: cents(450) };
    const byCard = { ...back, method: "card", phone: null, card: { brand: "visa", lastFour: "0100" } } as const;
    const { text } = mailOf(byCard);
    expect(text).toContain("Pago: com cartão Visa •••• 0100\n");
    expect(text).toContain("Reembolsado, 24 de novembro de 2026 às 09:00: \u22121,00\u00a0€\nValor final: 4,50\u00a0€");
    const byReference = { ...paid, method: "multibanco", phone: null, reference } as const;
    expect(mailOf(byReference).text).toContain("Pago: por Multibanco 24000 / 123 456 789\n");
  });

  it("has nothing in its table that is not written out, and nothing of what a shop lets its customers write", () => {
    const { html, text } = mailOf(paid, { ...view, description: "http://evil.example" });
    expect(html).toContain("Caneca &lt;b>azul&lt;/b>");
    expect(html + text).not.toContain("evil");
    expect(html).not.toMatch(/<(img|script|link|iframe)|url\(/);
  });
});

describe.each(PAGE_LANGS)("in %s", (lang) => {
  const inLang = { ...view, lang };

  it("is a whole page in its language, with the same in words", () => {
    const mail = mailOf(paid, inLang);
    expect(mail.html).toMatch(/^<!doctype html><html lang="(pt-PT|en-GB|es-ES|fr-FR)">/);
    expect(mail.text).toContain(receiptTexts[lang].noInvoice);
    expect(mail.subject).not.toMatch(/[\r\n]/);
  });

  it("has a reference as its page does, and no way to the page, where another way could be chosen", () => {
    const { text, html } = referenceMail(reference, inLang, texts[lang]);
    const calendar = referenceCalendar(reference, inLang, texts[lang], written).replaceAll("\r\n ", "");
    for (const said of [text, html, calendar]) {
      expect(said).toContain("24000");
      expect(said).toContain("123 456 789");
      expect(said).not.toContain("secret");
    }
    expect(text).toContain(texts[lang].reference.how);
  });
});

describe("a reference for a calendar", () => {
  const calendarOf = (changes: Partial<typeof reference> = {}, merchant = "Loja; da, Ribeira\\ã".padEnd(90, "é")) =>
    referenceCalendar({ ...reference, ...changes }, { ...view, shop: { ...view.shop, name: merchant } }, pt, written);
  const unfolded = (text: string) => text.replaceAll("\r\n ", "").split("\r\n");

  it("is well-formed: each line ends as it must, is no longer than 75 bytes, and has what the standard wants", () => {
    const text = calendarOf();
    const lines = text.split("\r\n");
    expect(lines.at(-1)).toBe("");
    expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(unfolded(text)).toEqual(
      expect.arrayContaining([
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Caravela//Caravela//PT",
        "UID:pay_1.1@pay.example.pt",
        "DTSTAMP:20261129T100000Z",
        "DTSTART:20261201T233000Z",
        "END:VCALENDAR",
      ]),
    );
  });

  it("escapes what would end a text, so that nobody's words become a line of their own", () => {
    const lines = unfolded(calendarOf({}, "Loja; da, Ribeira\\\r\nATTENDEE:mailto:x@y.pt"));
    const summary = lines.find((line) => line.startsWith("SUMMARY:"));
    expect(summary).toMatch(/^SUMMARY:Pagar 5\\,50\u00a0€ a Loja\\; da\\, Ribeira\\\\\\nATTENDEE:/);
    expect(lines.filter((line) => line.startsWith("ATTENDEE"))).toEqual([]);
  });

  it.each([
    [86_401, ["TRIGGER:-P1D"]],
    [86_400, ["TRIGGER:-PT1H"]],
    [3_600, []],
  ])("reminds the day before, and of one that ends in %i seconds: %j", (secondsLeft, triggers) => {
    expect(unfolded(calendarOf({ secondsLeft })).filter((line) => line.startsWith("TRIGGER"))).toEqual(triggers);
  });
});
