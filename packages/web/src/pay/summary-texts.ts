import type { PageLang } from "../lang.ts";

interface SummaryTexts {
  payTo: string;
  order: string;
  items(count: number): string;
}

/** What stands beside the amount. Beside the other texts, for no script has it. */
export const summaryTexts: Record<PageLang, SummaryTexts> = {
  pt: { payTo: "Pagamento a", order: "Encomenda", items: (count) => `${count} artigos` },
  en: { payTo: "Payment to", order: "Order", items: (count) => `${count} items` },
  es: { payTo: "Pago a", order: "Pedido", items: (count) => `${count} artículos` },
  fr: { payTo: "Paiement à", order: "Commande", items: (count) => `${count} articles` },
};
