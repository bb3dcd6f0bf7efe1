import { inBoth } from "../texts.ts";

/** What stands in place of a screen. */
export const refusedTexts = inBoth(
  {
    titles: {
      400: "Este pedido não é possível",
      403: "Não tem acesso",
      404: "Não encontrado",
      503: "Indisponível neste momento",
    } as Readonly<Record<number, string>>,
    other: "Não foi possível",
    again: "Tentar outra vez",
    home: "Ir para a página inicial",
    request: "Número do pedido",
  },
  {
    titles: {
      400: "This cannot be asked for",
      403: "You have no access",
      404: "Not found",
      503: "Not available now",
    },
    other: "That was not possible",
    again: "Try again",
    home: "Go to the first page",
    request: "Request id",
  },
);
