import { cents } from "@caravela/sibs/money";
import type { PayScreen, PayView } from "@caravela/web/pay";

const phone = "351#*****9999";

/** Every place where a customer may stand, as the page is asked to show it. */
const screens: Record<string, PayScreen> = {
  choose: { kind: "choose" },
  waiting: { kind: "mbway_waiting", phone, secondsLeft: 197 },
  "waiting-hurry": { kind: "mbway_waiting", phone, secondsLeft: 42 },
  confirming: { kind: "mbway_confirming", phone, again: "offered" },
  "confirming-kept": { kind: "mbway_confirming", phone, again: "kept" },
  unconfirmed: { kind: "unconfirmed", method: "mbway" },
  reference: { kind: "reference", entity: "24000", reference: "066295419", endsAt: "2026-11-25T10:41:00.000Z" },
  "declined-refused": { kind: "declined", reason: "refused", phone },
  "declined-unknown-phone": { kind: "declined", reason: "unknown_phone", phone },
  "declined-no-funds": { kind: "declined", reason: "no_funds", phone },
  "declined-other": { kind: "declined", reason: "other", phone: null },
  "not-answered": { kind: "not_answered", phone },
  failed: { kind: "failed", phone },
  paid: {
    kind: "paid",
    method: "mbway",
    paidAt: "2026-11-22T10:41:00.000Z",
    returnAfterSeconds: null,
    givenBack: null,
  },
  "paid-returning": {
    kind: "paid",
    method: "multibanco",
    paidAt: "2026-11-22T10:41:00.000Z",
    returnAfterSeconds: 3600,
    givenBack: { amount: cents(550), done: false },
  },
  refunded: { kind: "refunded", amountRefunded: cents(550) },
  "refunded-partly": { kind: "refunded", amountRefunded: cents(100) },
  canceled: { kind: "canceled", givenBack: { amount: cents(550), done: true } },
  expired: { kind: "expired", givenBack: null },
  "under-review": { kind: "under_review" },
};

const ordinary = {
  version: 1,
  request: "1",
  merchant: "Loja da Ribeira",
  amount: cents(550),
  description: "Duas canecas",
  reference: "order-17",
  methods: ["mbway", "multibanco"],
  phone: null,
  typed: null,
  returnUrl: "https://shop.example/orders/17?payment=pay_1&status=paid",
} satisfies Partial<PayView>;

/** The same payment in every state, and a few payments that are hard to set: long words, large amounts, a field with a fault. */
export const payStates: Record<string, Omit<PayView, "lang" | "path">> = {
  ...Object.fromEntries(Object.entries(screens).map(([name, screen]) => [name, { ...ordinary, screen }])),
  "typed-wrong": { ...ordinary, screen: { kind: "choose" }, typed: { phone: "21 123 45 67", problem: "not_mobile" } },
  "reference-typed-wrong": {
    ...ordinary,
    screen: { kind: "reference", entity: "24000", reference: "123456789", endsAt: "2027-01-02T23:59:00.000Z" },
    typed: { phone: "9199999", problem: "too_short" },
  },
  "long-words": {
    ...ordinary,
    screen: { kind: "mbway_waiting", phone, secondsLeft: 240 },
    merchant: "Sociedade Transformadora de Papéis e Azulejos do Vouga, Limitada",
    amount: cents(99_999_999),
    description: "Otorrinolaringologicamenteimpronunciávelesemespaçosnenhuns",
    reference: "2026/11/22-0000000000000000000000017",
  },
  "multibanco-alone": { ...ordinary, screen: { kind: "choose" }, methods: ["multibanco"], description: null },
};
