import type { TermsTexts } from "./terms.pt.ts";
import type { PlanOnPage } from "./view.ts";

/** What a customer agrees to, in English. */
export const terms: TermsTexts = {
  authorizedTo: "Authorised payment to",
  reference: "Reference",
  atMost: "At most",
  validUntil: "Valid until",
  phone: "Phone",
  phoneEnding: (ending) => `the one ending in ${ending}`,
  howToStop: "How to stop",

  rate: (amount, every) => `${amount} ${everyInWords(every)}`,
  during: (first, end) => `from ${first}${end === null ? "" : ` until ${end}`}`,
  paused: "paused",
  withoutPlan: {
    subscription: (merchant) => `What is due to ${merchant}, without asking you each time.`,
    oneclick: (merchant) => `Each purchase that you confirm at ${merchant}, with one press.`,
  },

  limit: {
    subscription: (amount) => `${amount} per month`,
    oneclick: (amount) => `${amount} per purchase`,
  },
  limitToSet: {
    subscription: "The limit per month that you choose in the app.",
    oneclick: "The limit per purchase that you choose in the app.",
  },
  overLimit: "Anything above the limit is charged only if you approve it on the phone.",
  endToSet: "The day that you choose in the app.",
  stop: "Whenever you like, in the MB\u00a0WAY app or on the",
  stopHere: "page of this authorised payment",
};

function everyInWords(every: PlanOnPage["every"]): string {
  if (every === "month") return "every month";
  if (every.days === 1) return "every day";
  return every.days === 7 ? "every week" : `every ${every.days} days`;
}
