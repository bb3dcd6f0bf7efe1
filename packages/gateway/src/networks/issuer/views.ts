import { eurosText } from "@caravela/sibs/money";
import type { Lang } from "@caravela/web/lang";
import type { Action, KeptCard } from "../../domain/card.ts";
import type { Challenged } from "../../domain/issuer.ts";
import type { Scenario } from "../../domain/scenarios.ts";
import { type Html, html } from "./html.ts";
import { texts } from "./texts.ts";

/** What the challenge shows. */
export interface ChallengeView {
  readonly lang: Lang;
  readonly id: string;
  readonly payment: Challenged;
  readonly merchant: string;
  readonly returnUrl: string | null;
}

/** The bank asks its customer for the password. */
export function challengePage({ lang, id, payment, merchant, returnUrl }: ChallengeView): string {
  const said = texts[lang];
  const { kept, action } = payment.card;
  const wrong = action.tries > 0 ? html`<p class="wrong" id="wrong" role="alert">${said.wrong}</p>` : html``;
  const describedBy = action.tries > 0 ? "hint wrong" : "hint";
  return page({
    lang,
    title: said.title,
    body: html`
      <h1>${said.title}</h1>
      <p>${said.asks(merchant)}</p>
      <p class="amount">${euros(lang, eurosText(payment.amount))}</p>
      <p class="card">${cardText(kept)}</p>
      <form method="post" action="/issuer/challenge/answer">
        <input type="hidden" name="id" value="${id}">
        ${returnUrlField(returnUrl)}
        <label for="password">${said.password}</label>
        ${wrong}
        <input id="password" name="password" type="password" inputmode="numeric" autocomplete="one-time-code" maxlength="20" autofocus aria-describedby="${describedBy}">
        <p class="hint" id="hint">${said.hint}</p>
        <button name="press" value="confirm">${said.confirm}</button>
        <button name="press" value="cancel" class="second" formnovalidate>${said.cancel}</button>
      </form>`,
  });
}

/** What the last page of an action does: tells the parent in a frame, goes back as a full page. */
export interface EndingView {
  readonly lang: Lang;
  readonly id: string;
  /** null: the action is over, or never was. */
  readonly ending: Action["ending"];
  readonly returnUrl: string | null;
}

/** The bank is done. `ending.js` reads what it is to say from the `main` element. */
export function endingPage({ lang, id, ending, returnUrl }: EndingView): string {
  const said = texts[lang];
  const back = returnUrl ?? "";
  return page({
    lang,
    title: said.title,
    head: html`<script src="/issuer/ending.js" defer></script>${
      returnUrl === null ? html`` : html`<noscript><meta http-equiv="refresh" content="1;url=${returnUrl}"></noscript>`
    }`,
    data: html` data-action="${id}" data-ending="${ending ?? ""}" data-return-url="${back}"`,
    body: html`
      <h1>${said.endings[ending ?? "over"]}</h1>
      ${returnUrl === null ? html`<p>${said.close}</p>` : html`<p><a href="${returnUrl}" target="_top">${said.back}</a></p>`}`,
  });
}

/** `/issuer`: what this bank is, and its cards. */
export function aboutPage(lang: Lang, scenarios: readonly Scenario[], waiting: number): string {
  const said = texts[lang];
  const rows = scenarios
    .filter(({ by }) => by === "card")
    .map(({ match, says }) => html`<tr><td><code>${groups(match)}</code></td><td>${says}</td></tr>`);
  return page({
    lang,
    wide: true,
    title: said.bank,
    body: html`
      <h1>${said.bank}</h1>
      <p>${said.about}</p>
      <p>${said.waiting(waiting)}</p>
      <table><thead><tr><th>${said.card}</th><th>${said.outcome}</th></tr></thead><tbody>${rows}</tbody></table>`,
  });
}

function page(parts: { lang: Lang; title: string; body: Html; head?: Html; data?: Html; wide?: boolean }): string {
  const { lang, title, body, head = html``, data = html``, wide = false } = parts;
  return html`<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/issuer/issuer.css">
${head}
</head>
<body>
<main class="${wide ? "wide" : ""}"${data}>
<p class="bank"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M2 19h20l-3 3H5zM11 2v15H5c4-4 6-9 6-15zm2 3c4 3 6 7 7 12h-7z"/></svg>${texts[lang].bank}</p>
${body}
<p class="simulated">${texts[lang].simulated}</p>
</main>
</body>
</html>
`.markup;
}

function returnUrlField(returnUrl: string | null): Html {
  return returnUrl === null ? html`` : html`<input type="hidden" name="returnUrl" value="${returnUrl}">`;
}

function cardText({ firstSix, lastFour }: KeptCard): string {
  return `${firstSix.slice(0, 4)} ${firstSix.slice(4)}•• •••• ${lastFour}`;
}

function groups(number: string): string {
  return number.replace(/(.{4})(?=.)/g, "$1 ");
}

function euros(lang: Lang, text: string): string {
  return lang === "pt" ? `${text.replace(".", ",")} €` : `€${text}`;
}
