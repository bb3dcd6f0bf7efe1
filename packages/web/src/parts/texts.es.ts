import type { EveryPage } from "./texts.pt.ts";

/** What every page that follows along says, in the Spanish of Spain. */
export const everyPage: EveryPage = {
  language: "Idioma",
  sending: "Enviando…",
  asking: "Consultando al banco…",
  update: "Actualizar",
  withoutScript: "Esta página se actualiza cada pocos segundos.",
  backToShop: "Volver a la tienda",
  backTo: (merchant) => `Volver a ${merchant}`,
  returning: (seconds) =>
    seconds === 1 ? "Volverá a la tienda en 1 segundo." : `Volverá a la tienda en ${seconds} segundos.`,
  stay: "Quedarme aquí",
  onPhone: {
    appShows: "La aplicación muestra esto",
    knownAs: (shop, inApp) => `En la aplicación, ${shop} aparece como «${inApp}».`,
    now: "ahora",
    left: "para aprobarlo",
    hurry: "Queda menos de un minuto. Apruébelo ahora en la aplicación.",
    spoken: {
      60: "Queda un minuto para aprobarlo.",
      30: "Quedan 30 segundos para aprobarlo.",
      10: "Quedan 10 segundos para aprobarlo.",
    },
  },
};
