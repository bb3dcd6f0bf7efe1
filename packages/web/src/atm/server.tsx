import { renderDocument } from "../parts/document.tsx";
import { AtmPage } from "./page.tsx";
import type { AtmView } from "./view.ts";

export type { AtmRefusal, AtmResult, AtmView } from "./view.ts";

/** Renders the simulated ATM as a whole HTML document. */
export function renderAtmPage(view: AtmView): string {
  return renderDocument({ lang: view.lang, title: "Multibanco", script: "atm", page: <AtmPage view={view} />, view });
}
