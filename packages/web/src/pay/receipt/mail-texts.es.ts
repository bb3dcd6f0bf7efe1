import type { mailForm as pt } from "./mail-texts.pt.ts";

/** The form by which something is sent by e-mail, in Spanish. */
export const mailForm: typeof pt = {
  open: {
    receipt: "Recibir el justificante por correo electrónico",
    reference: "Recibir la referencia por correo electrónico",
  },
  address: "Dirección de correo electrónico",
  hint: "Se usa solo para este envío y no se guarda.",
  send: "Enviar por correo",
  outcomes: {
    sent: "Enviado. Suele llegar en un minuto; si no lo ve, mire en el correo no deseado.",
    sent_before: "Ya lo hemos enviado a esa dirección. Mire también en el correo no deseado.",
    no_address: "Esta dirección de correo no está completa. Por ejemplo, nombre@ejemplo.es",
    too_often: "Ya se ha enviado desde aquí tantas veces como es posible. Imprímalo o compártalo.",
    not_taken: "Ahora no hemos podido enviarlo. Inténtelo de nuevo dentro de un minuto.",
  },
};
