import type { Cents } from "@caravela/sibs/money";
import type { Lang } from "../lang.ts";

/**
 * What the simulated ATM shows: `GET /atm` (fields filled from `?entity=&reference=&amount=`) and the answer to `POST
 * /atm/pay`.
 */
export interface AtmView {
  lang: Lang;
  /** The three fields as typed, so that nothing is lost when a payment is refused. */
  typed: { entity: string; reference: string; amount: string };
  result: AtmResult | null;
}

export type AtmResult =
  | { kind: "receipt"; entity: string; reference: string; amount: Cents; merchant: string; paidAt: string; id: string }
  | { kind: "refused"; reason: AtmRefusal };

/**
 * Why the ATM gives the money back: `malformed` (a field is no entity, reference or amount), `unknown` (no such
 * reference of that entity), `not_yet_valid`, `lapsed`, `canceled`, `wrong_amount`, `already_paid`.
 */
export type AtmRefusal =
  | "malformed"
  | "unknown"
  | "not_yet_valid"
  | "lapsed"
  | "canceled"
  | "wrong_amount"
  | "already_paid";
