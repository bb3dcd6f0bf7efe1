/**
 * What card numbers, expiry dates and codes look like: for a server, and for the page where they are typed. Imports
 * nothing, keeps nothing. Brands are those that SIBS names for Portugal. A Cartes Bancaires card carries Visa's or
 * Mastercard's numbers: nothing in them tells it apart.
 */

/** A brand by its number; cards of others are taken too, with `null` for a brand. */
export type CardBrand = "visa" | "mastercard" | "amex" | "unionpay";

/** The last month of a card, through its last day. */
export interface Expiry {
  /** 1 to 12. */
  readonly month: number;
  /** Four digits. */
  readonly year: number;
}

/** What was wanted, or why a text is none. */
export type Parsed<Value, Problem> = ({ readonly ok: true } & Value) | { readonly ok: false; readonly reason: Problem };

/** Why a text is no card number. `luhn`: its check digit is wrong, so a digit was mistyped. */
export type CardNumberProblem = "empty" | "not_digits" | "too_short" | "too_long" | "luhn";
/** Why a text is no expiry date. */
export type ExpiryProblem = "empty" | "not_a_date" | "expired";
/** Why a text is no card's code. */
export type CardCodeProblem = "empty" | "not_digits" | "too_short" | "too_long";
/** Why a text is no holder's name; `not_a_name`: it holds a card's number, typed into the wrong field. */
export type CardholderProblem = "empty" | "too_long" | "not_a_name";

interface Brand {
  readonly name: string;
  /** What its numbers begin with: from, to. */
  readonly ranges: readonly (readonly [from: string, to: string])[];
  readonly lengths: readonly number[];
  /** How its digits are grouped; fours unless told. */
  readonly groups?: readonly number[];
  readonly codeLength: number;
}

/**
 * Ranges and lengths as public lists of issuers have them. UnionPay's check digit is not always right, so it is not
 * looked at.
 */
const brands: Readonly<Record<CardBrand, Brand>> = {
  visa: { name: "Visa", ranges: [["4", "4"]], lengths: [16, 18, 19], codeLength: 3 },
  mastercard: {
    name: "Mastercard",
    ranges: [
      ["51", "55"],
      ["2221", "2720"],
    ],
    lengths: [16],
    codeLength: 3,
  },
  amex: {
    name: "American Express",
    ranges: [
      ["34", "34"],
      ["37", "37"],
    ],
    lengths: [15],
    groups: [4, 6, 5],
    codeLength: 4,
  },
  unionpay: {
    name: "UnionPay",
    ranges: [
      ["62", "62"],
      ["8100", "8171"],
    ],
    lengths: [14, 15, 16, 17, 18, 19],
    codeLength: 3,
  },
};

/** Lengths of a number of any other brand (ISO/IEC 7812). */
const ANY_LENGTH = [12, 13, 14, 15, 16, 17, 18, 19];

/** What people put between digits, and what copying adds unseen. */
const SEPARATORS = /[\s\p{Cf}\p{Pd}.]/gu;

/**
 * Reads a card's number as people type and paste it, with spaces or dashes. Its brand is known from its digits, or
 * `null`.
 * @example parseCardNumber("4176 6600-0000 0100") // { ok: true, digits: "4176660000000100", brand: "visa" }
 */
export function parseCardNumber(
  text: string,
): Parsed<{ readonly digits: string; readonly brand: CardBrand | null }, CardNumberProblem> {
  const digits = text.replace(SEPARATORS, "");
  if (digits === "") return refused("empty");
  if (/\D/.test(digits)) return refused("not_digits");
  const brand = cardBrand(digits);
  const lengths = brand === null ? ANY_LENGTH : brands[brand].lengths;
  if (digits.length > Math.max(...lengths)) return refused("too_long");
  if (!lengths.includes(digits.length)) return refused("too_short");
  // No payment card's number begins with 0 (ISO/IEC 7812), and zeros alone would pass.
  if (brand !== "unionpay" && (digits.startsWith("0") || !passesLuhn(digits))) return refused("luhn");
  return { ok: true, digits, brand };
}

/**
 * The brand that a number belongs to, also of one half typed or masked (`401200******1112`); `null` while, or if, it
 * cannot be told.
 */
export function cardBrand(number: string): CardBrand | null {
  const typed = /^\d*/.exec(number.replace(SEPARATORS, ""))?.[0] ?? "";
  const names = Object.keys(brands) as CardBrand[];
  return names.find((name) => brands[name].ranges.some((range) => isWithin(typed, range))) ?? null;
}

/** Says whether every number that begins as typed falls into the range. */
function isWithin(typed: string, [from, to]: readonly [string, string]): boolean {
  const known = typed.slice(0, from.length);
  return known.padEnd(from.length, "0") >= from && known.padEnd(to.length, "9") <= to;
}

/** A brand as its owner writes it: "American Express". */
export function brandName(brand: CardBrand): string {
  return brands[brand].name;
}

