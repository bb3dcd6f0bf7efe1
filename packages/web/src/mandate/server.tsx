import type { PageLang } from "../lang.ts";
import { type Document, renderDocument } from "../parts/document.tsx";
import { Languages } from "../parts/languages.tsx";
import { NotFoundPage, UnavailablePage } from "../parts/no-page.tsx";
import { titleOf } from "./looks.ts";
import { MandatePage } from "./page.tsx";
import { en } from "./texts.en.ts";
import { es } from "./texts.es.ts";
import { fr } from "./texts.fr.ts";
import { pt, type Texts } from "./texts.pt.ts";
import type { MandateView } from "./view.ts";

export type { ChargeOnPage, MandateScreen, MandateView, PlanOnPage, TermsView } from "./view.ts";

const texts = { pt, en, es, fr } satisfies Record<PageLang, Texts>;

/** Renders the page where a customer looks after a mandate as a whole HTML document. */
export function renderMandatePage(view: MandateView): string {
  return renderDocument({
    lang: view.lang,
    title: titleOf(view, texts[view.lang]),
    script: `mandate-${view.lang}`,
    page: <MandatePage view={view} texts={texts[view.lang]} />,
    view,
    shop: view.shop,
  });
}

function languages(lang: PageLang, at: string) {
  return <Languages label={texts[lang].language} lang={lang} at={at} />;
}

/** Renders what stands at an address that is no mandate's. */
export function renderMandateNotFoundPage(lang: PageLang, shop?: Document["shop"]): string {
  const saying = texts[lang].notFound;
  return renderDocument({
    lang,
    title: saying.title,
    script: "no-page",
    view: {},
    page: <NotFoundPage texts={saying} foot={languages(lang, "")} />,
    shop,
  });
}

/** Renders what stands in place of a mandate's page while the server cannot show it. @param path where the page is. */
export function renderMandateUnavailablePage(lang: PageLang, path: string, shop?: Document["shop"]): string {
  const saying = texts[lang].unavailable;
  return renderDocument({
    lang,
    title: saying.title,
    script: "no-page",
    view: {},
    page: <UnavailablePage path={path} texts={saying} foot={languages(lang, path)} />,
    shop,
  });
}
