import type { Method } from "../../../domain/methods/index.ts";
import { card } from "./card.ts";
import { mandate } from "./mandate.ts";
import { mbway } from "./mbway.ts";
import { multibanco } from "./multibanco.ts";
import { token } from "./token.ts";
import type { MethodOnPage } from "./types.ts";

const onPage: Readonly<Record<Method, MethodOnPage>> = { mbway, multibanco, card, token, mandate };

export function onPageOf(method: Method): MethodOnPage {
  return onPage[method];
}

/** Every method that has a form. */
export const methodsOnPage = Object.keys(onPage) as Method[];
