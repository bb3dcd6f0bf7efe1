import { renderDocument } from "../parts/document.tsx";
import { RefreshWithoutScript } from "../parts/refresh.tsx";
import { hasFields, PhonePage, phonePath } from "./page.tsx";
import { phoneTexts } from "./texts.ts";
import type { PhoneView } from "./view.ts";

export type {
  EndProblem,
  LimitProblem,
  PhoneAnswer,
  PhoneMandate,
  PhoneRequest,
  PhoneView,
  RefusedTerms,
} from "./view.ts";

/** Renders the simulated phone as a whole HTML document. */
export function renderPhonePage(view: PhoneView): string {
  return renderDocument({
    lang: view.lang,
    title: `${phoneTexts[view.lang].title} · MB WAY`,
    script: "phone",
    page: <PhonePage view={view} />,
    view,
    head: view.alias !== null && !hasFields(view) && (
      <RefreshWithoutScript to={{ seconds: 3, url: phonePath(view.alias) }} />
    ),
  });
}
