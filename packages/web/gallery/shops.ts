import type { ShopOnPage } from "@caravela/web/pay";

const nothing = { logo: null, icon: null, colour: null, contact: null, terms: null, privacy: null, complaints: null };

/** A shop that said its name and nothing else. */
export const plainShop = { ...nothing, name: "Loja da Ribeira", taxNumber: null, inApp: null } satisfies ShopOnPage;

/** A shop with a name that hardly fits. */
export const longShop = {
  ...plainShop,
  name: "Sociedade Transformadora de Papéis e Azulejos do Vouga, Limitada",
} satisfies ShopOnPage;

const logo = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 48"><path d="M4 40q14-12 28 0t28 0M14 32V8q18 8 18 24z" fill="none" stroke="#7a1f3d" stroke-width="4"/><text x="72" y="34" font-family="Georgia, serif" font-size="28" fill="#7a1f3d">Ribeira</text></svg>`;

/** What the gallery answers for a shop's colour: as the server makes it of `#7a1f3d`. */
export const SHOP_COLOUR =
  ":root{--accent:#7a1f3d;--on-accent:#ffffff;--accent-text:#7a1f3d;--accent-tint:#f2e9ec;--accent-deep:#7a1f3d;--faint-on-deep:#e4d2d8}@media (prefers-color-scheme:dark){:root{--accent:#b27d8e;--on-accent:#0b1533;--accent-text:#b27d8e;--accent-tint:#2e1d33;--accent-deep:#621931}}";

/** A shop that said all that there is to say. */
export const wholeShop = {
  name: "Loja da Ribeira",
  logo: `data:image/svg+xml,${encodeURIComponent(logo)}`,
  icon: null,
  colour: "/assets/shop/colour.css",
  contact: "ajuda@lojadaribeira.example, 222 000 000",
  terms: "https://lojadaribeira.example/termos",
  privacy: "https://lojadaribeira.example/privacidade",
  complaints: "https://www.livroreclamacoes.pt/",
  taxNumber: "123456789",
  inApp: "RIBEIRA LDA",
} satisfies ShopOnPage;