/**
 * Says whether the last digit is the check digit of the others (ISO/IEC 7812-1, Luhn): false for each single wrong
 * digit.
 */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) {
    const weighted = Number(digit) * (1 + (index % 2));
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** Groups a number's digits as they are printed on the card, also while it is typed; nothing that was typed is lost. */
export function groupCardNumber(typed: string): string {
  const compact = typed.replace(SEPARATORS, "");
  const brand = cardBrand(compact);
  const groups = (brand !== null && brands[brand].groups) || [4, 4, 4, 4, 4];
  let rest = compact;
  const parts = groups.map((length) => {
    const part = rest.slice(0, length);
    rest = rest.slice(length);
    return part;
  });
  return [...parts, rest].filter((part) => part !== "").join(" ");
}

/**
 * How many digits a code may have: four for American Express, three for the others, either while the brand is unknown.
 */
export function codeLengths(brand: CardBrand | null): readonly number[] {
  return brand === null ? [3, 4] : [brands[brand].codeLength];
}

/** Reads a card's code (CVV, CVC), whose length is its brand's. */
export function parseCardCode(
  text: string,
  brand: CardBrand | null,
): Parsed<{ readonly code: string }, CardCodeProblem> {
  const code = text.replace(SEPARATORS, "");
  const lengths = codeLengths(brand);
  if (code === "") return refused("empty");
  if (/\D/.test(code)) return refused("not_digits");
  if (code.length < Math.min(...lengths)) return refused("too_short");
  if (code.length > Math.max(...lengths)) return refused("too_long");
  return { ok: true, code };
}

/** Month first, as on the card: `12/28`, `1-2028`, `1228`, `12 / 2028`. */
const MONTH_FIRST = /^(\d{1,2})[/-](\d\d|\d{4})$|^(\d\d)(\d\d|\d{4})$/;
/** Year first, as browsers and SIBS write it: `2028-12`, `2028-12-31T00:00:00.000Z`. */
const YEAR_FIRST = /^(\d{4})[/-](\d\d)(?:$|-\d\d)/;

/** Reads an expiry date in any form met; `null` when it is none. Two digits are a year of this century. */
export function readExpiry(text: string): Expiry | null {
  const compact = text.replace(/[\s\p{Cf}.]/gu, "").replace(/\p{Pd}/gu, "-");
  const [, isoYear, isoMonth] = YEAR_FIRST.exec(compact) ?? [];
  const [, month = "", year = "", bareMonth = month, bareYear = year] = MONTH_FIRST.exec(compact) ?? [];
  const expiry = { month: Number(isoMonth ?? bareMonth), year: Number(isoYear ?? bareYear.padStart(4, "20")) };
  return expiry.month >= 1 && expiry.month <= 12 && expiry.year >= 2000 ? expiry : null;
}

/** Reads an expiry date and refuses one that is over: the last month has ended everywhere on earth. */
export function parseExpiry(text: string, now: Date): Parsed<{ readonly expiry: Expiry }, ExpiryProblem> {
  if (text.trim() === "") return refused("empty");
  const expiry = readExpiry(text);
  if (expiry === null) return refused("not_a_date");
  const overAt = Date.UTC(expiry.year, expiry.month, 1, 12);
  return now.getTime() < overAt ? { ok: true, expiry } : refused("expired");
}

/** Prints an expiry date as on the card: `12/28`. */
export function expiryText({ month, year }: Expiry): string {
  return `${String(month).padStart(2, "0")}/${String(year).slice(-2)}`;
}

/** Sets the slash of `MM/YY` while it is typed, or when a browser fills it in as `2028-12`. */
export function groupExpiry(typed: string): string {
  const text = typed.trim();
  const filledIn = YEAR_FIRST.test(text) ? readExpiry(text) : null;
  if (filledIn !== null) return expiryText(filledIn);
  const [, month = "", slash = "", year = ""] = /^(\d{1,2})(\D*)(\d{0,4})/.exec(text) ?? [];
  // A first digit above 1 is a whole month, and so is one with a slash behind it.
  const whole = month.length === 1 && (month > "1" || slash !== "") ? `0${month}` : month;
  return slash !== "" || year !== "" ? `${whole}/${year}` : whole;
}

/** Reads a holder's name: at most 45 characters, as EMV 3-D Secure takes it. */
export function parseCardholder(text: string): Parsed<{ readonly name: string }, CardholderProblem> {
  const name = text.replace(/\s+/g, " ").trim();
  if (name === "") return refused("empty");
  if (/[\p{Cc}\p{Cs}]/u.test(name)) return refused("not_a_name");
  if (name.replace(/\D/g, "").length >= 12) return refused("not_a_name");
  return name.length <= 45 ? { ok: true, name } : refused("too_long");
}

/** Countries whose addresses have no postcode (Universal Postal Union). */
const WITHOUT_POSTCODE = (
  "AE AG AO AW BF BI BJ BO BQ BS BW BZ CD CF CG CI CK CM CW DJ DM ER FJ GA GD GH GM GQ GY HK JM KI KM KN KP LY ML MO MR MW " +
  "NR NU QA RW SB SC SL SR SS ST SX SY TD TF TG TK TL TO TT TV TZ UG VU YE ZW"
).split(" ");

/** Whether the address of a card's owner in this country (ISO 3166-1 alpha-2) may do without a postcode. */
export function hasNoPostcode(country: string): boolean {
  return WITHOUT_POSTCODE.includes(country);
}

function refused<Problem extends string>(reason: Problem): { readonly ok: false; readonly reason: Problem } {
  return { ok: false, reason };
}
