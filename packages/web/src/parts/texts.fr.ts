import type { EveryPage } from "./texts.pt.ts";

/** What every page that follows along says, in the French of France. */
export const everyPage: EveryPage = {
  language: "Langue",
  sending: "Envoi en cours…",
  asking: "Nous interrogeons la banque…",
  update: "Actualiser",
  withoutScript: "Cette page s’actualise à quelques secondes d’intervalle.",
  backToShop: "Retour à la boutique",
  backTo: (merchant) => `Retour vers ${merchant}`,
  returning: (seconds) =>
    seconds === 1 ? "Retour à la boutique dans 1 seconde." : `Retour à la boutique dans ${seconds} secondes.`,
  stay: "Rester ici",
  onPhone: {
    appShows: "L’application affiche ceci",
    knownAs: (shop, inApp) => `Dans l’application, ${shop} apparaît sous le nom « ${inApp} ».`,
    now: "maintenant",
    left: "pour approuver",
    hurry: "Il reste moins d’une minute. Approuvez maintenant dans l’application.",
    spoken: {
      60: "Il reste une minute pour approuver.",
      30: "Il reste 30 secondes pour approuver.",
      10: "Il reste 10 secondes pour approuver.",
    },
  },
};
