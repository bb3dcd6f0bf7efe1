import type { PageLang } from "../lang.ts";
import { type Document, renderDocument } from "../parts/document.tsx";
import { Languages } from "../parts/languages.tsx";
import { NotFoundPage, NotHerePage, UnavailablePage } from "../parts/no-page.tsx";
import { RefreshWithoutScript } from "../parts/refresh.tsx";
import { BackFromBankPage, BankPage } from "./issuer/pages.tsx";
import { referenceCalendar, type Written } from "./mails/calendar.ts";
import { type CustomerMail, receiptMail, referenceMail } from "./mails/letters.tsx";
import { type PaidPayment, receiptOf } from "./mails/receipt-lines.ts";
import { noPageTexts } from "./no-page-texts.ts";
import { PayPage } from "./page.tsx";
import { refreshWithoutScript } from "./refresh.ts";
import { en } from "./texts.en.ts";
import { es } from "./texts.es.ts";
import { fr } from "./texts.fr.ts";
import { pt, type Texts } from "./texts.pt.ts";
import { titleOf } from "./title.ts";
import type { BankAction, PayView, Receipt } from "./view.ts";

export type { ShopOnPage } from "../parts/live.ts";
export { ADDRESS, type CheckTerms, payerFields, problemOf } from "./card/checks.ts";
export { COUNTRIES, namedCountries } from "./card/countries.ts";
export { regionOf } from "./card/region.ts";
export type { CustomerMail } from "./mails/letters.tsx";
export type { PaidPayment } from "./mails/receipt-lines.ts";
export { drawAlong } from "./receipt/drawn.tsx";
export type {
  BankAction,
  CardField,
  CardOnPage,
  CardProblems,
  CardTyped,
  DeclineReason,
  GivenBack,
  ItemOnPage,
  MailOnPage,
  MailOutcome,
  PayerField,
  PayMethod,
  PayScreen,
  PayView,
  Receipt,
  ReceiptLine,
  SavedCardOnPage,
  UsableMandate,
} from "./view.ts";

const texts = { pt, en, es, fr } satisfies Record<PageLang, Texts>;

/** Renders the customer's payment page as a whole HTML document. */
export function renderPayPage(view: PayView): string {
  const refresh = refreshWithoutScript(view);
  return renderDocument({
    lang: view.lang,
    title: titleOf(view, texts[view.lang]),
    script: `pay-${view.lang}`,
    page: <PayPage view={view} texts={texts[view.lang]} />,
    view,
    shop: view.shop,
    head: refresh && <RefreshWithoutScript to={refresh} />,
  });
}

/** The receipt of a payment, for the page that shows it. */
export function writtenReceipt(paid: PaidPayment, on: Pick<PayView, "lang" | "reference" | "items">): Receipt {
  return receiptOf(paid, on, texts[on.lang]);
}

/**
 * What is sent by e-mail of what a page shows; null: there is nothing to send. @param url where the page is.
 */
export function mailOf(view: PayView, url: string): CustomerMail | null {
  const { receipt, screen } = view;
  if (receipt !== null) return receiptMail(receipt, view, url);
  return screen.kind === "reference" ? referenceMail(screen, view, texts[view.lang]) : null;
}

/** The reference that a page shows, for a calendar; null: it shows none. */
export function calendarOf(view: PayView, written: Written): string | null {
  const { screen } = view;
  return screen.kind === "reference" ? referenceCalendar(screen, view, texts[view.lang], written) : null;
}

function languages(lang: PageLang, at: string) {
  return <Languages label={texts[lang].language} lang={lang} at={at} />;
}

/**
 * Renders the page that leads to the card's issuer, in a frame or by itself. @param path where the payment's page is.
 */
export function renderBankPage(lang: PageLang, path: string, action: BankAction, shop?: Document["shop"]): string {
  return renderDocument({
    lang,
    title: texts[lang].challenge.title,
    script: "pay-bank",
    page: <BankPage action={action} path={path} texts={texts[lang]} foot={languages(lang, path)} />,
    view: {},
    shop,
  });
}

/** Renders what a frame shows for a moment when the issuer is done. */
export function renderBackFromBankPage(lang: PageLang): string {
  return renderDocument({
    lang,
    title: texts[lang].moment.title,
    script: "pay-back",
    page: <BackFromBankPage texts={texts[lang]} />,
    view: {},
  });
}

/** Renders what stands at an address that is no payment's. */
export function renderPayNotFoundPage(lang: PageLang, shop?: Document["shop"]): string {
  return renderDocument({
    lang,
    title: noPageTexts[lang].notFound.title,
    script: "no-page",
    page: <NotFoundPage texts={noPageTexts[lang].notFound} foot={languages(lang, "")} />,
    view: {},
    shop,
  });
}

/** Renders what stands where a payment may not be shown inside another page. @param path where its full page is. */
export function renderPayNotHerePage(lang: PageLang, path: string, shop?: Document["shop"]): string {
  const words = noPageTexts[lang].notHere;
  return renderDocument({
    lang,
    title: words.title,
    script: "no-page",
    page: <NotHerePage path={path} texts={words} />,
    view: {},
    shop,
  });
}

/** Renders what stands in place of a payment's page while the server cannot show it. @param path where the page is. */
export function renderPayUnavailablePage(lang: PageLang, path: string, shop?: Document["shop"]): string {
  return renderDocument({
    lang,
    title: noPageTexts[lang].unavailable.title,
    script: "no-page",
    page: <UnavailablePage path={path} texts={noPageTexts[lang].unavailable} foot={languages(lang, path)} />,
    view: {},
    shop,
  });
}
