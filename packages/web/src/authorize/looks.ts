import { LOOK, LOOK_WHILE_CONFIRMING } from "../parts/pace.ts";
import type { Refresh } from "../parts/refresh.tsx";
import type { Texts } from "./texts.pt.ts";
import type { AuthorizeScreen, AuthorizeView } from "./view.ts";

const PACES: Record<AuthorizeScreen["kind"], number | null> = {
  unconfirmed: LOOK_WHILE_CONFIRMING,
  waiting: LOOK,
  confirming: LOOK_WHILE_CONFIRMING,
  active: LOOK,
  suspended: LOOK,
  // What was not answered in time may have been approved after all.
  refused: LOOK,
  over: null,
};

/** How often the page looks by itself how things stand. */
export function paceOf({ screen }: AuthorizeView): number | null {
  return PACES[screen.kind];
}

/** Keeps the page true where no script runs: it is fetched again while something may change. */
export function refreshWithoutScript({ screen, path }: AuthorizeView): Refresh | null {
  switch (screen.kind) {
    case "unconfirmed":
    case "waiting":
    case "confirming":
      return { seconds: 5, url: path };
    default:
      return null;
  }
}

/** What the screen is called. */
export function screenTitle(screen: AuthorizeScreen, texts: Texts): string {
  switch (screen.kind) {
    case "refused":
      return texts.refused[screen.reason].title;
    case "over":
      return texts.over[screen.why].title;
    default:
      return texts[screen.kind].title;
  }
}

/** What the browser's tab says: the screen's title and who asks. */
export function titleOf({ screen, shop }: AuthorizeView, texts: Texts): string {
  return `${screenTitle(screen, texts)} · ${shop.name}`;
}
