import type { CardTexts } from "./texts.pt.ts";

/** What the forms for cards say, in the Spanish of Spain. */
export const card: CardTexts = {
  choose: "Pagar con tarjeta",
  another: "Usar otra tarjeta",
  number: "Número de tarjeta",
  expiry: "Caducidad",
  expiryHint: "MM/AA",
  code: "Código (CVV)",
  codeBehind: "Tres cifras, en el reverso de la tarjeta",
  codeInFront: "Cuatro cifras, en el anverso de la tarjeta",
  name: "Nombre en la tarjeta",
  email: "Correo electrónico",
  emailHint: "Lo pide el banco de la tarjeta para reconocerle.",
  billing: "Dirección de facturación",
  street: "Calle y número",
  postcode: "Código postal",
  city: "Localidad",
  country: "País",
  keep: "Guardar esta tarjeta para la próxima vez",
  keepWhy: (merchant) =>
    `SIBS la guarda para ${merchant}: la próxima vez bastará con el código, y ${merchant} podrá hacer los cobros que acuerde con usted.`,
  forgotten: "El número y el código se envían cifrados a SIBS y no se guardan aquí.",
  pay: (amount) => `Pagar ${amount} con tarjeta`,
  saved: "Sus tarjetas guardadas",
  endingIn: "terminada en",
  until: (expiry) => `Válida hasta ${expiry}`,
  problems: {
    number: {
      empty: "Falta el número de la tarjeta.",
      not_digits: "Hay letras o símbolos. Escriba solo las cifras de la tarjeta.",
      too_short: "Faltan cifras. Compruebe el número en la tarjeta.",
      too_long: "Sobran cifras. Compruebe el número en la tarjeta.",
      luhn: "Hay una cifra equivocada. Compruebe el número en la tarjeta.",
    },
    expiry: {
      empty: "Falta la fecha de caducidad.",
      not_a_date: "Escriba el mes y el año como figuran en la tarjeta, por ejemplo 08/29.",
      expired: "Esta tarjeta está caducada. Use otra.",
    },
    code: {
      empty: "Falta el código de seguridad.",
      not_digits: "El código solo tiene cifras.",
      too_short: "Al código le faltan cifras.",
      too_long: "Al código le sobran cifras.",
    },
    name: {
      empty: "Falta el nombre, tal como figura en la tarjeta.",
      too_long: "El nombre es demasiado largo: caben 45 letras.",
      not_a_name: "Esto parece un número. Escriba el nombre que figura en la tarjeta.",
    },
    email: {
      empty: "Falta el correo electrónico.",
      not_an_address: "La dirección de correo no está completa. Por ejemplo, nombre@ejemplo.es",
      too_long: "La dirección de correo es demasiado larga.",
    },
    street1: { empty: "Faltan la calle y el número.", too_long: "La calle es demasiado larga: caben 70 letras." },
    postcode: { empty: "Falta el código postal.", too_long: "El código postal es demasiado largo." },
    city: { empty: "Falta la localidad.", too_long: "La localidad es demasiado larga: caben 35 letras." },
    country: { empty: "Elija un país." },
  },
  formProblems: {
    saved_not_here: "Esa tarjeta guardada ya no se puede usar aquí. Escriba los datos de una tarjeta.",
    too_many_tries: "Ha habido demasiados intentos con tarjeta. Espere una hora antes del siguiente.",
  },
};
