import {
  type CardBrand,
  type CardCodeProblem,
  type CardholderProblem,
  type CardNumberProblem,
  type ExpiryProblem,
  hasNoPostcode,
  parseCardCode,
  parseCardholder,
  parseCardNumber,
  parseExpiry,
} from "@caravela/sibs/card-data";
import { COUNTRIES } from "./countries.ts";

/** What is asked of a card's owner where the shop did not say it. */
export type PayerField = "email" | "street1" | "city" | "postcode" | "country";

/** What the forms for cards ask. */
export type CardField = "number" | "expiry" | "code" | "name" | PayerField;

/** The fields of a card's owner's address. */
export const ADDRESS = ["street1", "postcode", "city", "country"] as const satisfies readonly PayerField[];

/**
 * The fields that ask whose card it is, in the order in which they stand: only what the shop did not say. The name is
 * another form's: a card has its holder's.
 */
export function payerFields(asks: readonly string[]): PayerField[] {
  return [...(asks.includes("email") ? (["email"] as const) : []), ...(asks.includes("billingAddress") ? ADDRESS : [])];
}

/** Why what was typed into a field is not what it asks for. */
export interface FieldProblem {
  number: CardNumberProblem;
  /** `refused`: not as the bank knows it. */
  expiry: ExpiryProblem | "refused";
  code: CardCodeProblem | "refused";
  name: CardholderProblem;
  email: "empty" | "not_an_address" | "too_long";
  street1: "empty" | "too_long";
  city: "empty" | "too_long";
  postcode: "empty" | "too_long";
  country: "empty";
}

/**
 * What is wrong with a form, field by field; and with the form as a whole: the saved card that was chosen cannot be
 * used here (any more), or there were too many tries by card.
 */
export type CardProblems = { [Field in CardField]?: FieldProblem[Field] } & { form?: FormProblem };

export type FormProblem = "saved_not_here" | "too_many_tries";

/** SIBS's limits for a customer's address (reference 2.4) and the longest address of e-mail (RFC 5321). */
export const LONGEST = { email: 254, street1: 70, city: 35, postcode: 16 } as const;

/** What is known when a field is looked at. */
export interface CheckTerms {
  now: Date;
  /** The card's brand, which says how long its code is; null while it is not known. */
  brand: CardBrand | null;
  /** The address's country, which says whether it has a postcode; absent while it is not known. */
  country?: string;
}

type Checks = { [Field in CardField]: (text: string, terms: CheckTerms) => FieldProblem[Field] | null };

const checks: Checks = {
  number: (text) => reasonOf(parseCardNumber(text)),
  expiry: (text, { now }) => reasonOf(parseExpiry(text, now)),
  code: (text, { brand }) => reasonOf(parseCardCode(text, brand)),
  name: (text) => reasonOf(parseCardholder(text)),
  email: (text) => checkLength(text, LONGEST.email) ?? (isAddress(text.trim()) ? null : "not_an_address"),
  street1: (text) => checkLength(text, LONGEST.street1),
  city: (text) => checkLength(text, LONGEST.city),
  postcode: (text, { country = "" }) => {
    const problem = checkLength(text, LONGEST.postcode);
    return problem === "empty" && hasNoPostcode(country) ? null : problem;
  },
  // The page has a list to choose from, and needs not bring it along a second time.
  country: (text) => ((IS_SERVER ? COUNTRIES.includes(text) : text !== "") ? null : "empty"),
};

/**
 * Why a text is not what a field asks for; null when it is. The page asks before it sends, and the server asks again.
 */
export function problemOf<Field extends CardField>(
  field: Field,
  text: string,
  terms: CheckTerms,
): FieldProblem[Field] | null {
  return checks[field](text, terms);
}

function reasonOf<Problem>(parsed: { ok: true } | { ok: false; reason: Problem }): Problem | null {
  return parsed.ok ? null : parsed.reason;
}

function checkLength(text: string, longest: number): "empty" | "too_long" | null {
  const { length } = text.trim();
  if (length === 0) return "empty";
  return length > longest ? "too_long" : null;
}

function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text);
}
