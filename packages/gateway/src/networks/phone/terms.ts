import { type Cents, parseEuros } from "@caravela/sibs/money";
import type { EndProblem, LimitProblem } from "@caravela/web/phone";
import type { MandateTerms } from "../../domain/mandate.ts";
import { readTypedEuros } from "../typed.ts";

/** A limit in euros and a last day, as a form or a program writes them; what is not given is not set. */
export interface WrittenTerms {
  readonly limit?: string | number | undefined;
  readonly validUntil?: string | undefined;
}

/** What is wrong with each; null where nothing is. */
export interface TermsProblems {
  readonly limit: LimitProblem | null;
  readonly validUntil: EndProblem | null;
}

/** Outcome of {@link readTerms}. */
export type ReadTerms =
  | { readonly ok: true; readonly terms: MandateTerms }
  | { readonly ok: false; readonly problems: TermsProblems };

/**
 * Reads what the owner of a phone sets for an authorised payment: a limit above zero, and an end that is not past.
 * @param today the day in Lisbon, `2026-11-22`.
 */
export function readTerms({ limit, validUntil }: WrittenTerms, today: string): ReadTerms {
  const most = limit === undefined ? NOT_SET : readLimit(limit);
  const end = validUntil === undefined ? NOT_SET : readEnd(validUntil, today);
  if (most.problem !== null || end.problem !== null) {
    return { ok: false, problems: { limit: most.problem, validUntil: end.problem } };
  }
  return { ok: true, terms: { limit: most.value, validUntil: end.value } };
}

type Read<Value, Problem> =
  | { readonly value: Value; readonly problem: null }
  | { readonly value: null; readonly problem: Problem };

const NOT_SET = { value: null, problem: null } as const;

/** A program's number is read to the letter, what somebody types as people do. */
function readLimit(written: string | number): Read<Cents, LimitProblem> {
  if (/^\s*-\d/.test(String(written))) return { value: null, problem: "not_above_zero" };
  const value = typeof written === "number" ? readNumber(written) : readTypedEuros(written);
  if (value === null) return { value, problem: "not_an_amount" };
  return value === 0 ? { value: null, problem: "not_above_zero" } : { value, problem: null };
}

function readNumber(euros: number): Cents | null {
  try {
    return parseEuros(euros);
  } catch {
    return null;
  }
}

/** Of a date-time only the date counts, as it is written. */
function readEnd(written: string, today: string): Read<string, EndProblem> {
  const [, value = ""] = /^(\d{4}-\d{2}-\d{2})(?:T|$)/.exec(written) ?? [];
  if (!isDay(value)) return { value: null, problem: "not_a_date" };
  return value < today ? { value: null, problem: "past" } : { value, problem: null };
}

/** Whether it is a day of the calendar: 31 November rolls over into another. */
function isDay(text: string): boolean {
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}
