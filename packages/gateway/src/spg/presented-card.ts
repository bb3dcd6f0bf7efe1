import { inspect } from "node:util";
import { cardBrand } from "@caravela/sibs/card-data";
import { type PresentedCard, present, scenarioOfNumber } from "../domain/card.ts";

const HIDDEN = "[card]";

/**
 * A card's number and code, for the one call that brings them. Whatever prints it prints `[card]`; it is never kept.
 */
export class CardInHand {
  readonly #number: string;
  readonly #code: string;
  readonly #expiry: string;

  constructor(number: string, code: string, expiry: string) {
    this.#number = number;
    this.#code = code;
    this.#expiry = expiry;
  }

  /** Presents it to its issuer: what comes of it names neither number nor code. */
  present(now: Date): PresentedCard {
    const kept = {
      brand: cardBrand(this.#number),
      firstSix: this.#number.slice(0, 6),
      lastFour: this.#number.slice(-4),
      expiry: this.#expiry,
      scenario: scenarioOfNumber(this.#number),
    };
    return present(kept, this.#code, now);
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
