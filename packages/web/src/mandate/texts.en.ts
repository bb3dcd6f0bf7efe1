import { everyPage } from "../parts/texts.en.ts";
import { terms } from "./terms.en.ts";
import type { Texts } from "./texts.pt.ts";

/** The page where a mandate is looked after, in English. */
export const en: Texts = {
  ...everyPage,
  terms,
  offline: "No connection. We keep trying.",
  notSent: "We could not send that. Press again.",

  screens: {
    pending: {
      title: "Waiting for your authorisation",
      why: () => "The request is in your MB WAY app. Until you approve it nothing can be charged.",
    },
    active: {
      title: "Authorised payment: active",
      why: (merchant) => `${merchant} can charge within what you authorised.`,
    },
    suspended: {
      title: "Authorised payment: paused",
      why: () => "You paused it in your MB WAY app: nothing is charged until you resume it there.",
    },
    canceled: {
      title: "Authorised payment: ended",
      why: (merchant) => `${merchant} cannot charge anything by it any more.`,
    },
    expired: {
      title: "Authorised payment: expired",
      why: (merchant) => `Its time is over, and ${merchant} cannot charge anything by it any more.`,
    },
    refused: {
      title: "It was not authorised",
      why: (merchant) => `Nothing was authorised and ${merchant} cannot charge anything.`,
    },
  },
  follow: "See the request",

  coming: {
    title: "Next charges",
    none: "Nothing planned.",
  },

  past: {
    title: "Charges",
    none: "Nothing, so far.",
    more: "We show only the latest.",
    settle: "Pay now",
    approve: "Approve it in your MB WAY app.",
    states: {
      paid: "Charged",
      refunded: "Given back",
      partly_refunded: "Partly given back",
      on_the_way: "On its way",
      to_approve: "To approve",
      unpaid: "Unpaid",
      not_charged: "Not charged",
    },
  },

  end: {
    agreed: {
      press: "End this authorised payment",
      title: "End this authorised payment?",
      why: (merchant) =>
        `${merchant} will not be able to charge anything by it any more. What was charged already stays as it is. To undo this you would have to authorise it again.`,
      yes: "Yes, end it",
    },
    asked: {
      press: "Withdraw this request",
      title: "Withdraw this request?",
      why: (merchant) =>
        `${merchant} will not be able to charge anything, even if you still approve the request in your MB WAY app. To undo this you would need a new request.`,
      yes: "Yes, withdraw it",
    },
    notCharged: "This will not be charged:",
    no: "No, keep it",
  },

  unavailable: {
    title: "We cannot show you this page right now",
    why: "Nothing is lost. Try again in a moment.",
    tryAgain: "Try again",
  },

  notFound: {
    title: "We cannot find this authorised payment",
    why: "Check that the address is complete, or go back to the shop. Your MB WAY app lists all your authorised payments.",
  },
};
