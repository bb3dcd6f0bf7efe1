import type { receipt as pt } from "./texts.pt.ts";

/** What stands around a receipt, and what may be done with it or with a reference, in Spanish. */
export const receipt: typeof pt = {
  title: "Justificante de pago",
  items: "Artículos",
  noInvoice: "Este documento no es una factura.",
  print: "Imprimir",
  share: "Compartir",
  copiedForSharing: "Copiado: ya puede pegarlo en un mensaje.",
  byHand: "Cópielo de aquí:",
  calendar: "Guardar en el calendario",
};
