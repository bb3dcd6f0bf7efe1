import { inBoth } from "../texts.ts";

/** What stands in place of a screen. */
export const refusedTexts = inBoth(
  {
    titles: {
      400: "Esta procura não é possível",
      403: "Não tem acesso",
      404: "Não encontrado",
      503: "Indisponível neste momento",
    } as Readonly<Record<number, string>>,
    other: "Não foi possível",
    again: "Tentar outra vez",
    home: "Ir para o início",
    request: "Número do pedido",
  },
  {
    titles: {
      400: "This cannot be searched for",
      403: "You have no access",
      404: "Not found",
      503: "Not available now",
    },
    other: "That was not possible",
    again: "Try again",
    home: "Go to the beginning",
    request: "Request id",
  },
);
