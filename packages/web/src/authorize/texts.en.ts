import { terms } from "../mandate/terms.en.ts";
import { everyPage } from "../parts/texts.en.ts";
import type { Texts } from "./texts.pt.ts";

/** The page where a mandate is agreed to, in English. */
export const en: Texts = {
  ...everyPage,
  terms,
  offline: "No connection. We keep trying; your request is not lost.",
  notSent: "We could not send that. Press again.",

  agreement: "You stay in control",
  charges: "See the charges",

  unconfirmed: {
    title: "Confirming the request",
    why: "The request is on its way and we are waiting for SIBS to confirm that it arrived. It usually takes seconds; this page changes by itself.",
  },

  waiting: {
    title: "Authorise it in your MB WAY app",
    sent: (ending) =>
      `The request is on the phone ending in ${ending}. Choose the limit and the end there, and approve it with your PIN.`,
    asks: (merchant) => `${merchant} asks you to authorise`,
    ifNot: "If you do not want it, decline it in the app: nothing is charged.",
  },

  confirming: {
    title: "Confirming your authorisation",
    why: "The four minutes are over and SIBS has not told us yet how it ended. If you approved, all is well: we ask every few seconds and this page changes by itself.",
  },

  active: {
    title: "Authorised. Thank you!",
    why: (merchant) => `From now on ${merchant} can charge without asking you each time, within what you authorised.`,
  },

  suspended: {
    title: "Authorised payment: paused",
    why: "You authorised it and paused it in your MB WAY app: nothing is charged until you resume it there.",
  },

  refused: {
    refused: {
      title: "The request was declined in the app",
      why: (merchant) =>
        `Nothing was authorised and nothing was charged. If it was a slip, ask ${merchant} for a new request.`,
    },
    not_answered: {
      title: "The request was not approved in time",
      why: (merchant) =>
        `It happens. Nothing was authorised and nothing was charged. If you still want it, ask ${merchant} for a new request.`,
    },
    unknown_phone: {
      title: "This number does not have MB WAY",
      why: (merchant) =>
        `Nothing was authorised. Go back to ${merchant} and ask again, with the number you have in MB WAY.`,
    },
    withdrawn: {
      title: "The request was withdrawn",
      why: (merchant) => `It was withdrawn by ${merchant} or by you. Nothing was authorised and nothing was charged.`,
    },
    failed: {
      title: "Something went wrong on our side",
      why: (merchant) => `The request was never made and nothing was authorised. Ask ${merchant} for a new request.`,
    },
    other: {
      title: "It could not be authorised",
      why: (merchant) => `Nothing was authorised and nothing was charged. Talk to ${merchant} to try again.`,
    },
  },

  over: {
    canceled: {
      title: "Authorised payment: ended",
      why: (merchant) => `${merchant} cannot charge anything by it any more.`,
    },
    expired: {
      title: "Authorised payment: expired",
      why: (merchant) => `Its time is over, and ${merchant} cannot charge anything by it any more.`,
    },
  },
};
