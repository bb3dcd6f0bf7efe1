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
    reference: "Encomenda",
    asked: "Pedido",
    amount: "Valor",
    none: "Nenhum reembolso corresponde a estes filtros.",
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
    reference: "Order",
    asked: "Asked for",
    amount: "Amount",
    none: "No refund matches these filters.",
  },
);
