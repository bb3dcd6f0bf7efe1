import { passesLuhn } from "@caravela/sibs/card-data";
import { merchantInitiatedTransaction } from "./checkout-request.ts";
import { CardInHand } from "./presented-card.ts";
import { flag, object, optional, type Read, text, timestamp } from "./reading.ts";
import { refusals } from "./refusals.ts";

/** 12 to 19 digits with their check digit (ISO/IEC 7812). A refusal never repeats them. */
const pan: Read<string> = (value, field) => {
  const digits = text({ min: 12, max: 19, pattern: /^[0-9]+$/ })(value, field);
  if (!passesLuhn(digits)) throw refusals.field(field, "is no card's number: its check digit is wrong");
  return digits;
};

/** Three digits; American Express has four. */
export const secureCode = text({ min: 3, max: 4, pattern: /^[0-9]+$/ });

/** The month as it is written: `2028-12` of `2028-12-31T00:00:00.000Z`. */
const validationDate: Read<string> = (value, field) => timestamp(value, field).written.slice(0, 7);

const cardInfo = object({
  PAN: pan,
  secureCode,
  validationDate,
  cardholderName: text({ max: 45 }),
  createToken: optional(flag),
});

/** The browser's data, all text (API Market): taken, and not looked at. */
const info = object({ deviceInfo: optional(object({})) });

const message = object({
  cardInfo,
  info: optional(info),
  merchantInitiatedTransaction: optional(merchantInitiatedTransaction),
});

/** The first call of a payment by card. The name is checked and then forgotten. */
export function readCardRequest(body: unknown) {
  const { cardInfo: given, merchantInitiatedTransaction: charges } = message(body ?? {}, "");
  const card = new CardInHand(given.PAN, given.secureCode, given.validationDate);
  return { card, createToken: given.createToken === true, charges };
}

const tokenMessage = object({
  tokenInfo: object({
    value: text({ max: 100 }),
    secureCode: optional(secureCode),
    tokenType: optional(text({ max: 40 })),
  }),
  info: optional(info),
});

/** The first call of a payment by a saved card. */
export function readTokenRequest(body: unknown) {
  return tokenMessage(body ?? {}, "").tokenInfo;
}

const continuation = object({
  actionProcessed: optional(object({ id: text({ max: 100 }), type: text({ max: 40 }), executed: flag })),
});

const presented: Read<boolean> = (value) => value !== undefined && value !== null;
const means = object({ cardInfo: presented, tokenInfo: presented });

/** Whether a card, or a saved one, is in the message. */
export function presentsCard(body: unknown): boolean {
  const { cardInfo, tokenInfo } = means(body ?? {}, "");
  return cardInfo || tokenInfo;
}

/** What became of an action; null in a first call. */
export function readActionProcessed(body: unknown) {
  return continuation(body ?? {}, "").actionProcessed;
}
