import type { PlanOnPage, TermsView } from "./view.ts";

/** What a customer agrees to, in European Portuguese. */
export const terms = {
  authorizedTo: "Pagamento autorizado a",
  reference: "Referência",
  atMost: "No máximo",
  validUntil: "Válido até",
  phone: "Telemóvel",
  phoneEnding: (ending: string) => `o que termina em ${ending}`,
  howToStop: "Como parar",

  rate: (amount: string, every: PlanOnPage["every"]) => `${amount} ${everyInWords(every)}`,
  during: (first: string, end: string | null) => `a partir de ${first}${end === null ? "" : ` e até ${end}`}`,
  paused: "em pausa",
  withoutPlan: {
    subscription: (merchant: string) => `O que for devido a ${merchant}, sem lhe pedir confirmação de cada vez.`,
    oneclick: (merchant: string) => `Cada compra que confirmar em ${merchant}, com um toque.`,
  } satisfies Record<TermsView["type"], unknown>,

  limit: {
    subscription: (amount: string) => `${amount} por mês`,
    oneclick: (amount: string) => `${amount} por compra`,
  } satisfies Record<TermsView["type"], unknown>,
  limitToSet: {
    subscription: "O limite por mês que escolher na aplicação.",
    oneclick: "O limite por compra que escolher na aplicação.",
  } satisfies Record<TermsView["type"], string>,
  overLimit: "O que passar do limite só é cobrado se o aprovar no telemóvel.",
  endToSet: "O dia que escolher na aplicação.",
  stop: "Quando quiser, na aplicação MB\u00a0WAY ou na",
  stopHere: "página deste pagamento autorizado",
};

function everyInWords(every: PlanOnPage["every"]): string {
  if (every === "month") return "todos os meses";
  if (every.days === 1) return "todos os dias";
  if (every.days === 7) return "todas as semanas";
  return `de ${every.days} em ${every.days} dias`;
}

/** What every language says of it, key for key. */
export type TermsTexts = typeof terms;
