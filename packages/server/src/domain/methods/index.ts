import type { Attempt, FailureReason } from "../payment/attempt.ts";
import type { Instant } from "../time.ts";
import { card } from "./card.ts";
import { mandate } from "./mandate.ts";
import { mbway } from "./mbway.ts";
import { multibanco } from "./multibanco.ts";
import { token } from "./token.ts";

/** The rules that differ from method to method. A new method is a new file and one line in the registry below. */
export interface MethodRules {
  /** Whether money can be held first and captured later. */
  readonly canHold: boolean;
  /** The method that a payment offers when it offers this one: a saved card is a card, an authorised payment is MB WAY. */
  readonly offeredAs?: "card" | "mbway";
  /** Whether a payment may name it all the same, to offer it without the other. */
  readonly isNamedAlone?: true;
  /** Whether a live attempt can be withdrawn at SIBS to make way for another method. */
  readonly canBeCalledOff: boolean;
  /** Until when the customer can act on a request sent at `submittedAt`; null: nobody is waited for. */
  expiresAt(submittedAt: Instant, paymentExpiresAt: Instant): Instant | null;
  /** When SIBS is asked next about an attempt that is not in doubt; null: never again. */
  nextAsk(attempt: Attempt, after: Instant): Instant | null;
  /** How our own clock ends an attempt that SIBS, asked after the window closed, holds to be unpaid still; null: it never does. */
  readonly timesOut: TimesOut | null;
  /** From when on SIBS should have said how it ended; null: from no moment that is known. */
  overdueAt(attempt: Attempt): Instant | null;
}

/** When an attempt is over without a word of SIBS. In milliseconds from when it was submitted. */
export interface TimesOut {
  /** Until when the customer can act. */
  readonly window: number;
  /** From when on we end it. */
  readonly after: number;
  /** Why, in what is told of it. */
  readonly reason: (attempt: Attempt) => FailureReason;
}

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
