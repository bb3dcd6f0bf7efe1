import type { receipt as pt } from "./texts.pt.ts";

/** What stands around a receipt, and what may be done with it or with a reference, in French. */
export const receipt: typeof pt = {
  title: "Justificatif de paiement",
  items: "Articles",
  noInvoice: "Ce document n’est pas une facture.",
  print: "Imprimer",
  share: "Partager",
  copiedForSharing: "Copié\u00a0: vous pouvez le coller dans un message.",
  byHand: "Copiez-le ici\u00a0:",
  calendar: "Enregistrer dans le calendrier",
};
