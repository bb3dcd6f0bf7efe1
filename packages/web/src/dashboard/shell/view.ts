import type { Lang } from "../../lang.ts";
import type { Me } from "../api/people.ts";

/** What stands around every screen. */
export interface Shell {
  lang: Lang;
  /** Null: nobody is signed in, and there is nothing to go to. */
  me: Me | null;
  /** How much needs a person; null: whoever looks may not see that, or it could not be read. */
  tasks: { count: number; more: boolean } | null;
  /** Where the browser is, with its query. */
  path: string;
  /** What was searched for last. */
  q: string;
}
