import type { receipt as pt } from "./texts.pt.ts";

/** What stands around a receipt, and what may be done with it or with a reference, in English. */
export const receipt: typeof pt = {
  title: "Proof of payment",
  items: "Items",
  noInvoice: "This document is not an invoice.",
  print: "Print",
  share: "Share",
  copiedForSharing: "Copied: paste it into a message.",
  byHand: "Copy it from here:",
  calendar: "Save to calendar",
};
