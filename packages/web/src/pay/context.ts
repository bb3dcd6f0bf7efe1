import { type Page, usePage } from "../parts/page-context.ts";
import type { Texts } from "./texts.pt.ts";
import type { Typed } from "./typed.ts";
import type { PayView } from "./view.ts";

/** What every part of the payment page can see and do. */
export interface Pay extends Page<PayView, Texts>, Typed {
  /** Says that the browser did what the issuer wanted, or could not; said again until it got through. */
  goOn(action: string, executed: boolean): void;
}

/** The payment that this part of the page belongs to. */
export function usePay(): Pay {
  return usePage<Pay>();
}
