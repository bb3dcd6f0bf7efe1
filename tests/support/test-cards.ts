import type { Json } from "./json.ts";

/** A card to pay with, and its code. */
export interface TestCard {
  readonly number: string;
  readonly code: string;
}

/** Cards that the issuer approves, of numbers that stand nowhere by chance. */
export const VISA: TestCard = { number: "4539731826049589", code: "731" };
export const MASTERCARD: TestCard = { number: "5296174830259615", code: "628" };
export const AMEX: TestCard = { number: "374829163058274", code: "8265" };
export const UNIONPAY: TestCard = { number: "6229384716502819465", code: "947" };
/** One that is only ever typed wrong. */
export const MISTYPED: TestCard = { number: "4928715364082176", code: "583" };
/** SIBS's own test cards. */
export const CHALLENGED: TestCard = { number: "4176660000000100", code: "597" };
export const CHALLENGED_TOO: TestCard = { number: "5134148655197817", code: "419" };
export const FRICTIONLESS: TestCard = { number: "4970417809609823", code: "914" };

/** Cards with a scripted outcome, and what becomes of a payment by them. */
export const SCENARIOS: Readonly<Record<string, string>> = {
  "4000000000000010": "approved",
  "4000000000000119": "declined",
  "4000000000000127": "declined",
  "4000000000000135": "declined",
  "4000000000000143": "declined",
  "4000000000000150": "declined",
  "4000000000000168": "failed",
  // its notification may come before the doubt
  "4000000000000184": "submitted or approved",
  "4000000000000192": "submitted",
  "4000000000000200": "pending",
  "4000000000000218": "pending",
};
export const SCENARIO_CODE = "864";

export const ALL_CARDS: readonly TestCard[] = [
  VISA,
  MASTERCARD,
  AMEX,
  UNIONPAY,
  MISTYPED,
  CHALLENGED,
  CHALLENGED_TOO,
  FRICTIONLESS,
  ...[...Object.keys(SCENARIOS), "4000000000000028", "4000000000000036", "4000000000000044", "4000000000000176"].map(
    (number) => ({ number, code: SCENARIO_CODE }),
  ),
];

/** The body of an attempt by card. */
export function cardBody({ number, code }: TestCard, changes: Json = {}): Json {
  return {
    method: "card",
    card: { number, expiry: "12/30", code, name: "Ana Sousa", ...changes },
    browser: { language: "pt-PT", userAgent: "test", ipAddress: "192.0.2.7" },
  };
}

/** Cards typed wrong, in every field that a number can be typed into by mistake. */
export const typedWrong: Readonly<Record<string, Json>> = {
  "a digit too many": cardBody(MISTYPED, { number: `${MISTYPED.number}1` }),
  "twice the number": cardBody(MISTYPED, { number: MISTYPED.number.repeat(2) }),
  "thrice the number": cardBody(MISTYPED, { number: MISTYPED.number.repeat(3) }),
  "a letter": cardBody(MISTYPED, { number: `${MISTYPED.number.slice(0, 15)}O` }),
  "a digit that is wrong": cardBody(MISTYPED, { number: `${MISTYPED.number.slice(0, 15)}7` }),
  "too few digits": cardBody(MISTYPED, { number: MISTYPED.number.slice(0, 13) }),
  "a number that is a number": cardBody(MISTYPED, { number: Number(MISTYPED.number) }),
  "the number in a list": cardBody(MISTYPED, { number: [MISTYPED.number] }),
  "no code": cardBody(MISTYPED, { code: undefined }),
  "a long code": cardBody({ ...MISTYPED, code: `${MISTYPED.code}19` }),
  "the number for a code": cardBody({ ...MISTYPED, code: MISTYPED.number }),
  "a code of letters": cardBody(MISTYPED, { code: `${MISTYPED.code}a` }),
  "the number for an expiry": cardBody(MISTYPED, { expiry: MISTYPED.number }),
  "an expiry in the past": cardBody(MISTYPED, { expiry: "01/20" }),
  "the number for a name": cardBody(MISTYPED, { name: MISTYPED.number }),
  "the number in a name": cardBody(MISTYPED, { name: `Ana ${MISTYPED.number} Sousa` }),
  "the number for a method": { method: MISTYPED.number },
  "the number for a phone": { method: "mbway", phone: MISTYPED.number },
  "the number for a token": { method: "token", token: MISTYPED.number },
  "the number for a saved card's code": { method: "token", token: "tok_1", secureCode: MISTYPED.number.slice(0, 10) },
  "the number for an address on the network": {
    ...cardBody(MISTYPED),
    browser: { ipAddress: MISTYPED.number },
  },
  "a card where none belongs": { method: "mbway", phone: "919999999", card: cardBody(MISTYPED).card },
  "a card of another name": { ...cardBody(MISTYPED), cardInfo: { PAN: MISTYPED.number, secureCode: MISTYPED.code } },
  "a member too many": cardBody(MISTYPED, { pan: MISTYPED.number, cvv: MISTYPED.code }),
  "the number for a member's name": cardBody(MISTYPED, { [MISTYPED.number]: MISTYPED.code }),
  "a card that is a text": { method: "card", card: MISTYPED.number },
  "the number in a list for a body": [MISTYPED.number] as unknown as Json,
};
