import { card } from "./card.ts";
import { mandate } from "./mandate.ts";
import { mbway } from "./mbway.ts";
import { multibanco } from "./multibanco.ts";
import { token } from "./token.ts";
import type { MethodRules } from "./types.ts";

const registry = { mbway, multibanco, card, token, mandate } as const satisfies Record<string, MethodRules>;

export type Method = keyof typeof registry;

export const METHODS = Object.keys(registry) as readonly Method[];

/** Those that a server offers: a saved card is offered with the card, an authorised payment with MB WAY. */
export const OFFERED = METHODS.filter((method) => rulesOf(method).offeredAs === undefined);

/** Those that a payment may offer by name. */
export const NAMED = METHODS.filter((method) => OFFERED.includes(method) || rulesOf(method).isNamedAlone === true);

export function rulesOf(method: Method): MethodRules {
  return registry[method];
}

export function isMethod(word: string): word is Method {
  return Object.hasOwn(registry, word);
}
