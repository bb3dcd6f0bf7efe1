import { inBoth } from "../texts.ts";

/** The page on which money is given back. */
export const refundTexts = inBoth(
  {
    title: "Reembolsar",
    press: "Reembolsar",
    sees: "O que o cliente vê",
    when: "Assim que a SIBS o fizer, em geral de imediato; o banco do cliente pode demorar alguns dias a mostrá-lo.",
    limit: "O seu limite",
    perPayment: (amount: string) => `${amount} por pagamento, no conjunto dos reembolsos.`,
    today: (amount: string) => `Hoje ainda pode reembolsar ${amount}.`,
    doubt:
      "Há um reembolso em dúvida: perdeu-se a resposta da SIBS, e pode ter sido feito. Não repita: espere que a SIBS o diga, ou diga o que aconteceu.",
    nothing: "Não há nada para reembolsar.",
  },
  {
    title: "Refund",
    press: "Refund",
    sees: "What the customer sees",
    when: "As soon as SIBS has done it, mostly at once; the customer's bank may take some days to show it.",
    limit: "Your limit",
    perPayment: (amount) => `${amount} of one payment, over all its refunds.`,
    today: (amount) => `Today you can still refund ${amount}.`,
    doubt:
      "A refund is in doubt: SIBS's answer was lost, and it may have been done. Do not repeat it: wait until SIBS says, or say what became of it.",
    nothing: "There is nothing to refund.",
  },
);
