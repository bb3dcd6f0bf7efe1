/** The same in both languages of the shop. */
export type Words = Readonly<Record<Language, string>>;
export type Language = "pt" | "en";

const pt = {
  shop: "Loja da Caravela",
  motto: "Coisas boas, feitas cá.",
  intro: "Escolha, encomende, pague com o telemóvel, numa caixa automática ou com cartão.",
  signIn: "Entrar como Ana",
  signedInAs: (name: string) => `Olá, ${name}`,
  signOut: "Sair",
  goods: "À venda",
  quantity: "Quantidade",
  order: "Encomendar",
  payHere: "Pagar aqui na loja",
  checkout: "Pagar a encomenda",
  toOrder: "Ver a encomenda",
  example: "Uma loja de exemplo: nada se vende e ninguém paga a sério.",
  number: "Encomenda",
  total: "Total",
  toShop: "Voltar à loja",
  unpaid: {
    title: "Falta o pagamento",
    text: "Guardámos a sua encomenda. Esta página muda sozinha assim que o pagamento chegar.",
    pay: "Ir para o pagamento",
    update: "Atualizar",
  },
  paid: { title: "Está paga. Obrigado!", text: "Recebemos o pagamento e já estamos a embrulhar." },
  refunded: { title: "Dinheiro devolvido", text: (sum: string) => `Devolvemos-lhe ${sum}.` },
  canceled: { title: "Encomenda cancelada", text: "Já não é preciso pagar." },
  expired: { title: "O prazo para pagar acabou", text: "Nada foi cobrado. Se ainda quiser, encomende outra vez." },
  notFound: { title: "Aqui não há nada", text: "Veja se o endereço está completo." },
  notNow: {
    title: "Agora não deu",
    text: "Não conseguimos chegar ao pagamento. Nada foi cobrado e, por mais que carregue, só conta uma vez.",
    again: "Tentar outra vez",
  },
  subscription: {
    signIn: "Entrar para subscrever",
    phone: "Telemóvel com MB WAY",
    subscribe: "Subscrever",
    aMonth: "por mês",
    number: "Subscrição",
    next: "Próxima cobrança",
    paid: "Meses pagos",
    pay: "Por pagar",
    charge: { paid: "Pago", refunded: "Devolvido", canceled: "Cancelado", expired: "Não pago" },
    authorize: "Ver o pedido",
    manage: "Ver a autorização",
    end: "Terminar a subscrição",
    otherPhone: {
      title: "Que telemóvel?",
      wrong: "Este não é um número de telemóvel português. Veja se faltam algarismos.",
      refused: "O MB WAY não aceitou o pedido para este número. Veja se está certo, ou indique outro.",
    },
    pending: {
      title: "Falta autorizar",
      text: "Aceite o pedido na app MB WAY: o limite e o fim é lá que os escolhe. Esta página muda sozinha.",
    },
    active: { title: "Subscrição ativa", text: "As latas de cada mês seguem quando o pagamento desse mês chegar." },
    sent: { title: "As latas deste mês vão a caminho", text: "Uma vez por mês, até dizer que chega." },
    suspended: { title: "Em pausa", text: "Pôs a autorização em pausa na app MB WAY. Retome-a lá quando quiser." },
    canceled: { title: "Subscrição terminada", text: "Nada mais será cobrado. Foi um gosto." },
    expired: {
      title: "A autorização chegou ao fim",
      text: "Nada mais será cobrado. Se ainda quiser, subscreva outra vez.",
    },
    refused: { title: "Sem autorização", text: "Nada foi cobrado. Se foi engano, subscreva outra vez." },
  },
};

const en: typeof pt = {
  shop: "The Caravela Shop",
  motto: "Good things, made in Portugal.",
  intro: "Choose, order, and pay with your phone, at a cash machine or by card.",
  signIn: "Sign in as Ana",
  signedInAs: (name) => `Hello, ${name}`,
  signOut: "Sign out",
  goods: "For sale",
  quantity: "Quantity",
  order: "Order",
  payHere: "Pay here in the shop",
  checkout: "Pay your order",
  toOrder: "See the order",
  example: "An example shop: nothing is sold and nobody really pays.",
  number: "Order",
  total: "Total",
  toShop: "Back to the shop",
  unpaid: {
    title: "Waiting for your payment",
    text: "We have kept your order. This page changes by itself as soon as the payment arrives.",
    pay: "Go to the payment",
    update: "Update",
  },
  paid: { title: "It is paid. Thank you!", text: "Your payment has arrived, and we are wrapping it up." },
  refunded: { title: "Money returned", text: (sum: string) => `We have returned ${sum} to you.` },
  canceled: { title: "Order cancelled", text: "Nothing is left to pay." },
  expired: { title: "The time to pay is over", text: "Nothing was charged. If you still like it, order it again." },
  notFound: { title: "There is nothing here", text: "Please check that the address is complete." },
  notNow: {
    title: "Not just now",
    text: "We could not reach the payment. Nothing was charged, and however often you press, it counts once.",
    again: "Try again",
  },
  subscription: {
    signIn: "Sign in to subscribe",
    phone: "Phone with MB WAY",
    subscribe: "Subscribe",
    aMonth: "a month",
    number: "Subscription",
    next: "Next charge",
    paid: "Months paid",
    pay: "To be paid",
    charge: { paid: "Paid", refunded: "Returned", canceled: "Cancelled", expired: "Not paid" },
    authorize: "See the request",
    manage: "See the authorisation",
    end: "End the subscription",
    otherPhone: {
      title: "Which phone?",
      wrong: "This is not a Portuguese mobile number. Please check for missing digits.",
      refused: "MB WAY did not accept the request for this number. Please check it, or give another.",
    },
    pending: {
      title: "Waiting for you to authorise it",
      text: "Approve the request in your MB WAY app: you set the limit and the end there. This page changes by itself.",
    },
    active: {
      title: "Your subscription is active",
      text: "Each month's tins leave once that month's payment has arrived.",
    },
    sent: { title: "This month's tins are on their way", text: "Once a month, until you say stop." },
    suspended: {
      title: "Paused",
      text: "You paused the authorisation in your MB WAY app. Resume it there whenever you like.",
    },
    canceled: { title: "Subscription ended", text: "Nothing more will be charged. It was a pleasure." },
    expired: {
      title: "The authorisation has run out",
      text: "Nothing more will be charged. If you still like it, subscribe again.",
    },
    refused: { title: "Not authorised", text: "Nothing was charged. If that was a slip, subscribe again." },
  },
};

export type Texts = typeof pt;
export const TEXTS: Readonly<Record<Language, Texts>> = { pt, en };

/** The customer's language, as the browser says: whichever of ours it names first. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const first = /\b(pt|en)\b/i.exec(acceptLanguage ?? "pt");
  return first?.[1]?.toLowerCase() === "en" ? "en" : "pt";
}

/** Cents as people here write them: 1.190,00 € or €1,190.00. */
export function euros(cents: number, language: Language): string {
  const format = new Intl.NumberFormat(language === "pt" ? "pt-PT" : "en-IE", { style: "currency", currency: "EUR" });
  return format.format(cents / 100);
}

/** A day as people here write it. @param date `2026-12-01` */
export function day(date: string, language: Language): string {
  const format = new Intl.DateTimeFormat(language === "pt" ? "pt-PT" : "en-IE", { dateStyle: "long", timeZone: "UTC" });
  return format.format(new Date(date));
}
