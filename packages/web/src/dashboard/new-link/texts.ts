import { inBoth } from "../texts.ts";

/** The page on which a payment link is made. */
export const newLinkTexts = inBoth(
  {
    title: "Novo link de pagamento",
    why: "Cria um pagamento. A seguir tem o endereço, o código QR e um texto para enviar ao cliente.",
    press: "Criar o link",
    amount: "Valor, em euros",
    description: "O que é",
    descriptionHint: "O cliente lê isto na página e na aplicação.",
    reference: "Número da encomenda",
    until: "Vale até ao fim de",
    untilHint: "No máximo daqui a 90 dias.",
    methods: "Formas de pagar",
    all: "Todas as que a loja tem",
    only: { mbway: "Só MB WAY", multibanco: "Só Multibanco", card: "Só cartão" } as Readonly<Record<string, string>>,
    terminal: "Terminal",
  },
  {
    title: "New payment link",
    why: "Makes a payment. Next come its address, a QR code, and a text to send to the customer.",
    press: "Make the link",
    amount: "Amount, in euros",
    description: "What it is for",
    descriptionHint: "The customer reads this on the page and in the app.",
    reference: "Order number",
    until: "Good until the end of",
    untilHint: "At most 90 days from now.",
    methods: "Ways to pay",
    all: "All that the shop has",
    only: { mbway: "MB WAY alone", multibanco: "Multibanco alone", card: "Card alone" },
    terminal: "Terminal",
  },
);
