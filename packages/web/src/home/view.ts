import type { PageLang } from "../lang.ts";

/** What stands at the server's own address. */
export interface HomeView {
  readonly lang: PageLang;
  /** The server's version; null: it is nobody's business. */
  readonly version: string | null;
  /** Where things are, in the order in which they are shown. */
  readonly places: readonly HomePlace[];
  /** Whether a gateway on this machine plays SIBS: then no money moves. */
  readonly isDemonstration: boolean;
}

/** Somewhere to go from there. */
export interface HomePlace {
  readonly name: "shop" | "phone" | "atm" | "dashboard" | "docs" | "health";
  readonly at: string;
}
