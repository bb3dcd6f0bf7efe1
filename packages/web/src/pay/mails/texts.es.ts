import type { MailTexts } from "./texts.pt.ts";

/** What the server alone says: in the lines of a receipt, in an e-mail, in a calendar, in Spanish. */
export const es: MailTexts = {
  lines: {
    by: {
      mbway: "con MB WAY",
      multibanco: "por Multibanco",
      card: "con tarjeta",
      mandate: "con pago autorizado MB WAY",
    },
    byCard: (brand) => `con tarjeta ${brand}`,
    to: "Pagado a",
    taxNumber: "NIF portugués",
    number: "Número de pago",
    date: "Fecha",
    paid: "Pagado",
    amount: "Importe pagado",
    refunded: "Reembolsado",
    kept: "Importe final",
  },
  receipt: {
    subject: (merchant) => `Justificante de pago a ${merchant}`,
    before: (merchant) => `Hemos recibido su pago a ${merchant}.`,
    link: "Ver el justificante, con lo que cambie entretanto:",
  },
  reference: {
    subject: (merchant) => `Referencia Multibanco para pagar a ${merchant}`,
    before: (merchant) => `Con estos datos paga a ${merchant}.`,
    event: (amount, merchant) => `Pagar ${amount} a ${merchant} por Multibanco`,
    reminder: (merchant) => `La referencia Multibanco de ${merchant} termina pronto`,
  },
  why: "Recibe este mensaje porque esta dirección se escribió en la página del pago. Si no fue usted, no haga caso: la dirección no se guarda.",
};
