import { everyPage } from "../parts/texts.es.ts";
import { card } from "./card/texts.es.ts";
import type { Texts } from "./texts.pt.ts";

/** The payment page in the Spanish of Spain. Amounts, hours and phones come in printed already. */
export const es: Texts = {
  ...everyPage,

  offline: "Sin conexión. Seguimos intentándolo; su pago no se pierde.",
  notSent: "No hemos podido enviarlo. Pulse otra vez: no corre el riesgo de pagar dos veces.",
  or: "o",

  methods: { mbway: "MB WAY", multibanco: "Multibanco", card: "Tarjeta", mandate: "Pago autorizado MB WAY" },

  choose: { title: "¿Cómo quiere pagar?" },

  ways: {
    mbway: "Lo aprueba en la aplicación",
    multibanco: "Para pagar cuando quiera",
    card: "Visa, Mastercard",
  },

  reach: {
    none: "Este importe no se puede pagar aquí",
    least: (way, least) => `${way}: solo a partir de ${least}.`,
    most: (way, most) => `${way}: solo hasta ${most}.`,
    both: (way, least, most) => `${way}: solo de ${least} a ${most}.`,
  },

  youCan: (steps) => `Puede ${steps}.`,
  steps: {
    again: "enviar otra solicitud",
    other_number: "probar con otro número",
    other_card_in_app: "elegir otra tarjeta en la aplicación MB WAY y volver a solicitarlo",
    see_mandate: "comprobar en la aplicación MB WAY si está activo y si el límite es suficiente",
    check_expiry: "comprobar la fecha de caducidad",
    check_code: "comprobar el código en la tarjeta e intentarlo de nuevo",
    same_card: "intentarlo de nuevo",
    other_card: "usar otra tarjeta",
    later: "intentarlo de nuevo dentro de un rato",
    try_again: "intentarlo de nuevo",
    another_way: "pagar de otra forma",
    any_way: "elegir otra forma de pago",
  },

  nothingToChoose: {
    title: "No tiene que hacer nada",
    why: (merchant) =>
      `${merchant} cobra este importe mediante su pago autorizado MB WAY. Aquí no hay nada que elegir; esta página se actualizará automáticamente cuando esté pagado.`,
    noWay: (merchant) => `En esta página no hay otra forma de pago. Póngase en contacto con ${merchant}.`,
  },

  mandate: {
    phone: (ending) => `móvil terminado en ${ending}`,
    pay: (amount) => `Pagar ${amount} con un toque`,
    why: "Ya lo ha autorizado: no hay que escribir nada. La aplicación MB WAY solo le pedirá que lo apruebe si supera su límite.",
    payAboveLimit: (amount) => `Pagar ${amount} y aprobarlo en la aplicación`,
    gone: "Ese pago autorizado ya no se puede usar en esta página.",
    aboveLimit: "Este importe supera el límite que eligió: la aplicación MB WAY le pedirá que lo apruebe.",
  },

  phone: {
    label: "Número de móvil",
    hint: "El que tiene en MB WAY. Por ejemplo, 919\u00a0999\u00a0999",
    pay: (amount) => `Pagar ${amount} con MB WAY`,
    another: "Usar otro número",
    rests: (minutes) =>
      `Este móvil ha recibido demasiadas solicitudes en pocos minutos y por eso no hemos enviado otra. Espere ${minutes === 1 ? "un minuto" : `${minutes} minutos`}.`,
    problems: {
      empty: "Falta el número. Escriba las nueve cifras de su móvil.",
      not_digits: "Hay letras o símbolos. Escriba solo las cifras del número.",
      foreign: "Este número no es de Portugal. Escriba un móvil portugués (+351).",
      not_mobile: "Este no es un número de móvil. En Portugal empiezan por 91, 92, 93 o 96.",
      too_short: "Faltan cifras. Un número de móvil portugués tiene nueve.",
      too_long: "Sobran cifras. Un número de móvil portugués tiene nueve.",
      unknown: "Este número no tiene MB WAY. Compruébelo o escriba otro.",
    },
  },

  card,

  moment: {
    title: "Un momento",
    why: "Estamos consultando al banco de su tarjeta. No cierre esta página.",
    goOn: "Continuar",
  },

  challenge: {
    title: "Su banco quiere confirmar su identidad",
    why: "Es una protección de su tarjeta. Confirme la operación con su banco y volverá aquí automáticamente.",
    here: "Confirmar aquí",
    atTheBank: "Continuar en la página del banco",
    anotherWay: "Pagar de otra forma",
    anotherCard: "Usar otra tarjeta",
    back: "Volver al pago",
    dialog: "Confirme con su banco",
    frame: "Página de su banco",
    left: "Tiempo para confirmar:",
    notShown: "¿No aparece la página del banco?",
  },

  waiting: {
    title: "Abra la aplicación MB WAY",
    sent: (ending) => `La solicitud está en el móvil terminado en ${ending}. Apruébela con su PIN.`,
    sentTo: (phone) => `La solicitud está en el móvil ${phone}. Apruébela con su PIN.`,
    asks: (merchant) => `${merchant} le solicita`,
    aboveLimit: "Este importe supera el límite del pago que autorizó: por eso la aplicación le pide que lo apruebe.",
    oneWay: "Mientras la solicitud esté en el móvil no se hace otra: así nunca paga dos veces.",
    anotherWay: "Si la rechaza en la aplicación, podrá elegir enseguida otra forma de pago.",
  },

  confirming: {
    title: "Confirmando el pago",
    dontPayAgain: "No vuelva a pagar.",
    why: "Han pasado los cuatro minutos y SIBS aún no nos ha comunicado el resultado. Si lo ha aprobado, todo está bien: consultamos cada cinco segundos y esta página se actualiza automáticamente.",
    again: "Enviar una nueva solicitud",
    againWhy: "La guardamos y solo la enviaremos cuando sea seguro que la primera no se ha pagado.",
  },

  otherWay: {
    title: "¿Número equivocado? ¿No ha recibido nada?",
    checks: [
      "Abra la aplicación MB WAY y mire lo que está pendiente de autorizar: la solicitud aparece ahí aunque no haya aviso.",
      "Compruebe que el número es el que usa con MB WAY.",
      "Mire si el móvil tiene conexión a Internet.",
    ],
    openApp: "Abrir la aplicación MB WAY",
    why: "La solicitud que está en el móvil no se puede anular. Si no puede empezar ya, guardamos su elección hasta que sea seguro que la solicitud no se ha pagado.",
    number: "Usar otro número",
    ask: "Enviar a este número",
    by: {
      mbway: "Pagar con MB WAY",
      multibanco: "Pagar con referencia Multibanco",
      card: "Pagar con tarjeta",
      mandate: "Usar el pago autorizado MB WAY",
    },
    kept: {
      phone: (ending) => `Guardado: a continuación, la solicitud irá al móvil terminado en ${ending}.`,
      by: {
        mbway: "Guardado: a continuación, una nueva solicitud MB WAY.",
        multibanco: "Guardado: a continuación, una referencia Multibanco.",
        card: "Guardado: a continuación, podrá pagar con tarjeta.",
        mandate: "Guardado: a continuación, podrá usar el pago autorizado.",
      },
    },
    when: "Empieza en cuanto sea seguro que la solicitud actual no se ha pagado; si la rechaza en la aplicación, enseguida.",
    withdraw: "Anular esta elección",
    beside: (ending) =>
      `La solicitud sigue en el móvil terminado en ${ending} y no se puede anular. Si también la aprueba, le devolveremos lo que pague de más.`,
    backToIt: "Volver a la solicitud en el móvil",
  },

  takesLong: {
    why: (merchant) =>
      `Está tardando más de lo habitual. Seguimos consultando a SIBS y puede cerrar esta página. Si tiene dudas, póngase en contacto con ${merchant} e indique este número:`,
    number: "Número del pago:",
    contact: (merchant) => `Contacto de ${merchant}:`,
  },

  unconfirmed: {
    title: "Confirmando el pago",
    dontPayAgain: "No vuelva a pagar.",
    why: "La solicitud se ha enviado y esperamos a que SIBS nos confirme que ha llegado. Suele tardar unos segundos; esta página se actualiza automáticamente.",
    whyCard:
      "El banco de su tarjeta aún no nos ha comunicado el resultado. Consultamos cada pocos segundos y esta página se actualiza automáticamente.",
  },

  reference: {
    choose: "Pagar por Multibanco",
    chooseWhy:
      "En un cajero automático de Portugal o en la banca en línea de un banco portugués, cuando le venga bien.",
    title: "Su referencia Multibanco",
    entity: "Entidad",
    reference: "Referencia",
    amount: "Importe",
    until: "Pague antes del",
    lisbon: "hora de Lisboa",
    copy: "Copiar",
    copied: "Copiado",
    copiedWhat: (what) => `${what}: copiado.`,
    over: {
      title: "El plazo de esta referencia ha terminado",
      paid: "Si ya ha pagado, espere: los bancos nos avisan un poco más tarde y esta página se actualiza automáticamente.",
      ended: (when) => `Terminó el ${when}, hora de Lisboa.`,
      unpaid: "Si no ha pagado, no lo haga: esta referencia ya no es válida.",
    },
    how: "Elija «Pagamento de serviços» (pago de servicios) en el cajero automático o en la banca en línea de su banco.",
    weWillKnow:
      "Cuando pague, se nos avisa automáticamente: no tiene que enviar ningún justificante y puede cerrar esta página.",
    instead: "¿Prefiere pagar ahora con MB WAY?",
    insteadWhy: "Antes se anula esta referencia, para que no pague dos veces.",
  },

  declined: {
    refused: {
      title: "La solicitud se ha rechazado en la aplicación",
      why: "No se ha cobrado nada.",
    },
    unknown_phone: {
      title: "Este número no tiene MB WAY",
      why: "No se ha cobrado nada.",
    },
    no_funds: {
      title: "Saldo insuficiente",
      why: "El banco no ha autorizado el pago y no se ha cobrado nada.",
    },
    mandate_refused: {
      title: "No se ha podido usar el pago autorizado",
      why: "No se ha cobrado nada.",
    },
    card_no_funds: {
      title: "Saldo insuficiente en la tarjeta",
      why: "El banco no ha autorizado el pago y no se ha cobrado nada.",
    },
    card_refused: {
      title: "El banco ha rechazado esta tarjeta",
      why: "No se ha cobrado nada. El banco no nos dice por qué; si quiere saberlo, pregúnteselo.",
    },
    card_expired: {
      title: "La tarjeta está caducada",
      why: "No se ha cobrado nada.",
    },
    card_wrong_code: {
      title: "El código de seguridad no es correcto",
      why: "No se ha cobrado nada.",
    },
    card_issuer_unavailable: {
      title: "El banco de la tarjeta no ha respondido",
      why: "No se ha cobrado nada.",
    },
    card_not_authenticated: {
      title: "El banco no ha podido confirmar su identidad",
      why: "No se ha cobrado nada.",
    },
    card_not_answered: {
      title: "El tiempo para confirmar su identidad ha terminado",
      why: "No se ha cobrado nada.",
    },
    other: {
      title: "El pago no se ha autorizado",
      why: "No se ha cobrado nada.",
    },
  },

  notAnswered: {
    title: "La solicitud no se ha aprobado a tiempo",
    why: "No pasa nada.",
    safe: "Si la primera se llegara a cobrar de todos modos, le devolveremos lo cobrado de más.",
  },

  failed: {
    title: "Algo ha fallado por nuestra parte",
    why: "La solicitud no llegó a hacerse y no se ha cobrado nada.",
  },

  again: "Enviar una nueva solicitud",
  againTo: (ending) => `La solicitud se enviará al móvil terminado en ${ending}.`,

  paid: {
    title: "Pagado. ¡Gracias!",
    to: (amount, merchant) => `${merchant} ha recibido ${amount}.`,
  },

  authorized: {
    title: "Reservado. ¡Gracias!",
    to: (amount, merchant) =>
      `Hemos reservado ${amount} en su tarjeta. ${merchant} cobrará ese importe cuando prepare su pedido.`,
  },

  refunded: {
    fully: "Reembolsado",
    partly: "Reembolsado parcialmente",
    fullyWhy: (refunded) => `Le hemos devuelto ${refunded} en la cuenta con la que pagó.`,
    partlyWhy: (refunded, amount) => `Le hemos devuelto ${refunded} de un total pagado de ${amount}.`,
  },

  canceled: {
    title: "Pago cancelado",
    why: (merchant) => `Ya no hay nada que pagar: ${merchant} ha cancelado este pago.`,
  },

  expired: {
    title: "El plazo para pagar ha terminado",
    uncharged: "No se ha cobrado nada.",
    why: (merchant) => `Si aún quiere comprar, pida a ${merchant} un nuevo pago.`,
  },

  underReview: {
    title: "Estamos revisando este pago",
    dontPayAgain: "No vuelva a pagar.",
    why: (merchant) =>
      `Hemos recibido algo que no esperábamos y una persona lo está revisando. ${merchant} se pondrá en contacto con usted si es necesario.`,
  },

  givenBack: {
    pending: (amount) => `Hemos recibido ${amount} indebidamente y le estamos devolviendo ese importe.`,
    done: (amount) => `Recibimos ${amount} indebidamente y ya le hemos devuelto ese importe.`,
    failed: (amount, merchant) =>
      `Hemos recibido ${amount} indebidamente y no hemos podido devolverle ese importe. Para recibirlo, póngase en contacto con ${merchant}.`,
  },

  cardElsewhere: {
    pay: "Continuar para pagar con tarjeta",
    why: "Los datos de la tarjeta se escriben en la página de pago, que se abre en lugar de esta.",
  },
};
