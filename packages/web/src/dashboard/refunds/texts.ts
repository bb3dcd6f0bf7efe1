import { inBoth } from "../texts.ts";

/** The list of refunds. */
export const refundsTexts = inBoth(
  {
    title: "Reembolsos",
    filters: "Filtros",
    status: "Estado",
    any: "Todos",
    reason: "Porquê",
    anyReason: "Todos",
    from: "Devolvido desde",
    to: "até",
    table: "Reembolsos, os mais recentes primeiro",
    payment: "Pagamento",
    asked: "Pedido",
    amount: "Valor",
    none: "Nenhum reembolso é assim.",
    see: "Ver o pagamento",
  },
  {
    title: "Refunds",
    filters: "Filters",
    status: "Status",
    any: "All",
    reason: "Why",
    anyReason: "All",
    from: "Given back from",
    to: "until",
    table: "Refunds, newest first",
    payment: "Payment",
    asked: "Asked for",
    amount: "Amount",
    none: "No refund is like this.",
    see: "See the payment",
  },
);
