import { inBoth } from "../texts.ts";

/** What is printed of a payment, for its customer. */
export const receiptTexts = inBoth(
  {
    title: "Comprovativo de pagamento",
    to: "Pago a",
    order: "Encomenda",
    description: "Descrição",
    paid: "Pago em",
    by: "Forma de pagamento",
    transaction: "Transação da SIBS",
    amount: "Valor pago",
    refunded: "Reembolsado",
    kept: "Valor final",
    number: "Número do pagamento",
    noInvoice: "Este documento não serve de fatura.",
    print: "Imprimir",
    back: "Voltar ao pagamento",
  },
  {
    title: "Proof of payment",
    to: "Paid to",
    order: "Order",
    description: "Description",
    paid: "Paid",
    by: "Way of payment",
    transaction: "SIBS's transaction",
    amount: "Amount paid",
    refunded: "Refunded",
    kept: "Final amount",
    number: "Payment number",
    noInvoice: "This document is no invoice.",
    print: "Print",
    back: "Back to the payment",
  },
);
