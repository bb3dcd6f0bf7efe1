import { cents } from "@caravela/sibs/money";
import type { PhoneMandate, PhoneRequest, PhoneView } from "@caravela/web/phone";

const request = {
  id: "s2CB2CH3U91PdGDHsacJ",
  kind: "purchase",
  amount: cents(550),
  merchant: "Loja da Ribeira",
  description: "Duas canecas",
  secondsLeft: 197,
} satisfies PhoneRequest;

const mandateRequest = {
  id: "s2pTg6Wd0Jq1xLr4Kz8A",
  kind: "mandate",
  type: "subscription",
  merchant: "Loja da Ribeira",
  description: "Café de todos os meses",
  customerName: "Ana Sousa",
  terms: { limit: "100.00", validUntil: "2027-11-22" },
  secondsLeft: 197,
} satisfies PhoneRequest;

const LONG_NAME = "Sociedade Transformadora de Papéis e Azulejos do Vouga, Limitada";

const mandate = {
  id: "s2vYb2Nc7Hs5tMd9Qe3F",
  merchant: "Loja da Ribeira",
  description: "Café de todos os meses",
  type: "subscription",
  status: "active",
  limit: cents(5_000),
  available: cents(4_010),
  validUntil: "2027-12-31",
} satisfies PhoneMandate;

const mandates: PhoneMandate[] = [
  mandate,
  {
    ...mandate,
    id: "s2oneclick",
    merchant: LONG_NAME,
    description: null,
    type: "oneclick",
    status: "suspended",
    limit: cents(99_999_999),
    available: cents(99_999_999),
  },
  { ...mandate, id: "s2spent", merchant: "Águas do Tejo", description: "Água", available: cents(0) },
  { ...mandate, id: "s2expired", merchant: "Ginásio da Sé", status: "expired", validUntil: "2026-10-31" },
  { ...mandate, id: "s2canceled", merchant: "Revista Farol", status: "canceled" },
];

const quiet = {
  alias: "351#919999999",
  notAPhone: null,
  waiting: [],
  mandates: [],
  today: "2026-11-22",
  refused: null,
  answered: null,
} satisfies Partial<PhoneView>;

/** The simulated phone in every state. */
export const phoneStates: Record<string, Omit<PhoneView, "lang">> = {
  none: { ...quiet, alias: null },
  "not-a-phone": { ...quiet, alias: null, notAPhone: "21 123 45 67" },
  quiet,
  asked: { ...quiet, waiting: [request] },
  "asked-twice": {
    ...quiet,
    waiting: [
      { ...request, secondsLeft: 31 },
      {
        ...request,
        id: "s2second",
        amount: cents(99_999_999),
        merchant: LONG_NAME,
        description: null,
        secondsLeft: 240,
      },
    ],
  },
  approved: {
    ...quiet,
    answered: { outcome: "approved", amount: cents(550), merchant: "Loja da Ribeira" },
  },
  declined: {
    ...quiet,
    answered: { outcome: "declined", merchant: "Loja da Ribeira" },
  },
  "too-late": { ...quiet, answered: { outcome: "too_late" } },
  "mandate-asked": { ...quiet, waiting: [mandateRequest] },
  "mandate-asked-oneclick": {
    ...quiet,
    waiting: [
      { ...mandateRequest, type: "oneclick", merchant: LONG_NAME, description: null, secondsLeft: 42 },
      request,
    ],
    mandates,
  },
  "mandate-terms-refused": {
    ...quiet,
    waiting: [mandateRequest],
    refused: {
      id: mandateRequest.id,
      limit: "0",
      validUntil: "2026-11-21",
      problems: { limit: "not_above_zero", validUntil: "past" },
    },
  },
  "mandate-approved": { ...quiet, mandates: [mandate], answered: { outcome: "authorised", ...mandate } },
  mandates: { ...quiet, mandates },
  "mandate-change-refused": {
    ...quiet,
    mandates: [mandate],
    refused: {
      id: mandate.id,
      limit: "",
      validUntil: "2027-12-31",
      problems: { limit: "not_an_amount", validUntil: null },
    },
  },
};
