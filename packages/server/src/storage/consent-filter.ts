import type { TerminalId } from "../domain/identifiers.ts";
import type { Search } from "../domain/search.ts";
import { ALWAYS, daySpan, isBounded, type Span } from "../domain/span.ts";
import { type Condition, is, isPresent, isSpelt, isWithin, subjectsNamed } from "./list-query.ts";

/** What mandates and plans are filtered by; null: whatever it is. */
export interface ConsentFilter {
  readonly terminal: TerminalId | null;
  readonly created: Span;
  /** When any charge by it was paid. */
  readonly paid: Span;
  /** A mandate's limit; what a plan charges. */
  readonly amount: number | null;
  readonly reference: string | null;
  readonly customer: string | null;
  /** Whether a person must look at a charge by it. */
  readonly attention: boolean | null;
  /** Whether a mandate's own request is in doubt; whether a plan's charge is. */
  readonly inDoubt: boolean | null;
  readonly search: Search | null;
}

/** The filter that leaves nothing out. */
export const ALL_CONSENTS: ConsentFilter = {
  terminal: null,
  created: ALWAYS,
  paid: ALWAYS,
  amount: null,
  reference: null,
  customer: null,
  attention: null,
  inDoubt: null,
  search: null,
};

/** By which column a payment says by what it was charged. */
export type ChargedBy = "mandate_id" | "plan_id";

/** What the row itself is to be. */
export function isOfConsent({ created, reference, customer }: ConsentFilter): Condition[] {
  return [
    ...isWithin("created_at", created),
    ...(reference === null ? [] : isPresent("reference")),
    ...isSpelt("reference", reference),
    ...(customer === null ? [] : isPresent("customer_id")),
    ...is("customer_id", customer),
  ];
}

/** What the payments are to be that were charged by it. */
export function isOfCharges(by: ChargedBy, { paid, attention }: ConsentFilter): Condition[] {
  return [...(isBounded(paid) ? [isPaidWithin(by, paid)] : []), ...isOfFlagged(by, "attention", attention)];
}

/** Found by `listed_payment_charged_by_mandate` and `…_by_plan`, which hold what was paid of what was so charged. */
function isPaidWithin(by: ChargedBy, paid: Span): Condition {
  return (value) => {
    const within = isWithin("paid_at", paid, "charge").map((condition) => condition(value));
    return `listed.id in (select charge.${by} from caravela.listed_payment as charge
      where charge.${by} is not null and charge.paid_at is not null and ${within.join(" and ")})`;
  };
}

/** Of few: `wanted` says whether any charge by it is so. */
export function isOfFlagged(by: ChargedBy, flag: "attention" | "in_doubt", wanted: boolean | null): Condition[] {
  if (wanted === null) return [];
  const flagged = `from caravela.listed_payment as charge where charge.${by} is not null and charge.${flag}`;
  return [
    () =>
      wanted
        ? `listed.id in (select charge.${by} ${flagged})`
        : `not exists (select ${flagged} and charge.${by} = listed.id)`,
  ];
}

/** What a payment was charged by that is known by a word. */
export function chargersNamed(by: ChargedBy, word: string): string {
  return `select ${by} from caravela.listed_payment where id in (${subjectsNamed(word)}) and ${by} is not null`;
}

/** An amount that is searched for, perhaps with the day on which it was made. */
export function isOfDay(amount: Search["amount"]): Condition[] {
  return amount?.day == null ? [] : isWithin("created_at", daySpan(amount.day));
}
