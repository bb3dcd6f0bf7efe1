import type { TermsTexts } from "./terms.pt.ts";
import type { PlanOnPage } from "./view.ts";

/** What a customer agrees to, in the French of France. */
export const terms: TermsTexts = {
  authorizedTo: "Paiement autorisé à",
  reference: "Référence",
  atMost: "Au maximum",
  validUntil: "Valable jusqu’au",
  phone: "Mobile",
  phoneEnding: (ending) => `celui se terminant par ${ending}`,
  howToStop: "Comment arrêter",

  rate: (amount, every) => `${amount} ${everyInWords(every)}`,
  during: (first, end) => `à partir du ${first}${end === null ? "" : ` et jusqu’au ${end}`}`,
  paused: "en pause",
  withoutPlan: {
    subscription: (merchant) => `Ce qui est dû à ${merchant}, sans vous demander de confirmer à chaque fois.`,
    oneclick: (merchant) => `Chaque achat que vous confirmez chez ${merchant}, en un clic.`,
  },

  limit: {
    subscription: (amount) => `${amount} par mois`,
    oneclick: (amount) => `${amount} par achat`,
  },
  limitToSet: {
    subscription: "Le plafond mensuel que vous choisirez dans l’application.",
    oneclick: "Le plafond par achat que vous choisirez dans l’application.",
  },
  overLimit: "Ce qui dépasse le plafond n’est débité que si vous l’approuvez sur votre mobile.",
  endToSet: "Le jour que vous choisirez dans l’application.",
  stop: "Quand vous le souhaitez, dans l’application MB\u00a0WAY ou sur la",
  stopHere: "page de ce paiement autorisé",
};

function everyInWords(every: PlanOnPage["every"]): string {
  if (every === "month") return "tous les mois";
  if (every.days === 1) return "tous les jours";
  return every.days === 7 ? "toutes les semaines" : `tous les ${every.days} jours`;
}
