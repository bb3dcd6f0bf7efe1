import { inBoth } from "../texts.ts";

/** The page with which a payment is brought to its customer. */
export const linkTexts = inBoth(
  {
    title: "Link para o cliente",
    why: "Quem o abrir pode pagar este pagamento, e mais nada.",
    address: "Endereço",
    qr: "Código QR do endereço",
    text: "Texto para enviar",
    message: (amount: string, reference: string, url: string) =>
      `Pode pagar ${amount} da encomenda ${reference} aqui: ${url}`,
    until: "Vale até",
    open: "Abrir a página",
  },
  {
    title: "Link for the customer",
    why: "Whoever opens it can pay this payment, and nothing else.",
    address: "Address",
    qr: "QR code of the address",
    text: "Text to send",
    message: (amount, reference, url) => `You can pay ${amount} for order ${reference} here: ${url}`,
    until: "Good until",
    open: "Open the page",
  },
);
