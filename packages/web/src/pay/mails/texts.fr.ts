import type { MailTexts } from "./texts.pt.ts";

/** What the server alone says: in the lines of a receipt, in an e-mail, in a calendar, in French. */
export const fr: MailTexts = {
  lines: {
    by: {
      mbway: "avec MB WAY",
      multibanco: "par Multibanco",
      card: "par carte",
      mandate: "par paiement autorisé MB WAY",
    },
    byCard: (brand) => `par carte ${brand}`,
    to: "Payé à",
    taxNumber: "Numéro fiscal (NIF)",
    number: "Numéro de paiement",
    date: "Date et heure",
    paid: "Payé",
    amount: "Montant payé",
    refunded: "Remboursé",
    kept: "Montant final",
  },
  receipt: {
    subject: (merchant) => `Justificatif de votre paiement à ${merchant}`,
    before: (merchant) => `Votre paiement à ${merchant} a bien été reçu.`,
    link: "Revoir le justificatif, avec ce qui aura changé\u00a0:",
  },
  reference: {
    subject: (merchant) => `Référence Multibanco pour payer ${merchant}`,
    before: (merchant) => `Ces informations permettent de payer ${merchant}.`,
    event: (amount, merchant) => `Payer ${amount} à ${merchant} par Multibanco`,
    reminder: (merchant) => `La référence Multibanco de ${merchant} expire bientôt`,
  },
  why: "Vous recevez ce message parce que cette adresse a été saisie sur la page de paiement. Si ce n’était pas vous, ignorez-le\u00a0: l’adresse n’est pas conservée.",
};
