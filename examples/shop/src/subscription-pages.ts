import type { Customer } from "./accounts.ts";
import { TIN_OF_THE_MONTH } from "./goods.ts";
import { type Html, html } from "./html.ts";
import { document, LOOKS_AGAIN, message, shopSign } from "./layout.ts";
import type { ShownPayment } from "./orders.ts";
import { standingOf } from "./standing.ts";
import { newSubscriptionNumber, type ShownMandate, type Subscription } from "./subscriptions.ts";
import { day, euros, type Language, TEXTS, type Texts } from "./texts.ts";

/**
 * The subscription among the goods: a form for whoever is signed in, since it is theirs for months; the way in for
 * anybody else.
 */
export function subscriptionCard(language: Language, customer: Customer | undefined): Html {
  const t = TEXTS[language];
  const { name, title, about } = TIN_OF_THE_MONTH;
  return html`
<li class="good monthly">
  <img src="/${name}.svg" alt="" width="240" height="180">
  <h3>${title[language]}</h3>
  <p class="about">${about[language]}</p>
  ${customer === undefined ? signInToSubscribe(t, language) : subscribeForm(t, language, "")}
</li>`;
}

function signInToSubscribe(t: Texts, language: Language): Html {
  return html`
<form method="post" action="/sign-in">
  ${monthlyPrice(t, language)}
  <button>${t.subscription.signIn}</button>
</form>`;
}

/** The form once more, because of the phone that was typed. @param problem what is wrong with it */
export function otherPhonePage(language: Language, phone: string, problem: "wrong" | "refused"): Html {
  const t = TEXTS[language];
  const { title } = t.subscription.otherPhone;
  const content = html`<p role="alert">${t.subscription.otherPhone[problem]}</p>${subscribeForm(t, language, phone)}`;
  return message(language, title, content);
}

/** The number goes with the form, so that a form sent twice is one subscription. */
function subscribeForm(t: Texts, language: Language, phone: string): Html {
  return html`
<form class="subscribe" method="post" action="/subscriptions">
  <input type="hidden" name="subscription" value="${newSubscriptionNumber()}">
  <label>${t.subscription.phone} <input name="phone" type="tel" autocomplete="tel" required value="${phone}"></label>
  ${monthlyPrice(t, language)}
  <button>${t.subscription.subscribe}</button>
</form>`;
}

function monthlyPrice(t: Texts, language: Language): Html {
  return html`<span class="price">${euros(TIN_OF_THE_MONTH.price, language)} <small>${t.subscription.aMonth}</small></span>`;
}

/** How a subscription stands. Until it is over the page looks again by itself. */
export function subscriptionPage(language: Language, subscription: Subscription): Html {
  const t = TEXTS[language];
  const { number, mandate, plan, charges } = subscription;
  const says = areTinsSent(subscription) ? t.subscription.sent : saysOf(mandate, t);
  const paid = charges.filter((charge) => standingOf(charge) === "paid").length;
  const next = plan?.nextCharge?.date;
  return document(
    language,
    `${says.title} · ${t.shop}`,
    html`
${shopSign(t)}
<main class="order" data-state="${mandate.status}" data-charges="${charges.map(standingOf).join()}" data-next="${next ?? ""}">
  <p class="number">${t.subscription.number} <strong>${number}</strong></p>
  <h1>${says.title}</h1>
  <p>${says.text}</p>
  <div class="line">
    <img src="/${TIN_OF_THE_MONTH.name}.svg" alt="" width="240" height="180">
    <p>${TIN_OF_THE_MONTH.title[language]}</p>
    <p class="sum">${monthlyPrice(t, language)}</p>
  </div>
  <dl class="figures">
    <div><dt>${t.subscription.next}</dt><dd>${next === undefined ? "—" : day(next, language)}</dd></div>
    <div><dt>${t.subscription.paid}</dt><dd>${paid}</dd></div>
  </dl>
  <ul class="charges">${charges.map((charge) => chargeLine(charge, t, language))}</ul>
  ${waysOn(subscription, t)}
</main>`,
    isOver(mandate) ? null : LOOKS_AGAIN,
  );
}

/** In words; a status that a later payments server has promises nothing. */
function saysOf({ status }: ShownMandate, t: Texts) {
  switch (status) {
    case "active":
    case "suspended":
    case "canceled":
    case "expired":
    case "refused":
      return t.subscription[status];
    default:
      return t.subscription.pending;
  }
}

/** A consent is no money: the tins of a month leave when that month is paid. */
function areTinsSent({ mandate, charges: [newest] }: Subscription): boolean {
  return mandate.status === "active" && newest !== undefined && standingOf(newest) === "paid";
}

/**
 * One charge. While it is unpaid the customer can pay it: in the app, when it was above the limit, or in another way.
 */
function chargeLine(charge: ShownPayment, t: Texts, language: Language): Html {
  const standing = standingOf(charge);
  return html`
<li>
  <span>${day(charge.plan?.date ?? "", language)}</span>
  <span>${euros(charge.amount, language)}</span>
  <span>${standing === "unpaid" ? html`<a href="${charge.payUrl}">${t.subscription.pay}</a>` : t.subscription.charge[standing]}</span>
</li>`;
}

/** What the customer can do: the consent is theirs to look at and to end, with us or without us. */
function waysOn({ number, mandate }: Subscription, t: Texts): Html {
  const isAsked = mandate.status === "pending";
  const end = html`<form method="post" action="/subscriptions/${number}/end"><button class="quiet">${t.subscription.end}</button></form>`;
  return html`
  <div class="ways">
    ${isAsked ? html`<a class="button" href="${mandate.authorizeUrl}">${t.subscription.authorize}</a>` : null}
    ${isOver(mandate) || isAsked ? null : html`<a class="button" href="${mandate.manageUrl}">${t.subscription.manage}</a>`}
    ${isOver(mandate) ? null : end}
    <a href="/">${t.toShop}</a>
  </div>`;
}

function isOver({ status }: ShownMandate): boolean {
  return status === "canceled" || status === "expired" || status === "refused";
}
