import { everyPage } from "../parts/texts.es.ts";
import { terms } from "./terms.es.ts";
import type { Texts } from "./texts.pt.ts";

/** The page where a mandate is looked after, in the Spanish of Spain. */
export const es: Texts = {
  ...everyPage,
  terms,
  offline: "Sin conexión. Seguimos intentándolo.",
  notSent: "No hemos podido enviarlo. Pulse otra vez.",

  screens: {
    pending: {
      title: "A la espera de su autorización",
      why: () => "La solicitud está en la aplicación MB WAY. Mientras no la apruebe, no se puede cobrar nada.",
    },
    active: {
      title: "Pago autorizado activo",
      why: (merchant) => `${merchant} puede cobrar dentro de lo que ha autorizado.`,
    },
    suspended: {
      title: "Pago autorizado en pausa",
      why: () => "Usted lo puso en pausa en la aplicación MB WAY: mientras no lo reanude allí, no se cobra nada.",
    },
    canceled: {
      title: "Pago autorizado finalizado",
      why: (merchant) => `${merchant} ya no puede cobrar nada mediante él.`,
    },
    expired: {
      title: "Pago autorizado caducado",
      why: (merchant) => `El plazo ha terminado y ${merchant} ya no puede cobrar nada mediante él.`,
    },
    refused: {
      title: "No se ha autorizado",
      why: (merchant) => `No se ha autorizado nada y ${merchant} no puede cobrar nada.`,
    },
  },
  follow: "Ver la solicitud",

  coming: {
    title: "Próximos cobros",
    none: "Nada previsto.",
  },

  past: {
    title: "Cobros",
    none: "Nada, por ahora.",
    more: "Solo mostramos los más recientes.",
    settle: "Pagar ahora",
    approve: "Apruébelo en la aplicación MB WAY.",
    states: {
      paid: "Cobrado",
      refunded: "Devuelto",
      partly_refunded: "Devuelto en parte",
      on_the_way: "En curso",
      to_approve: "Por aprobar",
      unpaid: "Pendiente de pago",
      not_charged: "No cobrado",
    },
  },

  end: {
    agreed: {
      press: "Finalizar este pago autorizado",
      title: "¿Finalizar este pago autorizado?",
      why: (merchant) =>
        `${merchant} ya no podrá cobrar nada mediante él. Lo que ya se ha cobrado se queda como está. Para deshacerlo, tendría que autorizarlo de nuevo.`,
      yes: "Sí, finalizar",
    },
    asked: {
      press: "Anular esta solicitud",
      title: "¿Anular esta solicitud?",
      why: (merchant) =>
        `${merchant} no podrá cobrar nada, aunque todavía apruebe la solicitud en la aplicación MB WAY. Para deshacerlo, haría falta una nueva solicitud.`,
      yes: "Sí, anular",
    },
    notCharged: "Esto no se cobrará:",
    no: "No, mantener",
  },

  unavailable: {
    title: "Ahora mismo no podemos mostrarle esta página",
    why: "No se ha perdido nada. Inténtelo de nuevo dentro de un momento.",
    tryAgain: "Intentarlo de nuevo",
  },

  notFound: {
    title: "No encontramos este pago autorizado",
    why: "Compruebe que la dirección está completa o vuelva a la tienda. En la aplicación MB WAY puede ver todos sus pagos autorizados.",
  },
};
