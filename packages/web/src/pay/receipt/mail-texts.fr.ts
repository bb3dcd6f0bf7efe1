import type { mailForm as pt } from "./mail-texts.pt.ts";

/** The form by which something is sent by e-mail, in French. */
export const mailForm: typeof pt = {
  open: {
    receipt: "Recevoir le justificatif par e-mail",
    reference: "Recevoir la référence par e-mail",
  },
  address: "Adresse e-mail",
  hint: "Elle ne sert qu’à cet envoi et n’est pas conservée.",
  send: "Envoyer par e-mail",
  outcomes: {
    sent: "C’est envoyé. Le message arrive d’ordinaire en une minute\u202f; sinon, regardez dans le courrier indésirable.",
    sent_before: "Nous l’avons déjà envoyé à cette adresse. Regardez aussi dans le courrier indésirable.",
    no_address: "Cette adresse e-mail n’est pas complète. Par exemple, nom@exemple.fr",
    too_often: "Nous ne pouvons plus l’envoyer d’ici. Imprimez cette page ou partagez-la.",
    not_taken: "L’envoi n’a pas abouti. Réessayez dans une minute.",
  },
};
