import type { TermsTexts } from "./terms.pt.ts";
import type { PlanOnPage } from "./view.ts";

/** What a customer agrees to, in the Spanish of Spain. */
export const terms: TermsTexts = {
  authorizedTo: "Pago autorizado a",
  reference: "Referencia",
  atMost: "Como máximo",
  validUntil: "Válido hasta",
  phone: "Móvil",
  phoneEnding: (ending) => `el terminado en ${ending}`,
  howToStop: "Cómo detenerlo",

  rate: (amount, every) => `${amount} ${everyInWords(every)}`,
  during: (first, end) => `desde el ${first}${end === null ? "" : ` hasta el ${end}`}`,
  paused: "en pausa",
  withoutPlan: {
    subscription: (merchant) => `Lo que se deba a ${merchant}, sin pedirle confirmación cada vez.`,
    oneclick: (merchant) => `Cada compra que confirme en ${merchant}, con un toque.`,
  },

  limit: {
    subscription: (amount) => `${amount} al mes`,
    oneclick: (amount) => `${amount} por compra`,
  },
  limitToSet: {
    subscription: "El límite mensual que elija en la aplicación.",
    oneclick: "El límite por compra que elija en la aplicación.",
  },
  overLimit: "Lo que supere el límite solo se cobra si lo aprueba en el móvil.",
  endToSet: "El día que elija en la aplicación.",
  stop: "Cuando quiera, en la aplicación MB\u00a0WAY o en la",
  stopHere: "página de este pago autorizado",
};

function everyInWords(every: PlanOnPage["every"]): string {
  if (every === "month") return "todos los meses";
  if (every.days === 1) return "todos los días";
  return every.days === 7 ? "todas las semanas" : `cada ${every.days} días`;
}
