import type { MailOnPage, MailOutcome } from "../view.ts";

/** The form by which something is sent by e-mail, in European Portuguese. */
export const mailForm = {
  open: {
    receipt: "Receber o comprovativo por e-mail",
    reference: "Receber a referência por e-mail",
  } satisfies Record<MailOnPage["what"], string>,
  address: "Endereço de e-mail",
  hint: "Serve só para este envio e não fica guardado.",
  send: "Enviar por e-mail",
  outcomes: {
    sent: "Enviado. Costuma chegar num minuto; se não o vir, procure no correio não solicitado.",
    sent_before: "Já o enviámos para esse endereço. Procure também no correio não solicitado.",
    no_address: "Este endereço de e-mail não está completo. Por exemplo, nome@exemplo.pt",
    too_often: "Já foi enviado daqui as vezes que é possível. Imprima-o ou partilhe-o.",
    not_taken: "Agora não conseguimos enviar. Tente de novo daqui a um minuto.",
  } satisfies Record<MailOutcome, string>,
};
