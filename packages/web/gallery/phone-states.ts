import { cents } from "@caravela/sibs/money";
import type { PhoneRequest, PhoneView } from "@caravela/web/phone";

const request = {
  id: "s2CB2CH3U91PdGDHsacJ",
  amount: cents(550),
  merchant: "Loja da Ribeira",
  description: "Duas canecas",
  secondsLeft: 197,
} satisfies PhoneRequest;

const quiet = {
  alias: "351#919999999",
  notAPhone: null,
  waiting: [],
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
        id: "s2second",
        amount: cents(99_999_999),
        merchant: "Sociedade Transformadora de Papéis e Azulejos do Vouga, Limitada",
        description: null,
        secondsLeft: 240,
      },
    ],
  },
  approved: { ...quiet, answered: { outcome: "approved", amount: cents(550), merchant: "Loja da Ribeira" } },
  declined: { ...quiet, answered: { outcome: "declined", amount: cents(550), merchant: "Loja da Ribeira" } },
  "too-late": { ...quiet, answered: { outcome: "too_late" } },
};
