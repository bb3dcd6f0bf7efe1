import { terms } from "../mandate/terms.fr.ts";
import { everyPage } from "../parts/texts.fr.ts";
import type { Texts } from "./texts.pt.ts";

/** The page where a mandate is agreed to, in the French of France. */
export const fr: Texts = {
  ...everyPage,
  terms,
  offline: "Pas de connexion. Nous continuons d’essayer\u202f; votre demande n’est pas perdue.",
  notSent: "L’envoi n’a pas abouti. Appuyez de nouveau.",

  agreement: "Vous gardez le contrôle",
  charges: "Voir les prélèvements",

  unconfirmed: {
    title: "Confirmation de la demande en cours",
    why: "La demande est partie et nous attendons que SIBS nous confirme qu’elle est arrivée. Cela prend en général quelques secondes\u202f; cette page se met à jour automatiquement.",
  },

  waiting: {
    title: "Autorisez dans l’application MB WAY",
    sent: (ending) =>
      `La demande est sur le mobile se terminant par ${ending}. Choisissez-y le plafond et la durée, puis approuvez-la avec votre code PIN.`,
    asks: (merchant) => `${merchant} vous demande d’autoriser`,
    ifNot: "Si vous ne le souhaitez pas, refusez dans l’application\u00a0: rien n’est débité.",
  },

  confirming: {
    title: "Confirmation de l’autorisation en cours",
    why: "Les quatre minutes sont écoulées et SIBS ne nous a pas encore communiqué le résultat. Si vous avez approuvé, tout va bien\u00a0: nous l’interrogeons à quelques secondes d’intervalle et cette page se met à jour automatiquement.",
  },

  active: {
    title: "Autorisé. Merci\u202f!",
    why: (merchant) =>
      `Désormais, ${merchant} peut prélever sans vous demander de confirmer à chaque fois, dans la limite de ce que vous avez autorisé.`,
  },

  suspended: {
    title: "Paiement autorisé en pause",
    why: "Vous l’avez autorisé, puis mis en pause dans l’application MB WAY\u00a0: rien n’est prélevé tant que vous ne l’y réactivez pas.",
  },

  refused: {
    refused: {
      title: "La demande a été refusée dans l’application",
      why: (merchant) =>
        `Rien n’a été autorisé ni débité. Si c’était une erreur, revenez chez ${merchant} et recommencez.`,
    },
    not_answered: {
      title: "La demande n’a pas été approuvée à temps",
      why: (merchant) =>
        `Cela arrive. Rien n’a été autorisé ni débité. Si vous le souhaitez toujours, revenez chez ${merchant} et recommencez.`,
    },
    unknown_phone: {
      title: "Ce numéro n’a pas MB WAY",
      why: (merchant) =>
        `Rien n’a été autorisé. Revenez chez ${merchant} et recommencez, avec le numéro que vous utilisez avec MB WAY.`,
    },
    withdrawn: {
      title: "La demande a été annulée",
      why: (merchant) => `Elle a été annulée par ${merchant} ou par vous. Rien n’a été autorisé ni débité.`,
    },
    failed: {
      title: "Une erreur s’est produite de notre côté",
      why: (merchant) =>
        `La demande n’a pas été envoyée et rien n’a été autorisé. Revenez chez ${merchant} et recommencez.`,
    },
    other: {
      title: "L’autorisation n’a pas été possible",
      why: (merchant) => `Rien n’a été autorisé ni débité. Contactez ${merchant} pour réessayer.`,
    },
  },

  over: {
    canceled: {
      title: "Paiement autorisé terminé",
      why: (merchant) => `${merchant} ne peut plus rien prélever par ce moyen.`,
    },
    expired: {
      title: "Paiement autorisé expiré",
      why: (merchant) => `Sa durée est écoulée et ${merchant} ne peut plus rien prélever par ce moyen.`,
    },
  },
};
