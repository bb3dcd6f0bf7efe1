import { everyPage } from "../parts/texts.fr.ts";
import { card } from "./card/texts.fr.ts";
import type { Texts } from "./texts.pt.ts";

/** The payment page in the French of France. Amounts, hours and phones come in printed already. */
export const fr: Texts = {
  ...everyPage,

  offline: "Pas de connexion. Nous continuons d’essayer\u202f; votre paiement n’est pas perdu.",
  notSent: "L’envoi n’a pas abouti. Appuyez de nouveau\u00a0: vous ne risquez pas de payer deux fois.",
  or: "ou",

  methods: { mbway: "MB WAY", multibanco: "Multibanco", card: "Carte", mandate: "Paiement autorisé MB WAY" },

  choose: { title: "Comment souhaitez-vous payer\u202f?" },

  ways: {
    mbway: "À approuver dans l’application",
    multibanco: "À payer quand vous voulez",
    card: "Visa, Mastercard",
  },

  reach: {
    none: "Ce montant ne peut pas être payé ici",
    least: (way, least) => `${way}\u00a0: à partir de ${least} seulement.`,
    most: (way, most) => `${way}\u00a0: jusqu’à ${most} seulement.`,
    both: (way, least, most) => `${way}\u00a0: de ${least} à ${most} seulement.`,
  },

  youCan: (steps) => `Vous pouvez ${steps}.`,
  steps: {
    again: "envoyer une autre demande",
    other_number: "essayer avec un autre numéro",
    other_card_in_app: "choisir une autre carte dans l’application MB WAY et refaire la demande",
    see_mandate: "vérifier dans l’application MB WAY s’il est actif et si le plafond suffit",
    check_expiry: "vérifier la date d’expiration",
    check_code: "vérifier le code sur la carte et réessayer",
    same_card: "réessayer",
    other_card: "utiliser une autre carte",
    later: "réessayer un peu plus tard",
    try_again: "réessayer",
    another_way: "payer autrement",
    any_way: "choisir un autre moyen de paiement",
  },

  nothingToChoose: {
    title: "Vous n’avez rien à faire",
    why: (merchant) =>
      `${merchant} prélève ce montant par votre paiement autorisé MB WAY. Il n’y a rien à choisir ici\u202f; cette page se mettra à jour automatiquement une fois le paiement effectué.`,
    noWay: (merchant) => `Aucun autre moyen de paiement n’est proposé sur cette page. Veuillez contacter ${merchant}.`,
  },

  mandate: {
    phone: (ending) => `mobile se terminant par ${ending}`,
    pay: (amount) => `Payer ${amount} en un clic`,
    why: "Vous l’avez déjà autorisé\u00a0: il n’y a rien à saisir. L’application MB WAY ne vous demandera d’approuver que si votre plafond est dépassé.",
    payAboveLimit: (amount) => `Payer ${amount} et approuver dans l’application`,
    gone: "Ce paiement autorisé ne peut plus être utilisé sur cette page.",
    aboveLimit:
      "Ce montant dépasse le plafond que vous avez choisi\u00a0: l’application MB WAY vous demandera de l’approuver.",
  },

  phone: {
    label: "Numéro de mobile",
    hint: "Celui que vous utilisez avec MB WAY. Par exemple, 919\u00a0999\u00a0999",
    pay: (amount) => `Payer ${amount} avec MB WAY`,
    another: "Utiliser un autre numéro",
    rests: (minutes) =>
      `Ce mobile a reçu trop de demandes en quelques minutes\u00a0: nous n’en avons pas envoyé d’autre. Attendez ${minutes === 1 ? "une minute" : `${minutes} minutes`}.`,
    problems: {
      empty: "Le numéro est manquant. Saisissez les neuf chiffres de votre mobile.",
      not_digits: "Il contient des lettres ou des symboles. Saisissez uniquement les chiffres du numéro.",
      foreign: "Ce numéro n’est pas portugais. Saisissez un mobile portugais (+351).",
      not_mobile: "Ce n’est pas un numéro de mobile. Au Portugal, ils commencent par 91, 92, 93 ou 96.",
      too_short: "Il manque des chiffres. Un numéro de mobile portugais en a neuf.",
      too_long: "Il y a trop de chiffres. Un numéro de mobile portugais en a neuf.",
      unknown: "Ce numéro n’a pas MB WAY. Vérifiez-le ou saisissez-en un autre.",
    },
  },

  card,

  moment: {
    title: "Un instant",
    why: "Nous contactons la banque de votre carte. Ne fermez pas cette page.",
    goOn: "Continuer",
  },

  challenge: {
    title: "Votre banque souhaite vérifier votre identité",
    why: "C’est une protection de votre carte. Confirmez auprès de votre banque\u202f; vous reviendrez ici automatiquement.",
    here: "Confirmer ici",
    atTheBank: "Continuer sur la page de la banque",
    anotherWay: "Payer autrement",
    anotherCard: "Utiliser une autre carte",
    back: "Revenir au paiement",
    dialog: "Confirmez auprès de votre banque",
    frame: "Page de votre banque",
    left: "Temps restant pour confirmer\u00a0:",
    notShown: "La page de la banque ne s’affiche pas\u202f?",
  },

  waiting: {
    title: "Ouvrez l’application MB WAY",
    sent: (ending) => `La demande est sur le mobile se terminant par ${ending}. Approuvez-la avec votre code PIN.`,
    sentTo: (phone) => `La demande est sur le mobile ${phone}. Approuvez-la avec votre code PIN.`,
    asks: (merchant) => `${merchant} vous demande`,
    aboveLimit:
      "Ce montant dépasse le plafond du paiement que vous avez autorisé\u00a0: c’est pourquoi l’application vous demande de l’approuver.",
    oneWay:
      "Tant que la demande est sur le mobile, aucune autre n’est envoyée\u00a0: vous ne payez ainsi jamais deux fois.",
    anotherWay: "Si vous la refusez dans l’application, vous pourrez aussitôt choisir un autre moyen de paiement.",
  },

  confirming: {
    title: "Confirmation du paiement en cours",
    dontPayAgain: "Ne payez pas une deuxième fois.",
    why: "Les quatre minutes sont écoulées et SIBS ne nous a pas encore communiqué le résultat. Si vous avez approuvé, tout va bien\u00a0: nous l’interrogeons toutes les cinq secondes et cette page se met à jour automatiquement.",
    again: "Envoyer une nouvelle demande",
    againWhy: "Nous la gardons et ne l’enverrons que lorsqu’il sera certain que la première n’a pas été payée.",
  },

  otherWay: {
    title: "Mauvais numéro\u202f? Rien reçu\u202f?",
    checks: [
      "Ouvrez l’application MB WAY et regardez les demandes à autoriser\u00a0: elle peut y être sans notification.",
      "Vérifiez que le numéro est celui que vous utilisez avec MB WAY.",
      "Vérifiez que le mobile est connecté à Internet.",
    ],
    openApp: "Ouvrir l’application MB WAY",
    why: "La demande qui est sur le mobile ne peut pas être annulée. Si votre choix ne peut pas commencer tout de suite, nous le gardons jusqu’à ce qu’il soit certain que la demande n’a pas été payée.",
    number: "Utiliser un autre numéro",
    ask: "Envoyer à ce numéro",
    by: {
      mbway: "Payer avec MB WAY",
      multibanco: "Payer par référence Multibanco",
      card: "Payer par carte",
      mandate: "Utiliser le paiement autorisé MB WAY",
    },
    kept: {
      phone: (ending) => `Enregistré\u00a0: ensuite, la demande ira au mobile se terminant par ${ending}.`,
      by: {
        mbway: "Enregistré\u00a0: ensuite, une nouvelle demande MB WAY.",
        multibanco: "Enregistré\u00a0: ensuite, une référence Multibanco.",
        card: "Enregistré\u00a0: ensuite, vous pourrez payer par carte.",
        mandate: "Enregistré\u00a0: ensuite, vous pourrez utiliser le paiement autorisé.",
      },
    },
    when: "Cela commence dès qu’il est certain que la demande actuelle n’a pas été payée\u202f; si vous la refusez dans l’application, tout de suite.",
    withdraw: "Annuler ce choix",
    beside: (ending) =>
      `La demande est toujours sur le mobile se terminant par ${ending} et ne peut pas être annulée. Si vous l’approuvez aussi, nous vous rembourserons le trop-perçu.`,
    backToIt: "Revenir à la demande sur le mobile",
  },

  takesLong: {
    why: (merchant) =>
      `Cela prend plus de temps que d’habitude. Nous continuons d’interroger SIBS et vous pouvez fermer cette page. En cas de doute, contactez ${merchant} en indiquant ce numéro\u00a0:`,
    number: "Numéro du paiement\u00a0:",
    contact: (merchant) => `Contacter ${merchant}\u00a0:`,
  },

  unconfirmed: {
    title: "Confirmation du paiement en cours",
    dontPayAgain: "Ne payez pas une deuxième fois.",
    why: "La demande est partie et nous attendons que SIBS nous confirme qu’elle est arrivée. Cela prend en général quelques secondes\u202f; cette page se met à jour automatiquement.",
    whyCard:
      "La banque de votre carte ne nous a pas encore communiqué le résultat. Nous l’interrogeons à quelques secondes d’intervalle et cette page se met à jour automatiquement.",
  },

  reference: {
    choose: "Payer par Multibanco",
    chooseWhy:
      "À un distributeur automatique au Portugal ou sur l’application ou le site d’une banque portugaise, quand vous le souhaitez.",
    title: "Votre référence Multibanco",
    entity: "Entité",
    reference: "Référence",
    amount: "Montant",
    until: "À payer avant le",
    lisbon: "heure de Lisbonne",
    copy: "Copier",
    copied: "Copié",
    copiedWhat: (what) => `${what}\u00a0: copié.`,
    over: {
      title: "Le délai de cette référence est écoulé",
      paid: "Si vous avez payé, patientez\u00a0: les banques nous préviennent un peu plus tard et cette page se met à jour automatiquement.",
      ended: (when) => `Il a pris fin le ${when}, heure de Lisbonne.`,
      unpaid: "Si vous n’avez pas payé, ne le faites plus\u00a0: cette référence n’est plus valable.",
    },
    how: "Choisissez «\u00a0Pagamento de serviços\u00a0» (paiement de services) au distributeur automatique, sur l’application ou sur le site de votre banque.",
    weWillKnow:
      "Dès que vous aurez payé, nous en serons informés automatiquement\u00a0: aucun justificatif à envoyer, et vous pouvez fermer cette page.",
    instead: "Vous préférez payer tout de suite avec MB WAY\u202f?",
    insteadWhy: "Cette référence est d’abord annulée, pour que vous ne payiez pas deux fois.",
  },

  declined: {
    refused: {
      title: "La demande a été refusée dans l’application",
      why: "Rien n’a été débité.",
    },
    unknown_phone: {
      title: "Ce numéro n’a pas MB WAY",
      why: "Rien n’a été débité.",
    },
    no_funds: {
      title: "Solde insuffisant",
      why: "La banque n’a pas autorisé le paiement et rien n’a été débité.",
    },
    mandate_refused: {
      title: "Le paiement autorisé n’a pas pu être utilisé",
      why: "Rien n’a été débité.",
    },
    card_no_funds: {
      title: "Provision insuffisante sur la carte",
      why: "La banque n’a pas autorisé le paiement et rien n’a été débité.",
    },
    card_refused: {
      title: "La banque a refusé cette carte",
      why: "Rien n’a été débité. La banque ne nous dit pas pourquoi\u202f; pour le savoir, adressez-vous à elle.",
    },
    card_expired: {
      title: "La carte a expiré",
      why: "Rien n’a été débité.",
    },
    card_wrong_code: {
      title: "Le code de sécurité est incorrect",
      why: "Rien n’a été débité.",
    },
    card_issuer_unavailable: {
      title: "La banque de la carte n’a pas répondu",
      why: "Rien n’a été débité.",
    },
    card_not_authenticated: {
      title: "La banque n’a pas pu vérifier votre identité",
      why: "Rien n’a été débité.",
    },
    card_not_answered: {
      title: "Le temps pour confirmer votre identité est écoulé",
      why: "Rien n’a été débité.",
    },
    other: {
      title: "Le paiement n’a pas été autorisé",
      why: "Rien n’a été débité.",
    },
  },

  notAnswered: {
    title: "La demande n’a pas été approuvée à temps",
    why: "Cela arrive.",
    safe: "Si la première était tout de même débitée, nous vous rembourserions le trop-perçu.",
  },

  failed: {
    title: "Une erreur s’est produite de notre côté",
    why: "La demande n’a pas été envoyée et rien n’a été débité.",
  },

  again: "Envoyer une nouvelle demande",
  againTo: (ending) => `La demande sera envoyée au mobile se terminant par ${ending}.`,

  paid: {
    title: "Payé. Merci\u202f!",
    to: (amount, merchant) => `${merchant} a reçu ${amount}.`,
  },

  authorized: {
    title: "Réservé. Merci\u202f!",
    to: (amount, merchant) =>
      `Le montant de ${amount} est réservé sur votre carte. ${merchant} le débitera lors du traitement de votre commande.`,
  },

  refunded: {
    fully: "Remboursé",
    partly: "Remboursé partiellement",
    fullyWhy: (refunded) => `Nous vous avons remboursé ${refunded}, sur le compte avec lequel vous avez payé.`,
    partlyWhy: (refunded, amount) => `Nous vous avons remboursé ${refunded}, sur un total payé de ${amount}.`,
  },

  canceled: {
    title: "Paiement annulé",
    why: (merchant) => `Il n’y a plus rien à payer\u00a0: ${merchant} a annulé ce paiement.`,
  },

  expired: {
    title: "Le délai de paiement est écoulé",
    uncharged: "Rien n’a été débité.",
    why: (merchant) => `Si vous souhaitez toujours acheter, demandez un nouveau paiement à ${merchant}.`,
  },

  underReview: {
    title: "Nous examinons ce paiement",
    dontPayAgain: "Ne payez pas une deuxième fois.",
    why: (merchant) =>
      `Nous avons reçu quelque chose d’inattendu et une personne s’en occupe. ${merchant} vous contactera si nécessaire.`,
  },

  givenBack: {
    pending: (amount) => `Nous avons reçu ${amount} par erreur et nous vous remboursons cette somme.`,
    done: (amount) => `Nous avons reçu ${amount} par erreur et nous vous avons remboursé cette somme.`,
    failed: (amount, merchant) =>
      `Nous avons reçu ${amount} par erreur et nous n’avons pas pu vous rembourser cette somme. Pour la recevoir, veuillez contacter ${merchant}.`,
  },

  cardElsewhere: {
    pay: "Continuer pour payer par carte",
    why: "Les données de la carte se saisissent sur la page de paiement, qui s’ouvre à la place de celle-ci.",
  },
};
