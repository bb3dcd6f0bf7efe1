import type { Method } from "../../../domain/methods/index.ts";
import type { Payment } from "../../../domain/payment/state.ts";
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

/** Whether a payment's page asks for this: a phone, a card. */
export function asksFor(form: NonNullable<MethodOnPage["form"]>, { methods }: Pick<Payment, "methods">): boolean {
  return methods.some((method) => onPage[method].form === form);
}

/** Every method that has a form. */
export const methodsOnPage = Object.keys(onPage) as Method[];
