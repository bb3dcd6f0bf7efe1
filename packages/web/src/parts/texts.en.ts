import type { EveryPage } from "./texts.pt.ts";

/** What every page that follows along says, in English. */
export const everyPage: EveryPage = {
  language: "Language",
  sending: "Sending…",
  asking: "Asking the bank…",
  update: "Update",
  withoutScript: "This page updates itself every few seconds.",
  backToShop: "Back to the shop",
  backTo: (merchant) => `Back to ${merchant}`,
  returning: (seconds) =>
    seconds === 1 ? "Going back to the shop in 1 second." : `Going back to the shop in ${seconds} seconds.`,
  stay: "Stay here",
  onPhone: {
    appShows: "The app shows this",
    knownAs: (shop, inApp) => `The app shows ${shop} as “${inApp}”.`,
    now: "now",
    left: "left to approve",
    hurry: "Less than a minute left. Approve it in the app now.",
    spoken: {
      60: "One minute left to approve.",
      30: "30 seconds left to approve.",
      10: "10 seconds left to approve.",
    },
  },
};
