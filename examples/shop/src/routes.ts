import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { type Payment, ProblemError } from "@caravela/client";
import type { Customer } from "./accounts.ts";
import { findGood, type Good } from "./goods.ts";
import { HEADERS, leadTo, policyWith, readBody, show, TooLarge } from "./http.ts";
import { isOrderId, newOrderId } from "./orders.ts";
import { checkoutPage, notFoundPage, notNowPage, orderPage, shopPage } from "./pages.ts";
import { PUBLIC } from "./public-folder.ts";
import type { Shop } from "./shop.ts";
import { standingOf } from "./standing.ts";
import { endSubscription, showSubscription, subscribe } from "./subscribe.ts";
import { type Language, languageOf } from "./texts.ts";

const FILES = new Map(readdirSync(PUBLIC).map((name) => [`/${name}`, readFileSync(join(PUBLIC, name))]));
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

/** Answers one request of a customer's browser or of the payments server. */
export async function answer(request: IncomingMessage, response: ServerResponse, shop: Shop): Promise<void> {
  try {
    await route(request, response, shop);
  } catch (error) {
    if (!(error instanceof TooLarge)) console.error(`${request.method} ${request.url}:`, error);
    response.writeHead(error instanceof TooLarge ? 413 : 500, { connection: "close" }).end();
  }
}

async function route(request: IncomingMessage, response: ServerResponse, shop: Shop): Promise<void> {
  const language = languageOf(request.headers["accept-language"]);
  const cookies = request.headers.cookie;
  const { pathname } = new URL(request.url ?? "/", shop.url);
  const asked = `${request.method === "HEAD" ? "GET" : request.method} ${pathname}`;
  const file = FILES.get(pathname);
  const [, checkout] = /^GET \/orders\/([^/]+)\/pay$/.exec(asked) ?? [];
  const [, orderId] = /^GET \/orders\/([^/]+)$/.exec(asked) ?? [];
  const [, subscription] = /^GET \/subscriptions\/([^/]+)$/.exec(asked) ?? [];
  const [, ended] = /^POST \/subscriptions\/([^/]+)\/end$/.exec(asked) ?? [];

  if (asked === "GET /") return show(response, 200, shopPage(language, newOrderId(), shop.accounts.customer(cookies)));
  if (asked === "POST /sign-in") return leadTo(response, "/", { "set-cookie": shop.accounts.signIn() });
  if (asked === "POST /sign-out") return leadTo(response, "/", { "set-cookie": shop.accounts.signOut(cookies) });
  if (asked === "POST /orders") return placeOrder(request, response, shop, language);
  if (asked === "POST /events") return takeEvent(request, response, shop);
  if (asked === "POST /subscriptions") return subscribe(request, response, shop, language);
  if (checkout !== undefined) return showCheckout(response, shop, language, checkout);
  if (orderId !== undefined) return showOrder(response, shop, language, orderId);
  if (subscription !== undefined) return showSubscription(response, shop, language, subscription);
  if (ended !== undefined) return endSubscription(response, shop, language, ended);
  if (file !== undefined && asked.startsWith("GET ")) return sendFile(response, pathname, file);
  return show(response, 404, notFoundPage(language));
}

/** An order: its payment is asked for, and the customer sent to pay it, there or here. */
async function placeOrder(
  request: IncomingMessage,
  response: ServerResponse,
  shop: Shop,
  language: Language,
): Promise<void> {
  const form = new URLSearchParams(await readBody(request));
  const id = form.get("order") ?? "";
  const good = findGood(form.get("good"));
  const quantity = Number(form.get("quantity"));
  if (!isOrderId(id) || good === undefined || !(Number.isInteger(quantity) && quantity >= 1 && quantity <= 5))
    return show(response, 404, notFoundPage(language));
  try {
    const customer = shop.accounts.customer(request.headers.cookie);
    const payment = await askForPayment(shop, { id, good, quantity, customer }, language);
    // paid on Caravela's page, or on ours with that one inside
    leadTo(response, form.get("pay") === "here" ? `/orders/${payment.reference}/pay` : payment.payUrl);
  } catch (error) {
    console.error(`order ${id}:`, error);
    show(response, 503, notNowPage(language, "/orders", form));
  }
}

interface Wish {
  readonly id: string;
  readonly good: Good;
  readonly quantity: number;
  /** Who is signed in; anybody may order without. */
  readonly customer: Customer | undefined;
}

/**
 * The price comes from our list and never from the form. The order's number is the idempotency key: however often this
 * is asked for one order (a double click, an answer that was lost, our own crash), there is one payment.
 */
async function askForPayment(shop: Shop, wish: Wish, language: Language): Promise<Payment> {
  const { id, good, quantity, customer } = wish;
  try {
    const input = {
      amount: good.price * quantity,
      currency: "EUR",
      reference: id,
      description: `${quantity} × ${good.title[language]}`,
      returnUrl: `${shop.url}/orders/${id}`,
      metadata: { good: good.name, quantity: String(quantity) },
      customer,
      // keeps no card by itself: the payment page asks, and what is ticked there is the customer's own choice
      saveCard: customer !== undefined,
    } as const;
    return await shop.caravela.payments.create(input, { idempotencyKey: id });
  } catch (error) {
    const isReused = error instanceof ProblemError && error.code === "idempotency_key_reused";
    // The customer came back to an old copy of our page and chose something else: that is another order.
    if (isReused) return askForPayment(shop, { ...wish, id: newOrderId() }, language);
    throw error;
  }
}

/**
 * The order's page, to which the payment page leads back with `?payment=…&status=…`. That query is not read: anybody
 * can type it. What the page says comes from events whose signature we verified, and from our own question with the API
 * key.
 */
async function showOrder(response: ServerResponse, shop: Shop, language: Language, id: string): Promise<void> {
  const order = isOrderId(id) ? await shop.orders.find(id) : undefined;
  if (order === undefined) return show(response, 404, notFoundPage(language));
  show(response, 200, orderPage(language, order));
}

/** Our own page around the payment; the order's where there is nothing to pay any more. */
async function showCheckout(response: ServerResponse, shop: Shop, language: Language, id: string): Promise<void> {
  const order = isOrderId(id) ? await shop.orders.find(id) : undefined;
  if (order === undefined) return show(response, 404, notFoundPage(language));
  if (standingOf(order.payment) !== "unpaid") return leadTo(response, `/orders/${id}`);
  show(response, 200, checkoutPage(language, order), policyWith(new URL(order.payment.payUrl).origin));
}

async function takeEvent(request: IncomingMessage, response: ServerResponse, shop: Shop): Promise<void> {
  const status = await shop.events.take(await readBody(request), request.headers);
  response.writeHead(status).end();
}

function sendFile(response: ServerResponse, path: string, file: Buffer): void {
  const type = TYPES[extname(path)] ?? "application/octet-stream";
  response.writeHead(200, { ...HEADERS, "content-type": type, "cache-control": "max-age=300" }).end(file);
}
