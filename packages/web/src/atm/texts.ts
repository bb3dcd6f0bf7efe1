import type { Lang } from "../lang.ts";
import type { AtmRefusal } from "./view.ts";

const pt = {
  title: "Multibanco a fingir",
  about: "Faz de conta que é a caixa automática da esquina. Não sai dinheiro, nem entra.",
  toPhone: "Prefere o telemóvel?",
  service: "Pagamento de serviços",
  entity: "Entidade",
  reference: "Referência",
  amount: "Montante",
  pay: "Pagar",
  keypad: "Teclado",
  correct: "Corrigir",
  comma: "Vírgula",
  refusedTitle: "Operação recusada",
  refused: {
    malformed: "Um dos campos não está bem. A entidade tem 5 algarismos, a referência 9 e o montante é em euros.",
    unknown: "Esta referência não existe nesta entidade. Confirme os algarismos.",
    not_yet_valid: "Ainda é cedo: esta referência só vale mais tarde.",
    lapsed: "O prazo desta referência já acabou.",
    canceled: "Esta referência foi anulada.",
    wrong_amount: "O montante não é o que foi pedido. Confirme os cêntimos.",
    already_paid: "Esta referência já está paga. Uma vez chega.",
  } satisfies Record<AtmRefusal, string>,
  takeReceipt: "Operação efetuada. Retire o seu talão.",
  another: "Outra operação",
  receipt: {
    label: "Talão",
    head: "Pagamento de serviços",
    transaction: "Transação",
    thanks: "Obrigado. Não precisa de mostrar isto a ninguém: a loja já vai saber.",
  },
};

const en: typeof pt = {
  title: "A make-believe cash machine",
  about: "Let’s say it is the one around the corner. No money comes out, and none goes in.",
  toPhone: "Rather use the phone?",
  service: "Payment of services",
  entity: "Entity",
  reference: "Reference",
  amount: "Amount",
  pay: "Pay",
  keypad: "Keypad",
  correct: "Correct",
  comma: "Comma",
  refusedTitle: "Not possible",
  refused: {
    malformed: "One of the fields is not right. The entity has 5 digits, the reference 9, and the amount is in euros.",
    unknown: "There is no such reference of this entity. Check the digits.",
    not_yet_valid: "Too early: this reference is good only later.",
    lapsed: "This reference’s time is over.",
    canceled: "This reference was cancelled.",
    wrong_amount: "The amount is not the one asked for. Check the cents.",
    already_paid: "This reference is paid already. Once is enough.",
  },
  takeReceipt: "Done. Please take your receipt.",
  another: "Something else",
  receipt: {
    label: "Receipt",
    head: "Payment of services",
    transaction: "Transaction",
    thanks: "Thank you. No need to show this to anyone: the shop is about to know.",
  },
};

export type AtmTexts = typeof pt;

/** The simulated ATM in each language. */
export const atmTexts: Record<Lang, AtmTexts> = { pt, en };
