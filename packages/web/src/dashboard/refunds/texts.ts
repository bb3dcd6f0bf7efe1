import { inBoth } from "../texts.ts";

/** The list of refunds. */
export const refundsTexts = inBoth(
  {
    title: "Reembolsos",
    filters: "Filtros",
    status: "Estado",
    any: "Todos",
    reason: "Motivo",
    anyReason: "Todos",
    from: "Reembolsado desde",
    to: "até",
    table: "Reembolsos, os mais recentes primeiro",
    payment: "Pagamento",
    asked: "Pedido",
    amount: "Valor",
    none: "Nenhum reembolso corresponde a estes filtros.",
    see: "Ver o pagamento",
  },
  {
    title: "Refunds",
    filters: "Filters",
    status: "Status",
    any: "All",
    reason: "Reason",
    anyReason: "All",
    from: "Refunded from",
    to: "until",
    table: "Refunds, newest first",
    payment: "Payment",
    asked: "Asked for",
    amount: "Amount",
    none: "No refund matches these filters.",
    see: "See the payment",
  },
);
