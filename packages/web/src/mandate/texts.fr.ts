import { everyPage } from "../parts/texts.fr.ts";
import { terms } from "./terms.fr.ts";
import type { Texts } from "./texts.pt.ts";

/** The page where a mandate is looked after, in the French of France. */
export const fr: Texts = {
  ...everyPage,
  terms,
  offline: "Pas de connexion. Nous continuons d’essayer.",
  notSent: "L’envoi n’a pas abouti. Appuyez de nouveau.",

  screens: {
    pending: {
      title: "En attente de votre autorisation",
      why: () =>
        "La demande est dans l’application MB WAY. Tant que vous ne l’avez pas approuvée, rien ne peut être prélevé.",
    },
    active: {
      title: "Paiement autorisé actif",
      why: (merchant) => `${merchant} peut prélever dans la limite de ce que vous avez autorisé.`,
    },
    suspended: {
      title: "Paiement autorisé en pause",
      why: () =>
        "Vous l’avez mis en pause dans l’application MB WAY\u00a0: rien n’est prélevé tant que vous ne l’y réactivez pas.",
    },
    canceled: {
      title: "Paiement autorisé terminé",
      why: (merchant) => `${merchant} ne peut plus rien prélever par ce moyen.`,
    },
    expired: {
      title: "Paiement autorisé expiré",
      why: (merchant) => `Sa durée est écoulée et ${merchant} ne peut plus rien prélever par ce moyen.`,
    },
    refused: {
      title: "Rien n’a été autorisé",
      why: (merchant) => `Aucune autorisation n’a été donnée et ${merchant} ne peut rien prélever.`,
    },
  },
  follow: "Voir la demande",

  coming: {
    title: "Prochains prélèvements",
    none: "Rien de prévu.",
  },

  past: {
    title: "Prélèvements",
    none: "Aucun pour le moment.",
    more: "Seuls les plus récents sont affichés.",
    settle: "Payer maintenant",
    approve: "Approuvez-le dans l’application MB WAY.",
    states: {
      paid: "Prélevé",
      refunded: "Remboursé",
      partly_refunded: "Remboursé partiellement",
      on_the_way: "En cours",
      to_approve: "À approuver",
      unpaid: "Impayé",
      not_charged: "Non prélevé",
    },
  },

  end: {
    agreed: {
      press: "Mettre fin à ce paiement autorisé",
      title: "Mettre fin à ce paiement autorisé\u202f?",
      why: (merchant) =>
        `${merchant} ne pourra plus rien prélever par ce moyen. Ce qui a déjà été prélevé reste inchangé. Pour revenir en arrière, il faudrait une nouvelle autorisation.`,
      yes: "Oui, y mettre fin",
    },
    asked: {
      press: "Annuler cette demande",
      title: "Annuler cette demande\u202f?",
      why: (merchant) =>
        `${merchant} ne pourra rien prélever, même si vous approuvez encore la demande dans l’application MB WAY. Pour revenir en arrière, il faudrait une nouvelle demande.`,
      yes: "Oui, annuler",
    },
    notCharged: "Ceci ne sera pas prélevé\u00a0:",
    no: "Non, conserver",
  },

  unavailable: {
    title: "Nous ne pouvons pas afficher cette page pour le moment",
    why: "Rien n’est perdu. Réessayez dans un instant.",
    tryAgain: "Réessayer",
  },

  notFound: {
    title: "Ce paiement autorisé est introuvable",
    why: "Vérifiez que l’adresse est complète, ou revenez à la boutique. L’application MB WAY affiche tous vos paiements autorisés.",
  },
};
