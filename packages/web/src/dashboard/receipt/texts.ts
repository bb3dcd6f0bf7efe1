import { en as linesEn } from "../../pay/mails/texts.en.ts";
import { pt as linesPt } from "../../pay/mails/texts.pt.ts";
import { receipt as en } from "../../pay/receipt/texts.en.ts";
import { receipt as pt } from "../../pay/receipt/texts.pt.ts";
import { inBoth } from "../texts.ts";

/** What is printed of a payment, for its customer: in the words of the receipt that they have themselves. */
export const receiptTexts = inBoth(
  {
    ...pt,
    ...linesPt.lines,
    order: "Encomenda",
    description: "Descrição",
    paid: "Pago em",
    by: "Forma de pagamento",
    transaction: "Transação da SIBS",
    back: "Voltar ao pagamento",
  },
  {
    ...en,
    ...linesEn.lines,
    order: "Order",
    description: "Description",
    paid: "Paid",
    by: "Way of payment",
    transaction: "SIBS's transaction",
    back: "Back to the payment",
  },
);
