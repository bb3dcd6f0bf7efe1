import type { Refresh } from "../parts/refresh.tsx";
import type { PayView } from "./view.ts";

/**
 * Keeps the page true where no script runs: it is fetched again while something may change. Never while
 * a field is all there is to fill in, whose typing a refresh would take away.
 */
export function refreshWithoutScript({ screen, path, askShop, otherNumber, typed }: PayView): Refresh | null {
  if (otherNumber || typed !== null) return null;
  if (askShop !== null) return { seconds: 60, url: path };
  switch (screen.kind) {
    case "mbway_waiting":
    case "mbway_confirming":
    case "unconfirmed":
    case "card_moment":
      return { seconds: 5, url: path };
    case "reference":
    case "reference_over":
    case "nothing_to_choose":
      return { seconds: 30, url: path };
    default:
      return null;
  }
}
