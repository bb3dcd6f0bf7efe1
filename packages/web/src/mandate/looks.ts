import type { Texts } from "./texts.pt.ts";
import type { MandateScreen, MandateView } from "./view.ts";

/** How often to look by itself, in milliseconds: charges come by the day. */
const LOOK = 30_000;
/** How often while the customer is to approve. */
const LOOK_WHILE_WAITING = 5_000;

const PACES: Record<MandateScreen["kind"], number | null> = {
  pending: LOOK_WHILE_WAITING,
  active: LOOK,
  suspended: LOOK,
  canceled: null,
  expired: null,
  refused: null,
};

/** How often the page looks by itself how things stand. */
export function paceOf({ screen }: MandateView): number | null {
  return PACES[screen.kind];
}

/** Whether there is anything to end. */
export function canBeEnded({ screen }: MandateView): boolean {
  return screen.kind === "pending" || screen.kind === "active" || screen.kind === "suspended";
}

/** How the end is spoken of: of what was agreed to, or of what is only asked yet. */
export function endWords({ screen }: MandateView, texts: Texts): Texts["end"]["agreed" | "asked"] {
  return screen.kind === "pending" ? texts.end.asked : texts.end.agreed;
}

/** What the browser's tab says. */
export function titleOf(view: MandateView, texts: Texts): string {
  const { title } = view.asksToEnd && canBeEnded(view) ? endWords(view, texts) : texts.screens[view.screen.kind];
  return `${title} · ${view.shop.name}`;
}
