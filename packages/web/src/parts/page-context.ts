import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { PageView } from "./live.ts";
import type { PageTexts } from "./texts.pt.ts";

/** What every part of a page can see and do. */
export interface Page<View extends PageView = PageView, Texts extends PageTexts = PageTexts> {
  view: View;
  texts: Texts;
  /** The form that is on its way; no second one is sent meanwhile. null when none is. */
  sending: HTMLFormElement | null;
  /** Whether it has been on its way for long. */
  slow: boolean;
  /** Sends a form without leaving the page. Does nothing while another is on its way. */
  send(form: HTMLFormElement): void;
  /** Looks at once how things stand. */
  look(): void;
  /** Says something to those who listen rather than look. */
  announce(words: string): void;
  /** Whether the page stays although it would go back to the shop: a press on "stay here". */
  staying: boolean;
  stay(): void;
}

const PageContext = createContext<Page | null>(null);

export const PageProvider = PageContext.Provider;

/** The page that this part stands on. What pages share knows it as any page; a page's own parts name their own. */
export function usePage<Own extends Page = Page>(): Own {
  const page = useContext(PageContext);
  if (page === null) throw new Error("a part of a page was drawn outside it");
  // A page's own parts are drawn in its own sheet alone.
  return page as Own;
}
