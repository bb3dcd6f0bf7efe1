/**
 * Saved cards: asking for a token at checkout, the tokens that SIBS tells of, and
 * `POST /payments/{transactionID}/token/purchase`, which pays with one (Authorization: Digest).
 */
import type { CardPurchaseResponse } from "./card.ts";
import type { ActionProcessed, Info } from "./three-d-secure.ts";

/** Asks to keep the card, or announces tokens held already. */
export interface Tokenisation {
  tokenisationRequest?: { tokeniseCard: boolean };
  paymentTokens?: { tokenType: "Card"; value: string }[];
}

/**
 * The first call carries the token; those that follow, what became of the action (inferred: the loop of
 * `card/purchase`).
 */
export interface TokenPurchaseRequest {
  /** In the first call. */
  tokenInfo?: TokenInfo;
  info?: Info;
  /** In those that follow. */
  actionProcessed?: ActionProcessed;
}

/** A saved card. */
export interface TokenInfo {
  value: string;
  /** The card's code, typed anew. */
  secureCode?: string;
  /** `Card`. */
  tokenType: string;
}

/** The answer: that of `card/purchase` (inferred). */
export type TokenPurchaseResponse = CardPurchaseResponse;

/** The documented request; the token is nobody's. */
export const exampleTokenPurchaseRequest: TokenPurchaseRequest = {
  tokenInfo: { value: "8f3c1d0a5b7e42969a10c4d2e6f8b013572468ac", secureCode: "123", tokenType: "Card" },
};
