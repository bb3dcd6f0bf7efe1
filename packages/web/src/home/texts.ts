import type { PageLang } from "../lang.ts";
import type { HomePlace } from "./view.ts";

interface HomeTexts {
  readonly title: string;
  readonly tagline: string;
  readonly why: string;
  readonly demonstration: string;
  readonly cameToPay: string;
  readonly places: Readonly<Record<HomePlace["name"], { readonly name: string; readonly about: string }>>;
  readonly version: (version: string) => string;
  readonly language: string;
}

/** What the server says of itself, by language. The server draws it, and no script needs it. */
export const homeTexts: Readonly<Record<PageLang, HomeTexts>> = {
  pt: {
    title: "Este servidor de pagamentos está a funcionar",
    tagline: "Pagamentos para lojas, através da SIBS",
    why: "Recebe pagamentos por MB WAY, Multibanco e cartão para uma loja. Aqui não há nada para pagar.",
    demonstration: "É uma demonstração: a SIBS é simulada neste computador e nenhum dinheiro muda de mãos.",
    cameToPay: "Vinha pagar? O endereço do seu pagamento é mais longo: abra de novo, inteiro, o que a loja lhe deu.",
    places: {
      shop: { name: "Loja de exemplo", about: "Faça uma compra, como um cliente." },
      phone: { name: "Telemóvel simulado", about: "Aprove ou recuse os pedidos de MB WAY." },
      atm: { name: "Caixa simulada", about: "Pague as referências Multibanco." },
      dashboard: { name: "Painel", about: "Pagamentos e reembolsos, para quem trabalha na loja." },
      docs: { name: "A API", about: "Todas as chamadas, para ler e experimentar." },
      health: { name: "Sinal de vida", about: "Para quem vigia o servidor." },
    },
    version: (version) => `Versão ${version}`,
    language: "Idioma",
  },
  en: {
    title: "This payments server is running",
    tagline: "Payments for shops, through SIBS",
    why: "It takes payments by MB WAY, Multibanco and card for a shop. There is nothing to pay here.",
    demonstration: "This is a demonstration: SIBS is simulated on this machine and no money moves.",
    cameToPay: "Did you come to pay? The address of your payment is longer: open the one from the shop again, whole.",
    places: {
      shop: { name: "Example shop", about: "Buy something, as a customer would." },
      phone: { name: "Simulated phone", about: "Approve or refuse MB WAY requests." },
      atm: { name: "Simulated ATM", about: "Pay Multibanco references." },
      dashboard: { name: "Dashboard", about: "Payments and refunds, for those who work at the shop." },
      docs: { name: "The API", about: "Every call, to be read and tried." },
      health: { name: "Sign of life", about: "For whoever watches over the server." },
    },
    version: (version) => `Version ${version}`,
    language: "Language",
  },
  es: {
    title: "Este servidor de pagos está en marcha",
    tagline: "Pagos para tiendas, a través de SIBS",
    why: "Recibe pagos con MB WAY, Multibanco y tarjeta para una tienda. Aquí no hay nada que pagar.",
    demonstration: "Es una demostración: SIBS está simulada en este ordenador y no se mueve dinero.",
    cameToPay: "¿Venía a pagar? La dirección de su pago es más larga: vuelva a abrir, entera, la que le dio la tienda.",
    places: {
      shop: { name: "Tienda de ejemplo", about: "Haga una compra, como un cliente." },
      phone: { name: "Móvil simulado", about: "Acepte o rechace las solicitudes de MB WAY." },
      atm: { name: "Cajero simulado", about: "Pague las referencias de Multibanco." },
      dashboard: { name: "Panel", about: "Pagos y reembolsos, para quienes trabajan en la tienda." },
      docs: { name: "La API", about: "Todas las llamadas, para leerlas y probarlas." },
      health: { name: "Señal de vida", about: "Para quien vigila el servidor." },
    },
    version: (version) => `Versión ${version}`,
    language: "Idioma",
  },
  fr: {
    title: "Ce serveur de paiement fonctionne",
    tagline: "Des paiements pour les boutiques, par SIBS",
    why: "Il encaisse des paiements par MB WAY, Multibanco et carte pour une boutique. Il n’y a rien à payer ici.",
    demonstration:
      "Ceci est une démonstration\u00a0: SIBS est simulée sur cet ordinateur et aucun argent ne change de mains.",
    cameToPay:
      "Vous veniez payer\u202f? L’adresse de votre paiement est plus longue\u00a0: ouvrez à nouveau celle de la boutique, en entier.",
    places: {
      shop: { name: "Boutique d’exemple", about: "Achetez quelque chose, comme un client." },
      phone: { name: "Téléphone simulé", about: "Acceptez ou refusez les demandes MB WAY." },
      atm: { name: "Distributeur simulé", about: "Payez les références Multibanco." },
      dashboard: { name: "Tableau de bord", about: "Paiements et remboursements, pour qui travaille à la boutique." },
      docs: { name: "L’API", about: "Tous les appels, à lire et à essayer." },
      health: { name: "Signe de vie", about: "Pour qui veille sur le serveur." },
    },
    version: (version) => `Version ${version}`,
    language: "Langue",
  },
};
