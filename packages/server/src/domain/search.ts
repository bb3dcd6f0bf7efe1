import { type CivilDate, isCivilDate } from "@caravela/platform/lisbon";
import { HIGHEST_AMOUNT } from "@caravela/sibs/limits";
import { type Cents, cents } from "@caravela/sibs/money";

// What people read out, and the terms under which it is kept: so written in one place for whoever writes and whoever
// looks.

type Text = string | null | undefined;

/** The term of the last four digits of a phone or a card; null: there are not so many. */
export function lastFourTerm(text: Text): string | null {
  const [last] = /\d{4}$/.exec(digitsOf(text ?? "")) ?? [];
  return last === undefined ? null : `last4:${last}`;
}

/** The term of an e-mail address, whose case nobody reads out. */
export function emailTerm(text: Text): string | null {
  const address = text?.trim().toLowerCase() ?? "";
  return address === "" ? null : `email:${address}`;
}

/** The term of a Multibanco reference, however its digits are grouped. */
export function multibancoTerm(text: Text): string | null {
  const digits = digitsOf(text ?? "");
  return digits === "" ? null : `multibanco:${digits}`;
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, "");
}

/** What somebody may mean by the words that they search for: any of it is what they look for. */
export interface Search {
  /** An identifier of ours or of SIBS, or the order's own number. */
  readonly words: string;
  /** What is kept beside payments for this. */
  readonly terms: readonly string[];
  /** An amount in cents, perhaps of a day. */
  readonly amount: { readonly cents: Cents; readonly day: CivilDate | null } | null;
}

/** What may be meant by some words. Nothing in them has a meaning of its own: `%` is a percent sign. */
export function readSearch(text: string): Search {
  const words = text.trim();
  const amount = amountIn(words);
  // `12.50` has four digits, and is nobody's card
  const ofDigits = amount === null ? termsOfDigits(words) : [];
  const terms = [...(words.includes("@") ? [emailTerm(words)] : []), ...ofDigits];
  return { words, terms: terms.filter((term) => term !== null), amount };
}

/** Terms by which somebody is known, and that stand in no file. */
const OF_PEOPLE = /^(last4|email):/;

/** The same search for whoever may not read who pays: what it finds tells nobody whose phone, card or address it is. */
export function withoutPeople(search: Search): Search {
  return { ...search, terms: search.terms.filter((term) => !OF_PEOPLE.test(term)) };
}

/**
 * The same search for whoever is shown people shortened: they find by the last digits that they are shown, and no whole
 * address that they guess is confirmed.
 */
export function withoutAddresses(search: Search): Search {
  return { ...search, terms: search.terms.filter((term) => !term.startsWith("email:")) };
}

/** Digits as people group them: four are the last of a phone or a card, nine a reference, alone or after its entity. */
function termsOfDigits(words: string): (string | null)[] {
  if (!/^[*•\d][*•\d .-]*$/.test(words)) return [];
  const digits = digitsOf(words);
  if (digits.length === 4) return [lastFourTerm(digits)];
  if (digits.length === 9) return [multibancoTerm(digits)];
  const [, reference] = /^\d{5}(\d{9})$/.exec(digits) ?? [];
  return [multibancoTerm(reference)];
}

/** With commas in front of each three digits only where a point is in front of the cents: `1,250` may be either. */
const AMOUNT = /^(?:€ ?)?(\d{1,3}(?:[ .]\d{3})+|\d{1,3}(?:,\d{3})+(?=\.)|\d+)(?:[.,](\d{2}))?( ?(?:€|eur(?:os?)?))?$/i;

/** `12,50`, `12.50 €`, `12 € 2026-11-27`, `27/11/2026 1.250,00`; euros without cents only where they are said to be. */
function amountIn(words: string): Search["amount"] {
  const { day, rest } = withoutDay(words.split(/\s+/));
  const [all, euros = "", decimals, unit] = AMOUNT.exec(rest.join(" ")) ?? [];
  if (all === undefined) return null;
  const isSaid = decimals !== undefined || unit !== undefined || all.startsWith("€") || day !== null;
  const sum = Number(digitsOf(euros)) * 100 + Number(decimals ?? 0);
  return isSaid && sum >= 1 && sum <= HIGHEST_AMOUNT ? { cents: cents(sum), day } : null;
}

/** The day that stands in front of an amount, or behind it, and the amount. */
function withoutDay(parts: readonly string[]): { readonly day: CivilDate | null; readonly rest: readonly string[] } {
  const first = dayOf(parts[0] ?? "");
  if (first !== null) return { day: first, rest: parts.slice(1) };
  const last = dayOf(parts.at(-1) ?? "");
  return { day: last, rest: last === null ? parts : parts.slice(0, -1) };
}

/** A day as `2026-11-27`, or as Portugal writes it: `27/11/2026`, `27-11-2026`, `1/2/2027`. */
function dayOf(text: string): CivilDate | null {
  const [, day, month = "", year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? [];
  const date = day === undefined ? text : `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isCivilDate(date) ? date : null;
}
