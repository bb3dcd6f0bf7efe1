import type { CardTexts } from "./texts.pt.ts";

/** What the forms for cards say, in the French of France. */
export const card: CardTexts = {
  another: "Autre carte",
  savedWay: (count) => (count === 1 ? "Carte enregistrée" : "Cartes enregistrées"),
  number: "Numéro de carte",
  expiry: "Expiration",
  expiryHint: "MM/AA",
  code: "Code (CVV)",
  codeBehind: "Trois chiffres, au dos de la carte",
  codeInFront: "Quatre chiffres, au recto de la carte",
  name: "Nom sur la carte",
  email: "E-mail",
  emailHint: "La banque de la carte le demande pour vous reconnaître.",
  billing: "Adresse de facturation",
  billingHint: "La banque de la carte la vérifie.",
  street: "Numéro et rue",
  postcode: "Code postal",
  city: "Ville",
  country: "Pays",
  keep: "Enregistrer cette carte pour la prochaine fois",
  keepWhy: (merchant) =>
    `SIBS l’enregistre pour ${merchant}\u00a0: la prochaine fois, le code suffira, et ${merchant} pourra effectuer les débits convenus avec vous.`,
  forgotten: "Le numéro et le code sont transmis chiffrés à SIBS et ne sont pas enregistrés ici.",
  pay: (amount) => `Payer ${amount} par carte`,
  saved: "Vos cartes enregistrées",
  endingIn: "se terminant par",
  until: (expiry) => `Valable jusqu’en ${expiry}`,
  problems: {
    number: {
      empty: "Le numéro de carte est manquant.",
      not_digits: "Il contient des lettres ou des symboles. Saisissez uniquement les chiffres de la carte.",
      too_short: "Il manque des chiffres. Vérifiez le numéro sur la carte.",
      too_long: "Il y a trop de chiffres. Vérifiez le numéro sur la carte.",
      luhn: "Un chiffre est erroné. Vérifiez le numéro sur la carte.",
    },
    expiry: {
      empty: "La date d’expiration est manquante.",
      not_a_date: "Saisissez le mois et l’année tels qu’ils figurent sur la carte, par exemple 08/29.",
      expired: "Cette carte a expiré. Utilisez-en une autre.",
      refused: "La banque indique que cette carte a expiré. Vérifiez la date.",
    },
    code: {
      empty: "Le code de sécurité est manquant.",
      not_digits: "Le code ne comporte que des chiffres.",
      too_short: "Il manque des chiffres au code.",
      too_long: "Le code comporte trop de chiffres.",
      refused: "La banque ne reconnaît pas ce code. Vérifiez-le sur la carte.",
    },
    name: {
      empty: "Le nom est manquant, tel qu’il figure sur la carte.",
      too_long: "Le nom est trop long\u00a0: 45 lettres au maximum.",
      not_a_name: "Cela ressemble à un numéro. Saisissez le nom qui figure sur la carte.",
    },
    email: {
      empty: "L’adresse e-mail est manquante.",
      not_an_address: "Cette adresse e-mail n’est pas complète. Par exemple, nom@exemple.fr",
      too_long: "Cette adresse e-mail est trop longue.",
    },
    street1: {
      empty: "Le numéro et la rue sont manquants.",
      too_long: "La rue est trop longue\u00a0: 70 lettres au maximum.",
    },
    postcode: { empty: "Le code postal est manquant.", too_long: "Le code postal est trop long." },
    city: {
      empty: "La ville est manquante.",
      too_long: "Le nom de la ville est trop long\u00a0: 35 lettres au maximum.",
    },
    country: { empty: "Choisissez un pays." },
  },
  formProblems: {
    saved_not_here: "Cette carte enregistrée ne peut plus être utilisée ici. Saisissez les données d’une carte.",
    too_many_tries: "Il y a eu trop de tentatives par carte. Attendez une heure avant la prochaine.",
  },
};
