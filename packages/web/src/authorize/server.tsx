import type { PageLang } from "../lang.ts";
import { renderDocument } from "../parts/document.tsx";
import { RefreshWithoutScript } from "../parts/refresh.tsx";
import { refreshWithoutScript, titleOf } from "./looks.ts";
import { AuthorizePage } from "./page.tsx";
import { en } from "./texts.en.ts";
import { es } from "./texts.es.ts";
import { fr } from "./texts.fr.ts";
import { pt, type Texts } from "./texts.pt.ts";
import type { AuthorizeView } from "./view.ts";

export type { AuthorizeScreen, AuthorizeView, RefusalReason } from "./view.ts";

const texts = { pt, en, es, fr } satisfies Record<PageLang, Texts>;

/** Renders the page where a customer agrees to a mandate as a whole HTML document. */
export function renderAuthorizePage(view: AuthorizeView): string {
  const refresh = refreshWithoutScript(view);
  return renderDocument({
    lang: view.lang,
    title: titleOf(view, texts[view.lang]),
    script: `authorize-${view.lang}`,
    page: <AuthorizePage view={view} texts={texts[view.lang]} />,
    view,
    shop: view.shop,
    head: refresh && <RefreshWithoutScript to={refresh} />,
  });
}
