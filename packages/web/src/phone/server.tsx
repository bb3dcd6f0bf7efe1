import { renderDocument } from "../parts/document.tsx";
import { PhonePage } from "./page.tsx";
import type { PhoneView } from "./view.ts";

export type { PhoneAnswer, PhoneRequest, PhoneView } from "./view.ts";

/** Renders the simulated phone as a whole HTML document. */
export function renderPhonePage(view: PhoneView): string {
  return renderDocument({ lang: view.lang, title: "MB WAY", script: "phone", page: <PhonePage view={view} />, view });
}
