import { cents } from "@caravela/sibs/money";
import type { AuthorizeScreen, AuthorizeView, RefusalReason } from "@caravela/web/authorize";
import type { ChargeOnPage, MandateView, PlanOnPage, TermsView } from "@caravela/web/mandate";
import { longShop, plainShop, wholeShop } from "./shops.ts";

const monthly = {
  id: "plan_1",
  description: null,
  amount: cents(990),
  every: "month",
  firstDate: "2026-12-01",
  endDate: null,
  state: "running",
  nextDate: "2027-01-01",
} satisfies PlanOnPage;

const fortnightly = {
  ...monthly,
  id: "plan_2",
  description: "Pão de centeio",
  amount: cents(450),
  every: { days: 14 },
  firstDate: "2026-12-07",
  endDate: "2027-06-30",
  nextDate: "2026-12-21",
} satisfies PlanOnPage;

const paused = { ...fortnightly, state: "paused", nextDate: null } satisfies PlanOnPage;

const ended = { ...monthly, state: "over", nextDate: null } satisfies PlanOnPage;

const asked = {
  version: 1,
  shop: plainShop,
  merchant: plainShop.name,
  returnUrl: "https://shop.example/subscriptions/7?mandate=man_1&status=active",
  back: "https://shop.example/subscriptions/7?mandate=man_1&status=active",
  description: "Café do mês",
  reference: "subscription-7",
  type: "subscription",
  phone: "351#*****9999",
  limit: null,
  validUntil: null,
  plans: [monthly],
} satisfies Partial<TermsView>;

const agreed = { ...asked, limit: cents(5000), validUntil: "2027-12-31" } satisfies Partial<TermsView>;

const oneclick = {
  ...asked,
  type: "oneclick",
  description: "Compras com um toque",
  reference: null,
  plans: [],
} satisfies Partial<TermsView>;

const LONG = {
  shop: longShop,
  description: "Otorrinolaringologicamenteimpronunciávelesemespaçosnenhuns",
  reference: "2026/11/22-0000000000000000000000017",
  plans: [monthly, { ...fortnightly, amount: cents(99_999_999) }],
};

const reasons = [
  "refused",
  "not_answered",
  "unknown_phone",
  "withdrawn",
  "failed",
  "other",
] as const satisfies RefusalReason[];

const waiting = { kind: "waiting", secondsLeft: 197 } satisfies AuthorizeScreen;

type AuthorizeState = Omit<AuthorizeView, "lang" | "path" | "managePath">;

/** Every place where a customer who is asked to agree may stand. */
export const authorizeStates: Record<string, AuthorizeState> = {
  "whole-shop": { ...asked, shop: wholeShop, screen: waiting },
  unconfirmed: { ...asked, screen: { kind: "unconfirmed" } },
  waiting: { ...asked, screen: waiting },
  "waiting-hurry": { ...asked, screen: { kind: "waiting", secondsLeft: 42 } },
  "waiting-two-plans": { ...asked, plans: [monthly, fortnightly], screen: waiting },
  "waiting-no-plan": { ...asked, plans: [], screen: waiting },
  "waiting-oneclick": { ...oneclick, screen: waiting },
  "long-words": { ...asked, ...LONG, screen: waiting },
  confirming: { ...asked, screen: { kind: "confirming" } },
  active: { ...agreed, returnUrl: null, back: null, screen: { kind: "active", returnAfterSeconds: null } },
  "active-returning": { ...agreed, screen: { kind: "active", returnAfterSeconds: 3600 } },
  "active-oneclick": { ...oneclick, limit: cents(10_000), validUntil: "2027-11-22", screen: noReturn() },
  suspended: { ...agreed, screen: { kind: "suspended" } },
  ...Object.fromEntries(
    reasons.map((reason) => [`refused-${reason}`, { ...asked, screen: { kind: "refused", reason } }]),
  ),
  canceled: { ...agreed, screen: { kind: "over", why: "canceled" } },
  expired: { ...agreed, screen: { kind: "over", why: "expired" } },
};

function noReturn(): AuthorizeScreen {
  return { kind: "active", returnAfterSeconds: null };
}

const charge = {
  id: "pay_1",
  at: "2026-12-01T09:00:00Z",
  amount: cents(990),
  description: "Café do mês",
  state: "paid",
  payPath: null,
} satisfies ChargeOnPage;

const charges: ChargeOnPage[] = [
  { ...charge, id: "pay_7", at: "2027-05-01T08:00:00Z", state: "to_approve" },
  { ...charge, id: "pay_6", at: "2027-04-01T08:00:00Z", state: "unpaid", payPath: "/pay/gallery" },
  { ...charge, id: "pay_5", at: "2027-03-01T09:00:00Z", state: "on_the_way" },
  { ...charge, id: "pay_4", at: "2027-02-01T09:00:00Z", state: "not_charged" },
  {
    ...charge,
    id: "pay_3",
    at: "2027-01-20T17:41:00Z",
    description: null,
    amount: cents(2350),
    state: "partly_refunded",
  },
  { ...charge, id: "pay_2", at: "2027-01-01T09:00:00Z", description: "Pão de centeio", state: "refunded" },
  charge,
];

const kept = {
  ...agreed,
  returnUrl: null,
  back: null,
  charges: [],
  hasMoreCharges: false,
  asksToEnd: false,
} satisfies Partial<MandateView>;

type MandateState = Omit<MandateView, "lang" | "path" | "authorizePath">;

/** A mandate that is looked after, in every state. */
export const mandateStates: Record<string, MandateState> = {
  pending: { ...kept, limit: null, validUntil: null, screen: { kind: "pending" } },
  "active-new": { ...kept, screen: { kind: "active" } },
  active: { ...kept, plans: [monthly, fortnightly], charges, hasMoreCharges: true, screen: { kind: "active" } },
  "active-paused-plan": { ...kept, plans: [monthly, paused], charges: [charge], screen: { kind: "active" } },
  "active-oneclick": {
    ...kept,
    ...oneclick,
    limit: cents(10_000),
    validUntil: "2027-11-22",
    screen: { kind: "active" },
  },
  "long-words": {
    ...kept,
    ...LONG,
    charges: [{ ...charge, description: LONG.description }],
    screen: { kind: "active" },
  },
  suspended: { ...kept, charges: [charge], screen: { kind: "suspended" } },
  "asks-to-end": { ...kept, plans: [monthly, fortnightly], asksToEnd: true, screen: { kind: "active" } },
  "asks-to-end-pending": { ...kept, plans: [], asksToEnd: true, screen: { kind: "pending" } },
  canceled: { ...kept, plans: [ended], charges, screen: { kind: "canceled" } },
  expired: { ...kept, plans: [], charges: [charge], screen: { kind: "expired" } },
  refused: { ...kept, plans: [], limit: null, validUntil: null, screen: { kind: "refused" } },
};
