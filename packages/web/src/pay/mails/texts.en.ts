import type { MailTexts } from "./texts.pt.ts";

/** What the server alone says: in the lines of a receipt, in an e-mail, in a calendar, in English. */
export const en: MailTexts = {
  lines: {
    by: { mbway: "by MB WAY", multibanco: "by Multibanco", card: "by card", mandate: "by MB WAY authorised payment" },
    byCard: (brand) => `by ${brand} card`,
    to: "Paid to",
    taxNumber: "Tax number (NIF)",
    number: "Payment number",
    date: "Date",
    paid: "Paid",
    amount: "Amount paid",
    refunded: "Refunded",
    kept: "Final amount",
  },
  receipt: {
    subject: (merchant) => `Proof of payment to ${merchant}`,
    before: (merchant) => `Your payment to ${merchant} has been received.`,
    link: "See it again, with whatever changes meanwhile:",
  },
  reference: {
    subject: (merchant) => `Multibanco reference to pay ${merchant}`,
    before: (merchant) => `These details pay ${merchant}.`,
    event: (amount, merchant) => `Pay ${amount} to ${merchant} by Multibanco`,
    reminder: (merchant) => `The Multibanco reference of ${merchant} ends soon`,
  },
  why: "You get this message because this address was typed on the payment’s page. If it was not you, ignore it: the address is not kept.",
};
