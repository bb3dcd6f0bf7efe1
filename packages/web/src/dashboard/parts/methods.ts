import type { Lang } from "../../lang.ts";
import type { PayMethod } from "../../pay/view.ts";

/** Every way to pay: those that a customer chooses on the page, and a card that was saved. */
type Method = PayMethod | "token";

const NAMES: Readonly<Record<Method, Readonly<Record<Lang, string>>>> = {
  mbway: { pt: "MB WAY", en: "MB WAY" },
  multibanco: { pt: "Multibanco", en: "Multibanco" },
  card: { pt: "Cartão", en: "Card" },
  token: { pt: "Cartão guardado", en: "Saved card" },
  mandate: { pt: "Pagamento autorizado", en: "Authorised payment" },
};

/** Where the customer finds money that went back, by the way in which it was paid. */
const REFUND_SEEN: Readonly<Record<Method, Readonly<Record<Lang, string>>>> = {
  mbway: {
    pt: "O dinheiro volta ao cartão com que o cliente pagou na aplicação MB WAY.",
    en: "The money goes back to the card with which the customer paid in the MB WAY app.",
  },
  multibanco: {
    pt: "O dinheiro volta à conta de onde a referência foi paga.",
    en: "The money goes back to the account from which the reference was paid.",
  },
  card: {
    pt: "O dinheiro volta ao cartão, e o cliente vê-o no extrato.",
    en: "The money goes back to the card, and the customer sees it on the card's statement.",
  },
  token: {
    pt: "O dinheiro volta ao cartão guardado, e o cliente vê-o no extrato.",
    en: "The money goes back to the saved card, and the customer sees it on the card's statement.",
  },
  mandate: {
    pt: "O dinheiro volta ao cartão associado ao pagamento autorizado.",
    en: "The money goes back to the card behind the authorised payment.",
  },
};

/** How somebody at work has a customer asked for money anew, in one way to pay. */
export interface NewTry {
  readonly kind: "ask_phone" | "new_reference";
  /** Of its page, below the payment's address. */
  readonly path: string;
  readonly method: string;
  readonly asksPhone: boolean;
  /** Whether money can be held by it. */
  readonly canHold: boolean;
  /** Whether another try may take its place before its time: it is withdrawn then. */
  readonly canBeCalledOff: boolean;
}

const NEW_TRIES_OF: Readonly<Record<Method, Omit<NewTry, "method"> | null>> = {
  mbway: { kind: "ask_phone", path: "ask-phone", asksPhone: true, canHold: true, canBeCalledOff: false },
  multibanco: { kind: "new_reference", path: "new-reference", asksPhone: false, canHold: false, canBeCalledOff: true },
  card: null,
  token: null,
  mandate: null,
};

/** The ways in which a person at work has a customer asked; the others begin with the customer, or with a program. */
export const NEW_TRIES: readonly NewTry[] = Object.entries(NEW_TRIES_OF).flatMap(([method, of]) =>
  of === null ? [] : [{ ...of, method }],
);

/** Where the customer finds a refund; null: of a way that is not known here. */
export function refundSeen(method: string, lang: Lang): string | null {
  return method in REFUND_SEEN ? REFUND_SEEN[method as Method][lang] : null;
}

/** The ways to pay, by which a list is filtered. */
export const METHODS = Object.keys(NAMES) as readonly Method[];

/** What a way to pay is called. */
export function methodName(method: string, lang: Lang): string {
  return method in NAMES ? NAMES[method as Method][lang] : method;
}
