import type { IncomingMessage, ServerResponse } from "node:http";
import { type Mandate, ProblemError } from "@caravela/client";
import type { Customer } from "./accounts.ts";
import { TIN_OF_THE_MONTH } from "./goods.ts";
import { leadTo, readBody, show } from "./http.ts";
import { notFoundPage, notNowPage } from "./pages.ts";
import type { Shop } from "./shop.ts";
import { otherPhonePage, subscriptionPage } from "./subscription-pages.ts";
import { isSubscriptionNumber, newSubscriptionNumber, type Subscription } from "./subscriptions.ts";
import type { Language } from "./texts.ts";

/** A subscription: the customer's consent is asked for, and the customer sent to read what they are asked. */
export async function subscribe(
  request: IncomingMessage,
  response: ServerResponse,
  shop: Shop,
  language: Language,
): Promise<void> {
  const form = new URLSearchParams(await readBody(request));
  const [number, phone] = [form.get("subscription") ?? "", form.get("phone") ?? ""];
  const customer = shop.accounts.customer(request.headers.cookie);
  if (!isSubscriptionNumber(number)) return show(response, 404, notFoundPage(language));
  if (customer === undefined) return leadTo(response, "/"); // signed out meanwhile: the shop shows the way in
  try {
    const mandate = await askForConsent(shop, { number, phone, customer }, language);
    if (mandate.status === "refused") return show(response, 422, otherPhonePage(language, phone, "refused"));
    leadTo(response, mandate.authorizeUrl);
  } catch (error) {
    const isPhone = error instanceof ProblemError && error.errors.some(({ field }) => field === "/phone");
    if (isPhone) return show(response, 422, otherPhonePage(language, phone, "wrong"));
    console.error(`subscription ${number}:`, error);
    show(response, 503, notNowPage(language, "/subscriptions", form));
  }
}

interface Wish {
  readonly number: string;
  readonly phone: string;
  readonly customer: Customer;
}

/**
 * Two calls: may we charge this customer, and when we shall. The plan is made at once, so that the page on which the
 * customer consents says how much and how often; it waits for the consent by itself. Both calls have a key, and may be
 * repeated until they are answered.
 */
async function askForConsent(shop: Shop, wish: Wish, language: Language): Promise<Mandate> {
  const { number, phone, customer } = wish;
  try {
    const consent = {
      phone,
      customer: { id: customer.id, name: customer.name },
      type: "subscription",
      description: TIN_OF_THE_MONTH.title[language],
      reference: number,
      returnUrl: `${shop.url}/subscriptions/${number}`,
    } as const;
    const mandate = await shop.caravela.mandates.create(consent, { idempotencyKey: number });
    if (mandate.status === "refused") return mandate; // MB WAY does not know this phone
    const monthly = { amount: TIN_OF_THE_MONTH.price, currency: "EUR", every: "month" } as const;
    await shop.caravela.plans.create(mandate.id, monthly, { idempotencyKey: `${mandate.id}-plan` });
    return mandate;
  } catch (error) {
    const isReused = error instanceof ProblemError && error.code === "idempotency_key_reused";
    // The customer came back to an old copy of our page and gave another phone: that is another subscription.
    if (isReused) return askForConsent(shop, { ...wish, number: newSubscriptionNumber() }, language);
    throw error;
  }
}

/**
 * The subscription's page, to which the customer comes back with `?mandate=…&status=…`. As with an order, that query is
 * not read.
 */
export async function showSubscription(
  response: ServerResponse,
  shop: Shop,
  language: Language,
  number: string,
): Promise<void> {
  const subscription = await findSubscription(shop, number);
  if (subscription === undefined) return show(response, 404, notFoundPage(language));
  show(response, 200, subscriptionPage(language, subscription));
}

/** Ends a subscription: we give back the right to charge, and do not merely stop using it. */
export async function endSubscription(
  response: ServerResponse,
  shop: Shop,
  language: Language,
  number: string,
): Promise<void> {
  const subscription = await findSubscription(shop, number);
  if (subscription === undefined) return show(response, 404, notFoundPage(language));
  try {
    await shop.caravela.mandates.cancel(subscription.mandate.id);
  } catch (error) {
    const isOverAlready = error instanceof ProblemError && error.status === 409;
    if (!isOverAlready) throw error;
  }
  await shop.subscriptions.refresh(number);
  leadTo(response, `/subscriptions/${number}`);
}

async function findSubscription(shop: Shop, number: string): Promise<Subscription | undefined> {
  return isSubscriptionNumber(number) ? shop.subscriptions.find(number) : undefined;
}
