import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Texts } from "./texts.pt.ts";
import type { PayView } from "./view.ts";

/** What every part of the page can see and do. */
export interface Pay {
  view: PayView;
  texts: Texts;
  /** Whether a form is on its way; no second one is sent meanwhile. */
  sending: boolean;
  /** Sends a form without leaving the page. Does nothing while another is on its way. */
  send(form: HTMLFormElement): void;
  /** Says that the browser did what the issuer wanted, or could not; said again until it got through. */
  goOn(action: string, executed: boolean): void;
  /** Looks at once how things stand. */
  look(): void;
  /** Says something to those who listen rather than look. */
  announce(words: string): void;
  /** Whether the page stays although it was paid: a press on "stay here". */
  staying: boolean;
  stay(): void;
}

const PayContext = createContext<Pay | null>(null);

export const PayProvider = PayContext.Provider;

/** The payment that this part of the page belongs to. */
export function usePay(): Pay {
  const pay = useContext(PayContext);
  if (pay === null) throw new Error("a part of the payment page was drawn outside it");
  return pay;
}
