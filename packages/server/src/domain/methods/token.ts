import { card } from "./card.ts";
import type { MethodRules } from "./types.ts";

/** A saved card: the same card, without its number being typed again. */
export const token: MethodRules = {
  ...card,
  called: { en: "saved card", pt: "cartão guardado" },
  offeredAs: "card",
};
