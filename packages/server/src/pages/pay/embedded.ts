import { httpProblems } from "@caravela/platform/problems";
import { drawAlong, type PayView } from "@caravela/web/pay";
import type { Payment } from "../../domain/payment/state.ts";
import { type Embedding, NOT_EMBEDDED } from "../../embedding.ts";
import type { KnowsTerminals, OfTerminal } from "../../terminals.ts";
import type { MethodOnPage } from "./methods/types.ts";

/** What follows the word in the address of the page that a shop shows inside its own. */
export const EMBEDDED = "/embedded";

/** Where payments of something's terminal are shown inside the shop's pages. */
export function embeddingOf({ terminals }: KnowsTerminals, subject: OfTerminal): Embedding {
  return terminals.of(subject)?.embedding ?? NOT_EMBEDDED;
}

/** @throws Problem with status 403 where the shop has named no page that may show a payment. */
export function refuseUnlessEmbedded({ origins }: Embedding): void {
  if (origins.length === 0) throw httpProblems.foreignSite();
}

/** Whether a form of this method is on the embedded page: a saved card, whose code is typed, is a card too. */
export function isTakenThere({ shownAs }: MethodOnPage, { cards }: Embedding): boolean {
  return cards || shownAs !== "card";
}

/**
 * The same view inside the shop's page: that page says who is paid and leads on, and a card is typed on the full page
 * unless the shop said otherwise.
 */
export function embeddedView(view: PayView, { id: payment, status }: Payment, embedding: Embedding): PayView {
  const { origins, cards } = embedding;
  const inside: PayView = {
    ...view,
    path: `${view.path}${EMBEDDED}`,
    returnUrl: null,
    back: null,
    embedded: { payment, status, origins: [...origins], full: view.path },
  };
  inside.along = drawAlong(inside);
  if (cards) return inside;
  const isAtBank = view.screen.kind === "card_moment" || view.screen.kind === "card_challenge";
  const screen: PayView["screen"] = isAtBank ? { kind: "unconfirmed", method: "card" } : view.screen;
  return { ...inside, card: null, cardTyped: null, screen };
}
