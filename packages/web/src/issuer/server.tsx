import type { VNode } from "preact";
import type { Lang } from "../lang.ts";
import { renderDocument } from "../parts/document.tsx";
import { BankPage, ChallengePage, EndingPage } from "./page.tsx";
import { texts } from "./texts.ts";
import type { BankView, ChallengeView, EndingView } from "./view.ts";

export type { BankView, ChallengeView, Ending, EndingView } from "./view.ts";

/** Renders the page on which the simulated bank asks for the password. */
export function renderChallengePage(view: ChallengeView): string {
  return render(view.lang, texts[view.lang].title, <ChallengePage {...view} />);
}

/** Renders the last page of an action. Without script it leads back by itself too. */
export function renderEndingPage(view: EndingView): string {
  const { lang, returnUrl } = view;
  return render(
    lang,
    texts[lang].title,
    <EndingPage {...view} />,
    returnUrl === null ? undefined : (
      <noscript>
        <meta http-equiv="refresh" content={`1;url=${returnUrl}`} />
      </noscript>
    ),
  );
}

/** Renders what the simulated bank is, and its cards. */
export function renderIssuerPage(view: BankView): string {
  return render(view.lang, texts[view.lang].bank, <BankPage {...view} />);
}

/** No script goes on from what was drawn: there is nothing to take over. */
function render(lang: Lang, title: string, page: VNode, head?: VNode): string {
  return renderDocument({ lang, title, script: "issuer", page, view: {}, head });
}
