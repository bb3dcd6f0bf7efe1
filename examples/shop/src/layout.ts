import { type Html, html } from "./html.ts";
import { type Language, TEXTS, type Texts } from "./texts.ts";

/** A page that says one thing. */
export function message(language: Language, title: string, content: Html): Html {
  const t = TEXTS[language];
  return document(
    language,
    `${title} · ${t.shop}`,
    html`
${shopSign(t)}
<main class="order">
  <h1>${title}</h1>
  ${content}
  <p class="ways"><a href="/">${t.toShop}</a></p>
</main>`,
  );
}

/** The way back to the shop, above every page but its own. */
export function shopSign(t: Texts): Html {
  return html`<header class="sign"><a href="/">${t.shop}</a></header>`;
}

/** A whole page. @param head what its head has besides */
export function document(language: Language, title: string, body: Html, head: Html | null = null): Html {
  return html`<!doctype html>
<html lang="${language === "pt" ? "pt-PT" : "en"}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/shop.css">
<link rel="icon" href="/tile.svg">
${head}
${body}
<footer><p>${TEXTS[language].example}</p></footer>
</html>
`;
}

/**
 * What a page needs in its head that looks again by itself: `look-again.js` where script runs, a refresh where it does
 * not.
 */
export const LOOKS_AGAIN = html`<script src="/look-again.js" defer></script><noscript><meta http-equiv="refresh" content="5"></noscript>`;
