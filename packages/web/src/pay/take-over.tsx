import { takeOver } from "../parts/hydrate.ts";
import { PayPage } from "./page.tsx";
import type { Texts } from "./texts.pt.ts";
import type { PayView } from "./view.ts";
import "./pay.css";

/** Makes the page live, in the one language that its script brings along. */
export function takeOverPayPage(texts: Texts): void {
  takeOver<PayView>((view) => <PayPage view={view} texts={texts} />);
}
