import type { PayMethod } from "../view.ts";

/** What the server alone says: in the lines of a receipt, in an e-mail, in a calendar, in European Portuguese. */
export const pt = {
  lines: {
    by: {
      mbway: "com MB WAY",
      multibanco: "por Multibanco",
      card: "com cartão",
      mandate: "com pagamento autorizado MB WAY",
    } satisfies Record<PayMethod, string>,
    byCard: (brand: string) => `com cartão ${brand}`,
    to: "Pago a",
    taxNumber: "NIF",
    number: "Número do pagamento",
    date: "Data",
    paid: "Pago",
    amount: "Valor pago",
    refunded: "Reembolsado",
    kept: "Valor final",
  },
  receipt: {
    subject: (merchant: string) => `Comprovativo de pagamento a ${merchant}`,
    before: (merchant: string) => `O seu pagamento a ${merchant} foi recebido.`,
    link: "Ver o comprovativo, com o que entretanto mudar:",
  },
  reference: {
    subject: (merchant: string) => `Referência Multibanco para pagar a ${merchant}`,
    before: (merchant: string) => `Com estes dados paga a ${merchant}.`,
    event: (amount: string, merchant: string) => `Pagar ${amount} a ${merchant} por Multibanco`,
    reminder: (merchant: string) => `A referência Multibanco de ${merchant} termina em breve`,
  },
  why: "Recebe esta mensagem porque este endereço foi escrito na página do pagamento. Se não foi por si, ignore-a: o endereço não fica guardado.",
};

export type MailTexts = typeof pt;
