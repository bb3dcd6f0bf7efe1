import type { Lang } from "../lang.ts";

const pt = {
  bank: "Banco da Rua",
  title: "Confirme o pagamento",
  asks: (merchant: string) => `${merchant} pede que confirme este pagamento com o seu cartão:`,
  password: "Palavra-passe",
  hint: "Neste banco a fingir é sempre 123456.",
  wrong: "Palavra-passe errada. Tente outra vez.",
  confirm: "Confirmar",
  cancel: "Desistir",
  back: "Voltar à loja",
  close: "Pode voltar à loja.",
  endings: {
    passed: "Confirmado. Obrigado.",
    failed: "Não foi possível confirmar que é mesmo o dono do cartão.",
    canceled: "Desistiu. O cartão não é usado.",
    timed_out: "Demorou demasiado.",
    done: "O banco conhece este navegador.",
    over: "Aqui já não há nada para confirmar.",
  },
  simulated: "Um banco a fingir. Nunca escreva aqui uma palavra-passe verdadeira.",
  about:
    "Está por trás do gateway e emite os cartões de teste. Qualquer outro número com o algarismo de controlo certo é aprovado, sem 3-D Secure.",
  waiting: (count: number) => `Clientes à espera de confirmar: ${count}.`,
  card: "Cartão",
  outcome: "O que acontece",
};

const en: typeof pt = {
  bank: "Street Corner Bank",
  title: "Confirm the payment",
  asks: (merchant: string) => `${merchant} asks you to confirm this payment with your card:`,
  password: "Password",
  hint: "At this make-believe bank it is always 123456.",
  wrong: "Wrong password. Try again.",
  confirm: "Confirm",
  cancel: "Give up",
  back: "Back to the shop",
  close: "You can go back to the shop.",
  endings: {
    passed: "Confirmed. Thank you.",
    failed: "We could not make sure that the card is yours.",
    canceled: "You gave up. The card is not used.",
    timed_out: "It took too long.",
    done: "The bank knows this browser.",
    over: "There is nothing left to confirm here.",
  },
  simulated: "A make-believe bank. Never type a real password here.",
  about:
    "It stands behind the gateway and issues the test cards. Any other number whose check digit is right is approved, without 3-D Secure.",
  waiting: (count: number) => `Customers who are asked to confirm now: ${count}.`,
  card: "Card",
  outcome: "What happens",
};

/** What the bank says, in each language. */
export const texts: Readonly<Record<Lang, typeof pt>> = { pt, en };
