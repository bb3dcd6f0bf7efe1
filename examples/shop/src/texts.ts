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
    text: "Não conseguimos chegar ao pagamento. Nada foi cobrado e, por mais que carregue, só há uma encomenda.",
    again: "Tentar outra vez",
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
  canceled: { title: "Order canceled", text: "Nothing is left to pay." },
  expired: { title: "The time to pay is over", text: "Nothing was charged. If you still like it, order it again." },
  notFound: { title: "There is nothing here", text: "Please check that the address is complete." },
  notNow: {
    title: "Not just now",
    text: "We could not reach the payment. Nothing was charged, and however often you press, it is one order.",
    again: "Try again",
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
