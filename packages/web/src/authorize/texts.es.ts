import { terms } from "../mandate/terms.es.ts";
import { everyPage } from "../parts/texts.es.ts";
import type { Texts } from "./texts.pt.ts";

/** The page where a mandate is agreed to, in the Spanish of Spain. */
export const es: Texts = {
  ...everyPage,
  terms,
  offline: "Sin conexión. Seguimos intentándolo; su solicitud no se pierde.",
  notSent: "No hemos podido enviarlo. Pulse otra vez.",

  agreement: "La decisión siempre es suya",
  charges: "Ver los cobros",

  unconfirmed: {
    title: "Confirmando la solicitud",
    why: "La solicitud se ha enviado y esperamos a que SIBS nos confirme que ha llegado. Suele tardar unos segundos; esta página se actualiza automáticamente.",
  },

  waiting: {
    title: "Autorícelo en la aplicación MB WAY",
    sent: (ending) =>
      `La solicitud está en el móvil terminado en ${ending}. Elija allí el límite y el plazo, y apruébela con su PIN.`,
    asks: (merchant) => `${merchant} le pide que autorice`,
    ifNot: "Si no lo desea, rechácelo en la aplicación: no se cobra nada.",
  },

  confirming: {
    title: "Confirmando la autorización",
    why: "Han pasado los cuatro minutos y SIBS aún no nos ha comunicado el resultado. Si lo ha aprobado, todo está bien: consultamos cada pocos segundos y esta página se actualiza automáticamente.",
  },

  active: {
    title: "Autorizado. ¡Gracias!",
    why: (merchant) =>
      `A partir de ahora, ${merchant} podrá cobrar sin pedirle confirmación cada vez, dentro de lo que ha autorizado.`,
  },

  suspended: {
    title: "Pago autorizado en pausa",
    why: "Usted lo autorizó y lo puso en pausa en la aplicación MB WAY: mientras no lo reanude allí, no se cobra nada.",
  },

  refused: {
    refused: {
      title: "La solicitud se ha rechazado en la aplicación",
      why: (merchant) =>
        `No se ha autorizado ni cobrado nada. Si ha sido un error, pida a ${merchant} una nueva solicitud.`,
    },
    not_answered: {
      title: "La solicitud no se ha aprobado a tiempo",
      why: (merchant) =>
        `No pasa nada: no se ha autorizado ni cobrado nada. Si aún lo desea, pida a ${merchant} una nueva solicitud.`,
    },
    unknown_phone: {
      title: "Este número no tiene MB WAY",
      why: (merchant) =>
        `No se ha autorizado nada. Vuelva a ${merchant} y pídalo de nuevo, con el número que tiene en MB WAY.`,
    },
    withdrawn: {
      title: "La solicitud se ha anulado",
      why: (merchant) => `La ha anulado ${merchant} o usted. No se ha autorizado ni cobrado nada.`,
    },
    failed: {
      title: "Algo ha fallado por nuestra parte",
      why: (merchant) =>
        `La solicitud no llegó a hacerse y no se ha autorizado nada. Pida a ${merchant} una nueva solicitud.`,
    },
    other: {
      title: "No se ha podido autorizar",
      why: (merchant) =>
        `No se ha autorizado ni cobrado nada. Póngase en contacto con ${merchant} para intentarlo de nuevo.`,
    },
  },

  over: {
    canceled: {
      title: "Pago autorizado finalizado",
      why: (merchant) => `${merchant} ya no puede cobrar nada mediante él.`,
    },
    expired: {
      title: "Pago autorizado caducado",
      why: (merchant) => `El plazo ha terminado y ${merchant} ya no puede cobrar nada mediante él.`,
    },
  },
};
