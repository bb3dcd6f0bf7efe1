/** What every page that follows along says, in European Portuguese. */
export const everyPage = {
  language: "Idioma",
  sending: "A enviar…",
  asking: "A perguntar ao banco…",
  update: "Atualizar",
  withoutScript: "Esta página atualiza-se de poucos em poucos segundos.",
  backToShop: "Voltar à loja",
  backTo: (merchant: string) => `Voltar a ${merchant}`,
  returning: (seconds: number) =>
    seconds === 1 ? "Voltamos à loja dentro de 1 segundo." : `Voltamos à loja dentro de ${seconds} segundos.`,
  stay: "Ficar aqui",
  onPhone: {
    appShows: "A aplicação mostra isto",
    knownAs: (shop: string, inApp: string) => `Na aplicação, ${shop} aparece como «${inApp}».`,
    now: "agora",
    left: "para aprovar",
    hurry: "Falta menos de um minuto. Aprove agora na aplicação.",
    spoken: {
      60: "Falta um minuto para aprovar.",
      30: "Faltam 30 segundos para aprovar.",
      10: "Faltam 10 segundos para aprovar.",
    },
  },
};

/** What every language says of it, key for key. */
export type EveryPage = typeof everyPage;

/** What a page brings along of its own. */
export interface PageTexts extends EveryPage {
  /** The network, or the server, cannot be reached. */
  offline: string;
  /** A form did not get through. */
  notSent: string;
}
