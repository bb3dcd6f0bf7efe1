import type { Method } from "../../domain/methods/index.ts";
import { card } from "./card.ts";
import { mandate } from "./mandate.ts";
import { mbway } from "./mbway.ts";
import { multibanco } from "./multibanco.ts";
import { token } from "./token.ts";
import type { AttemptReader } from "./types.ts";

const registry: Readonly<Record<Method, AttemptReader>> = { mbway, multibanco, card, token, mandate };

export function readerOf(method: Method): AttemptReader {
  return registry[method];
}
