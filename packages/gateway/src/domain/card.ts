import { type CardScenarioName, type ChallengeEnding, testCards } from "./card-scenarios.ts";
import type { Outcome } from "./outcomes.ts";

/** All that is ever kept of a card: what PCI DSS 3.4.1 lets be shown, and what is to come of it. */
export interface KeptCard {
  /** `visa`, `mastercard` …; null where the number tells none. */
  readonly brand: string | null;
  readonly firstSix: string;
  readonly lastFour: string;
  /** The last month it is good for: `2028-12`. */
  readonly expiry: string;
  readonly scenario: CardScenarioName;
}

/** A card that pays: what is kept of it, and what its issuer holds against it before anything else. */
export interface PresentedCard {
  readonly kept: KeptCard;
  readonly objection: Outcome | null;
}

/** What the browser was asked to do for the card's issuer (reference 5.2). */
export interface Action {
  readonly id: string;
  readonly type: "THREEDS_METHOD" | "THREEDS_CHALLENGE";
  readonly askedAt: Date;
  /** How it ended; `done`: the browser was at the issuer's hidden page. null: not yet. */
  readonly ending: ChallengeEnding | "done" | null;
  /** Passwords that were wrong. */
  readonly tries: number;
}

/** What 3-D Secure proved; its members are EMV 3-D Secure's own (inferred). */
export interface Proof {
  readonly transStatus: "Y" | "A" | "N" | "R" | "U";
  readonly eci: string;
  readonly authenticationValue?: string;
  readonly dsTransID: string;
  readonly acsTransID: string;
  readonly threeDSServerTransID: string;
  readonly messageVersion: string;
}

/** How a card is used in a payment. */
export interface CardUse {
  readonly kept: KeptCard;
  /** The token it is paid with, or that it gets once it is approved; null: neither. */
  readonly token: string | null;
  readonly action: Action | null;
  readonly proof: Proof | null;
}

/** What a checkout says of charges by the merchant that are to follow (reference 7.1), or that this is one. */
export interface Charges {
  /** Under which of its two names. */
  readonly announcedAs: "recurringTransaction" | "merchantInitiatedTransaction";
  readonly type: "RCRR" | "UCOF";
  readonly amountQualifier: string;
  readonly schedule: { readonly initialDate?: string; readonly finalDate?: string; readonly interval?: string } | null;
}

/** What a checkout says of paying it by card. */
export interface CardTerms {
  /** Mail or telephone order: nobody is there to be authenticated (reference 5.4). */
  readonly moto: boolean;
  /** The customer's data that SIBS wants for a card (reference 2.6). */
  readonly hasEmail: boolean;
  readonly hasBillingAddress: boolean;
  /** Whether it gets a token. */
  readonly keepsCard: boolean;
  readonly charges: Charges | null;
}

/** Nothing is said of cards. */
export const NO_CARD_TERMS: CardTerms = {
  moto: false,
  hasEmail: false,
  hasBillingAddress: false,
  keepsCard: false,
  charges: null,
};

/** A card that a customer lets a merchant keep. */
export interface Token {
  readonly value: string;
  readonly card: KeptCard;
}

/** What comes of a number; every one that is not listed is approved. */
export function scenarioOfNumber(number: string): CardScenarioName {
  return testCards.find((card) => card.number === number)?.scenario ?? "approved";
}

/**
 * Presents a card to its issuer. A wrong code and an expired card are refused before anything else. No code at all (a
 * saved card) is not held against it.
 */
export function present(kept: KeptCard, secureCode: string | null, now: Date): PresentedCard {
  if (hasExpired(kept, now)) return { kept, objection: "card_expired" };
  const { code } = testCards.find((card) => isThat(card.number, kept) && card.scenario === kept.scenario) ?? {
    code: null,
  };
  const wrong = code !== null && secureCode !== null && code !== secureCode;
  return { kept, objection: wrong ? "wrong_code" : null };
}

/** A card is good through the last day of its month, everywhere on earth. */
function hasExpired({ expiry }: KeptCard, now: Date): boolean {
  const [year = 0, month = 0] = expiry.split("-").map(Number);
  return now.getTime() >= Date.UTC(year, month, 1, 12);
}

function isThat(number: string, { firstSix, lastFour }: KeptCard): boolean {
  return number.startsWith(firstSix) && number.endsWith(lastFour);
}

/** `417666******0100`, as SIBS masks it (GH-EPVC). */
export function maskedPan({ firstSix, lastFour }: KeptCard): string {
  return `${firstSix}******${lastFour}`;
}

/** A token as every message has it; the date is the last day of the card's last month. */
export function tokenBlock({ value, card }: Token) {
  const [year = 0, month = 0] = card.expiry.split("-").map(Number);
  return {
    tokenName: card.brand === null ? "Card" : (brandNames[card.brand] ?? "Card"),
    tokenType: "Card",
    value,
    maskedPAN: maskedPan(card),
    expireDate: new Date(Date.UTC(year, month, 0)).toISOString(),
  };
}

const brandNames: Readonly<Record<string, string>> = {
  visa: "Visa",
  mastercard: "Mastercard",
  amex: "American Express",
  unionpay: "UnionPay",
};
