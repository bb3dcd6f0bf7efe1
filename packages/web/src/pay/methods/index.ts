import type { Pay } from "../context.ts";
import type { PayMethod } from "../view.ts";
import type { Way } from "../way.ts";
import { cardWays } from "./card.tsx";
import { mandateWays } from "./mandate.tsx";
import { mbwayWays } from "./mbway.tsx";
import { multibancoWays } from "./multibanco.tsx";

/** What the page has to know of a method. */
interface OnPage {
  /** How it is offered: one line of the list, or several, or none where there is nothing to pay by. */
  ways(pay: Pay): Way[];
  /** What is said while SIBS has not said whether it arrived. */
  readonly unconfirmed: "why" | "whyCard";
}

export const onPage: Record<PayMethod, OnPage> = {
  mbway: { ways: mbwayWays, unconfirmed: "why" },
  multibanco: { ways: multibancoWays, unconfirmed: "why" },
  card: { ways: cardWays, unconfirmed: "whyCard" },
  mandate: { ways: mandateWays, unconfirmed: "why" },
};
