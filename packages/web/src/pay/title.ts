import type { Texts } from "./texts.pt.ts";
import type { PayView } from "./view.ts";

/** What the browser's tab says: the screen's title and who is paid. */
export function titleOf(view: PayView, texts: Texts): string {
  return `${screenTitle(view, texts)} · ${view.shop.name}`;
}

function screenTitle({ screen, outOfReach }: PayView, texts: Texts): string {
  switch (screen.kind) {
    case "choose":
      return texts.choose.title;
    case "nothing_to_choose":
      return outOfReach.length > 0 ? texts.reach.none : texts.nothingToChoose.title;
    case "mbway_waiting":
      return texts.waiting.title;
    case "mbway_confirming":
      return texts.confirming.title;
    case "unconfirmed":
      return texts.unconfirmed.title;
    case "reference":
      return texts.reference.title;
    case "reference_over":
      return texts.reference.over.title;
    case "declined":
      return texts.declined[screen.reason].title;
    case "not_answered":
      return texts.notAnswered.title;
    case "failed":
      return texts.failed.title;
    case "card_moment":
      return texts.moment.title;
    case "card_challenge":
      return texts.challenge.title;
    case "paid":
    case "authorized":
      return texts[screen.kind].title;
    case "refunded":
      return screen.amountRefunded === screen.amount ? texts.refunded.fully : texts.refunded.partly;
    case "canceled":
      return texts.canceled.title;
    case "expired":
      return texts.expired.title;
    case "under_review":
      return texts.underReview.title;
  }
}
