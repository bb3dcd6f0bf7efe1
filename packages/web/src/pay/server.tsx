import type { Lang } from "../lang.ts";
import { renderDocument } from "../parts/document.tsx";
import { NotFoundPage } from "./not-found.tsx";
import { PayPage } from "./page.tsx";
import { refreshWithoutScript } from "./refresh.ts";
import { en } from "./texts.en.ts";
import { pt } from "./texts.pt.ts";
import { titleOf } from "./title.ts";
import type { PayView } from "./view.ts";

export type { DeclineReason, GivenBack, PayMethod, PayScreen, PayView } from "./view.ts";

const texts = { pt, en };

/** Renders the customer's payment page as a whole HTML document. */
export function renderPayPage(view: PayView): string {
  const refresh = refreshWithoutScript(view);
  return renderDocument({
    lang: view.lang,
    title: titleOf(view, texts[view.lang]),
    script: `pay-${view.lang}`,
    page: <PayPage view={view} texts={texts[view.lang]} />,
    view,
    head: refresh && (
      <noscript>
        <meta http-equiv="refresh" content={`${refresh.seconds}; url=${refresh.url}`} />
      </noscript>
    ),
  });
}

/** Renders what stands at an address that is no payment's. */
export function renderPayNotFoundPage(lang: Lang): string {
  return renderDocument({
    lang,
    title: texts[lang].notFound.title,
    script: "pay-not-found",
    page: <NotFoundPage texts={texts[lang]} />,
    view: {},
  });
}
