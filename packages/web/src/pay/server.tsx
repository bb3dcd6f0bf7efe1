import { renderDocument } from "../parts/document.tsx";
import { PayPage } from "./page.tsx";
import type { PayView } from "./view.ts";

export type { DeclineReason, GivenBack, PayMethod, PayScreen, PayView } from "./view.ts";

/** Renders the customer's payment page as a whole HTML document. */
export function renderPayPage(view: PayView): string {
  return renderDocument({
    lang: view.lang,
    title: view.merchant,
    script: `pay-${view.lang}`,
    page: <PayPage view={view} />,
    view,
  });
}
