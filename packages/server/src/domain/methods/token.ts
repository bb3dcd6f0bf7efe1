import { card } from "./card.ts";
import type { MethodRules } from "./types.ts";

/** A saved card: the same card, without its number being typed again. */
export const token: MethodRules = { ...card, offeredAs: "card" };
