import type { Lang } from "../lang.ts";

const pt = {
  title: "Telemóvel a fingir",
  about: "Faz de conta que é o telemóvel de um cliente. Aqui não se mexe em dinheiro verdadeiro.",
  which: "Que telemóvel é este?",
  hint: "Qualquer número português. Alguns têm destino marcado:",
  scenarios: "os cenários",
  notAPhone: (typed: string) => `«${typed}» não é um número de telemóvel português.`,
  take: "Pegar neste",
  takeUsual: "Pegar no 919\u00a0999\u00a0999",
  none: "Ainda não pegou em nenhum telemóvel.",
  toAtm: "Prefere ir ao Multibanco?",
  screen: (phone: string) => `Ecrã do telemóvel ${phone}`,
  quiet: "Tudo sossegado",
  quietWhy: "Quando uma loja pedir um pagamento a este número, o pedido toca aqui.",
  asks: "pede-lhe",
  approve: "Aprovar",
  decline: "Recusar",
  left: (time: string) => `${time} para responder`,
  arrived: (merchant: string, amount: string) => `Novo pedido: ${merchant}, ${amount}.`,
  approved: "Aprovado!",
  approvedWhy: (amount: string, merchant: string) => `${amount} a caminho de ${merchant}.`,
  declined: "Recusado",
  declinedWhy: (merchant: string) => `Fica para a próxima. ${merchant} já sabe.`,
  tooLate: "Tarde demais",
  tooLateWhy: "O pedido já tinha acabado, ou alguém respondeu antes.",
};

const en: typeof pt = {
  title: "A make-believe phone",
  about: "Let’s say it is a customer’s phone. No real money moves here.",
  which: "Which phone is this?",
  hint: "Any Portuguese number. Some have a fate of their own:",
  scenarios: "the scenarios",
  notAPhone: (typed) => `“${typed}” is not a Portuguese mobile number.`,
  take: "Pick it up",
  takeUsual: "Pick up 919\u00a0999\u00a0999",
  none: "You have not picked up a phone yet.",
  toAtm: "Rather walk to the cash machine?",
  screen: (phone) => `Screen of the phone ${phone}`,
  quiet: "All quiet",
  quietWhy: "When a shop asks this number for a payment, it rings here.",
  asks: "asks you for",
  approve: "Approve",
  decline: "Decline",
  left: (time) => `${time} to answer`,
  arrived: (merchant, amount) => `New request: ${merchant}, ${amount}.`,
  approved: "Approved!",
  approvedWhy: (amount, merchant) => `${amount} on its way to ${merchant}.`,
  declined: "Declined",
  declinedWhy: (merchant) => `Another time, then. ${merchant} knows already.`,
  tooLate: "Too late",
  tooLateWhy: "The request was over already, or somebody answered first.",
};

export type PhoneTexts = typeof pt;

/** The simulated phone in each language. */
export const phoneTexts: Record<Lang, PhoneTexts> = { pt, en };
