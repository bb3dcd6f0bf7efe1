import { expect, it } from "vitest";
import { TIN_OF_THE_MONTH } from "./goods.ts";
import type { ShownPayment } from "./orders.ts";
import { orderPage } from "./pages.ts";
import { subscriptionPage } from "./subscription-pages.ts";
import type { ShownMandate } from "./subscriptions.ts";

/** What announces goods, in both languages. */
const PROMISE = /obrigad|thank|embrulh|wrapp|a caminho|on their way|enviad|sent|vão a|\/parcel/i;

const PAYMENT: ShownPayment = {
  status: "open",
  amount: 990,
  amountRefunded: 0,
  reference: "S-2222-3333-4444",
  metadata: {},
  payUrl: "http://127.0.0.1/pay/x",
  plan: { id: "plan_1", period: 1, date: "2026-11-15" },
};

const MANDATE: ShownMandate = {
  id: "man_1",
  status: "active",
  customer: { id: "ana", name: "Ana Sousa" },
  failure: null,
  authorizeUrl: "http://127.0.0.1/authorize/x",
  manageUrl: "http://127.0.0.1/mandates/x",
  plans: [],
};

const UNPAID = (["open", "pending", "authorized", "canceled", "expired"] as const).map((status) => ({
  ...PAYMENT,
  status,
}));
const PAID: ShownPayment = { ...PAYMENT, status: "paid" };
const RETURNED: ShownPayment = { ...PAID, amountRefunded: 990 };

/** The pages of an order that is paid so, in both languages. */
function orderPages(payment: ShownPayment): string[] {
  const order = { id: "2222-3333-4444", good: TIN_OF_THE_MONTH, quantity: 1, payment };
  return (["pt", "en"] as const).map((language) => orderPage(language, order).text);
}

/** The pages of a subscription whose charges stand so, newest first. */
function subscriptionPages(status: ShownMandate["status"], charges: readonly ShownPayment[]): string[] {
  const subscription = { number: "S-2222-3333-4444", mandate: { ...MANDATE, status }, plan: undefined, charges };
  return (["pt", "en"] as const).map((language) => subscriptionPage(language, subscription).text);
}

it("announces an order's goods when it is paid, and in no other state", () => {
  for (const page of orderPages(PAID)) expect(page).toMatch(PROMISE);
  for (const page of [...UNPAID, RETURNED].flatMap(orderPages)) expect(page).not.toMatch(PROMISE);
});

it("announces a month's goods when that month is paid, and not because the customer agreed to be charged", () => {
  for (const page of subscriptionPages("active", [PAID, RETURNED])) expect(page).toMatch(PROMISE);
  const notPaid = [[], ...[...UNPAID, RETURNED].flatMap((charge) => [[charge], [charge, PAID]])];
  for (const page of notPaid.flatMap((charges) => subscriptionPages("active", charges)))
    expect(page).not.toMatch(PROMISE);
  for (const status of ["pending", "suspended", "canceled", "expired", "refused"] as const) {
    for (const page of subscriptionPages(status, [PAID])) expect(page).not.toMatch(PROMISE);
  }
});
