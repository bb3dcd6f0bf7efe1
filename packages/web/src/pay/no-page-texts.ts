import type { PageLang } from "../lang.ts";

/** What stands where a payment cannot be shown, by language. The server draws it, and no script needs it. */
export const noPageTexts = {
  pt: {
    unavailable: {
      title: "De momento, não conseguimos mostrar-lhe este pagamento",
      why: "Está guardado e nada se perdeu. Tente outra vez dentro de instantes.",
      tryAgain: "Tentar outra vez",
    },
    notFound: {
      title: "Não encontramos este pagamento",
      why: "Verifique se o endereço está completo, ou volte à loja e comece de novo.",
    },
    notHere: {
      title: "Este pagamento tem uma página própria",
      why: "Não o podemos mostrar dentro desta. Está guardado e nada se perdeu.",
      open: "Abrir a página do pagamento",
    },
  },
  en: {
    unavailable: {
      title: "We cannot show you this payment right now",
      why: "It is safe and nothing is lost. Try again in a moment.",
      tryAgain: "Try again",
    },
    notFound: {
      title: "We cannot find this payment",
      why: "Check that the address is complete, or go back to the shop and start again.",
    },
    notHere: {
      title: "This payment has a page of its own",
      why: "We cannot show it inside this one. It is safe and nothing is lost.",
      open: "Open the payment page",
    },
  },
  es: {
    unavailable: {
      title: "Ahora mismo no podemos mostrarle este pago",
      why: "Está guardado y no se ha perdido nada. Inténtelo de nuevo dentro de un momento.",
      tryAgain: "Intentarlo de nuevo",
    },
    notFound: {
      title: "No encontramos este pago",
      why: "Compruebe que la dirección está completa o vuelva a la tienda y empiece de nuevo.",
    },
    notHere: {
      title: "Este pago tiene su propia página",
      why: "No podemos mostrarlo dentro de esta. Está guardado y no se ha perdido nada.",
      open: "Abrir la página de pago",
    },
  },
  fr: {
    unavailable: {
      title: "Nous ne pouvons pas afficher ce paiement pour le moment",
      why: "Il est enregistré et rien n’est perdu. Réessayez dans un instant.",
      tryAgain: "Réessayer",
    },
    notFound: {
      title: "Ce paiement est introuvable",
      why: "Vérifiez que l’adresse est complète, ou revenez à la boutique et recommencez.",
    },
    notHere: {
      title: "Ce paiement a sa propre page",
      why: "Nous ne pouvons pas l’afficher dans celle-ci. Il est enregistré et rien n’est perdu.",
      open: "Ouvrir la page de paiement",
    },
  },
} satisfies Record<PageLang, object>;
