/** What stands around a receipt, and what may be done with it or with a reference, in European Portuguese. */
export const receipt = {
  title: "Comprovativo de pagamento",
  items: "Artigos",
  noInvoice: "Este documento não serve de fatura.",
  print: "Imprimir",
  share: "Partilhar",
  copiedForSharing: "Copiado: já o pode colar numa mensagem.",
  byHand: "Copie daqui:",
  calendar: "Guardar no calendário",
};
