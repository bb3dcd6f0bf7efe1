import {
  type CardBrand,
  type CardCodeProblem,
  type CardholderProblem,
  type CardNumberProblem,
  cardBrand,
  type Expiry,
  type ExpiryProblem,
  parseCardCode,
  parseCardholder,
  parseCardNumber,
  parseExpiry,
} from "./card-data.ts";
import type { CardInfo } from "./protocol/card.ts";

/** A card as it was typed, or as a program has it. */
export interface CardInput {
  readonly number?: string | undefined;
  /** `MM/YY` and its like; or give `month` and `year`. */
  readonly expiry?: string | undefined;
  readonly month?: number | string | undefined;
  /** Two digits or four. */
  readonly year?: number | string | undefined;
  /** CVV, CVC. */
  readonly code?: string | undefined;
  /** The holder's name. */
  readonly name?: string | undefined;
}

/** What is wrong with a card, field by field; a field that is right is not there. */
export interface CardProblems {
  readonly number?: CardNumberProblem;
  readonly expiry?: ExpiryProblem;
  readonly code?: CardCodeProblem;
  readonly name?: CardholderProblem;
}

/** Outcome of {@link Card.parse}. */
export type ParsedCard =
  | { readonly ok: true; readonly card: Card }
  | { readonly ok: false; readonly reasons: CardProblems };

/** What every printer shows of a card. */
const HIDDEN = "[card]";

/** Opens a card. Known to this module alone, and through `cardInfoOf` to this package. */
let open: (card: Card) => CardInfo;

/**
 * A card's number, expiry, code and holder, for the one call that sends them to SIBS. Whatever prints it prints
 * `[card]`; a structured clone, a spread and a worker's message hold nothing of it. Brand, first six, last four and
 * expiry may be shown and kept (PCI DSS 3.4.1).
 */
export class Card {
  readonly #number: string;
  readonly #expiry: Expiry;
  readonly #code: string;
  readonly #name: string;

  private constructor(number: string, expiry: Expiry, code: string, name: string) {
    this.#number = number;
    this.#expiry = expiry;
    this.#code = code;
    this.#name = name;
  }

  static {
    open = (card) => {
      if (!(#number in card)) throw new TypeError("not a card: make one with Card.parse");
      return {
        PAN: card.#number,
        secureCode: card.#code,
        validationDate: lastDayOf(card.#expiry),
        cardholderName: card.#name,
      };
    };
  }

  /**
   * Reads a card, and says of each field what is wrong with it. Cards of brands that it does not know are taken.
   * @example const parsed = Card.parse({ number: "4176 6600 0000 0100", expiry: "12/28", code: "597", name: "Jane Doe"
   * }, new Date()); if (!parsed.ok) console.log(parsed.reasons.number); // "luhn"
   */
  static parse(input: CardInput, now: Date): ParsedCard {
    const { number: numberText = "", month = "", year = "" } = input;
    const number = parseCardNumber(numberText);
    const expiry = parseExpiry(input.expiry ?? (month === "" && year === "" ? "" : `${month}/${year}`), now);
    const code = parseCardCode(input.code ?? "", cardBrand(numberText));
    const name = parseCardholder(input.name ?? "");
    if (number.ok && expiry.ok && code.ok && name.ok) {
      return { ok: true, card: new Card(number.digits, expiry.expiry, code.code, name.name) };
    }
    const reasons: CardProblems = {
      ...(!number.ok && { number: number.reason }),
      ...(!expiry.ok && { expiry: expiry.reason }),
      ...(!code.ok && { code: code.reason }),
      ...(!name.ok && { name: name.reason }),
    };
    return { ok: false, reasons };
  }

  /** `null`: a brand that SIBS does not name. */
  get brand(): CardBrand | null {
    return cardBrand(this.#number);
  }

  get firstSix(): string {
    return this.#number.slice(0, 6);
  }

  get lastFour(): string {
    return this.#number.slice(-4);
  }

  get expiry(): Expiry {
    return { ...this.#expiry };
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return HIDDEN;
  }
}

/**
 * The card as SIBS wants it. Not exported from the package: the client alone sends it.
 * @throws TypeError when it is no card.
 */
export function cardInfoOf(card: Card): CardInfo {
  return open(card);
}

/** The form that SIBS's documentation shows: `2028-12-31T00:00:00.000Z`. */
function lastDayOf({ month, year }: Expiry): string {
  return new Date(Date.UTC(year, month, 0)).toISOString();
}
