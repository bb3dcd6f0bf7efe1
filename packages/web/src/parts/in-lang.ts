import { LANGUAGE_HEADER, type PageLang } from "../lang.ts";

/** How a page's script asks for a view: in the language that the page is in, whatever another tab has chosen since. */
export function askingIn(lang: PageLang): Record<string, string> {
  return { accept: "application/json", [LANGUAGE_HEADER]: lang };
}
