import { renderDocument } from "../parts/document.tsx";
import { AtmPage } from "./page.tsx";
import { atmTexts } from "./texts.ts";
import type { AtmView } from "./view.ts";

export type { AtmRefusal, AtmResult, AtmView } from "./view.ts";

/** Renders the simulated ATM as a whole HTML document. */
export function renderAtmPage(view: AtmView): string {
  return renderDocument({
    lang: view.lang,
    title: titleOf(view),
    script: "atm",
    page: <AtmPage view={view} />,
    view,
  });
}

/** Says how it went first, for that is what a screen reader says when the answer comes as a new page. */
function titleOf({ lang, result }: AtmView): string {
  const texts = atmTexts[lang];
  if (result === null) return texts.title;
  return `${result.kind === "receipt" ? texts.takeReceipt : texts.refused[result.reason]} · ${texts.title}`;
}
