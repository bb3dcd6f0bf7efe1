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

/** The ways to pay, by which a list is filtered. */
export const METHODS = Object.keys(NAMES) as readonly Method[];

/** What a way to pay is called. */
export function methodName(method: string, lang: Lang): string {
  return method in NAMES ? NAMES[method as Method][lang] : method;
}
