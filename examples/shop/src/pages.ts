import type { Customer } from "./accounts.ts";
import { GOODS, type Good } from "./goods.ts";
import { type Html, html } from "./html.ts";
import { document, LOOKS_AGAIN, message, shopSign } from "./layout.ts";
import type { Order } from "./orders.ts";
import { standingOf } from "./standing.ts";
import { subscriptionCard } from "./subscription-pages.ts";
import { euros, type Language, TEXTS, type Texts } from "./texts.ts";

/**
 * What the shop sells.
 * @param orderId the number that an order from this page will have
 * @param customer who is signed in, if anybody is
 */
export function shopPage(language: Language, orderId: string, customer: Customer | undefined): Html {
  const t = TEXTS[language];
  return document(
    language,
    t.shop,
    html`
<header class="front">
  ${account(t, customer)}
  <h1>${t.shop}</h1>
  <p class="motto">${t.motto}</p>
  <p>${t.intro}</p>
</header>
<main>
  <h2 class="heard">${t.goods}</h2>
  <ul class="goods">
    ${GOODS.map((good) => card(good, language, orderId))}
    ${subscriptionCard(language, customer)}
  </ul>
</main>`,
  );
}

/** Who is signed in, and the way out; or the way in. */
function account(t: Texts, customer: Customer | undefined): Html {
  if (customer === undefined)
    return html`<form class="account" method="post" action="/sign-in"><button>${t.signIn}</button></form>`;
  return html`
<form class="account" method="post" action="/sign-out">
  <span>${t.signedInAs(customer.name)}</span>
  <button>${t.signOut}</button>
</form>`;
}

/**
 * One good with its own form. The number goes with the form, so that a form sent twice is one order. There is no script
 * in this: the form is posted, and the answer leads the browser to the payment page, or to our own page around it.
 */
function card(good: Good, language: Language, orderId: string): Html {
  const t = TEXTS[language];
  const title = good.title[language];
  return html`
<li class="good">
  <img src="/${good.name}.svg" alt="" width="240" height="180">
  <h3>${title}</h3>
  <p class="about">${good.about[language]}</p>
  <form method="post" action="/orders">
    <input type="hidden" name="order" value="${orderId}">
    <input type="hidden" name="good" value="${good.name}">
    <span class="price">${euros(good.price, language)}</span>
    <select name="quantity" aria-label="${t.quantity}: ${title}">${[1, 2, 3, 4, 5].map((n) => html`<option>${n}</option>`)}</select>
    <button aria-label="${t.order}: ${title}">${t.order}</button>
    <button class="quiet" name="pay" value="here" aria-label="${t.payHere}: ${title}">${t.payHere}</button>
  </form>
</li>`;
}

/** How an order stands. While it is unpaid the page looks again by itself. */
export function orderPage(language: Language, order: Order): Html {
  const t = TEXTS[language];
  const state = standingOf(order.payment);
  const isUnpaid = state === "unpaid";
  const says = t[state];
  const text = typeof says.text === "string" ? says.text : says.text(euros(order.payment.amountRefunded, language));
  return document(
    language,
    `${says.title} · ${t.shop}`,
    html`
${shopSign(t)}
<main class="order" data-state="${state}">
  ${state === "paid" ? html`<img class="parcel" src="/parcel.svg" alt="" width="120" height="90">` : null}
  <p class="number">${t.number} <strong>${order.id}</strong></p>
  <h1>${says.title}</h1>
  <p>${text}</p>
  <div class="line">
    <img src="/${order.good.name}.svg" alt="" width="240" height="180">
    <p>${order.quantity} × ${order.good.title[language]}</p>
    <p class="sum"><span class="heard">${t.total}: </span>${euros(order.payment.amount, language)}</p>
  </div>
  <p class="ways">
    ${isUnpaid ? html`<a class="button" href="${order.payment.payUrl}">${t.unpaid.pay}</a>` : null}
    ${isUnpaid ? html`<noscript><a href="/orders/${order.id}">${t.unpaid.update}</a></noscript>` : null}
    <a href="/">${t.toShop}</a>
  </p>
</main>`,
    isUnpaid ? LOOKS_AGAIN : null,
  );
}

/**
 * Our own page around a payment, for an order that is not paid yet. What its script hears from the payment's page leads
 * on to the order's, and says nothing of whether it is paid.
 */
export function checkoutPage(language: Language, { id, payment }: Order): Html {
  const t = TEXTS[language];
  const { payUrl } = payment;
  return document(
    language,
    `${t.unpaid.title} · ${t.shop}`,
    html`
${shopSign(t)}
<main class="order checkout">
  <p class="number">${t.number} <strong>${id}</strong></p>
  <h1>${t.checkout}</h1>
  <p class="sum"><span class="heard">${t.total}: </span>${euros(payment.amount, language)}</p>
  <caravela-pay pay-url="${payUrl}" lang="${language}"><a class="button" href="${payUrl}">${t.unpaid.pay}</a></caravela-pay>
  <p class="ways"><a href="/orders/${id}">${t.toOrder}</a> <a href="/">${t.toShop}</a></p>
</main>`,
    html`<script type="module" src="${new URL("/drop-in.js", payUrl).href}"></script><script type="module" src="/checkout.js"></script>`,
  );
}

/** Nothing is at this address. */
export function notFoundPage(language: Language): Html {
  const t = TEXTS[language];
  return message(language, t.notFound.title, html`<p>${t.notFound.text}</p>`);
}

/** The payments server could not be asked: the same form once more. @param action where it goes */
export function notNowPage(language: Language, action: string, form: URLSearchParams): Html {
  const { title, text, again } = TEXTS[language].notNow;
  const fields = [...form].map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  return message(
    language,
    title,
    html`<p>${text}</p>\n<form method="post" action="${action}">${fields}<button>${again}</button></form>`,
  );
}
