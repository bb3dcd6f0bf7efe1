import { addMonths, lisbonDate } from "@caravela/platform/lisbon";
import { type Cents, cents } from "@caravela/sibs/money";

/** `SUBSCRIPTION`: the customer's limit is for each month; `ONECLICK`: for each purchase (reference §6). */
export type MandateType = "SUBSCRIPTION" | "ONECLICK";

/** What the customer set where nothing was set on the phone: 100 € (invented by us). */
const DEFAULT_LIMIT = cents(10_000);

/** What a mandate's customer is asked to consent to, and has. It stands beside the creation's transaction. */
export interface Consent {
  readonly type: MandateType;
  readonly customerName: string;
  /** As its customer or merchant left it; `PEND` until it is given. Time alone makes it expire (see `mandateOf`). */
  readonly status: "PEND" | "ACTV" | "SSPN" | "CNCL";
  /** Set by the customer; null until the consent is given. */
  readonly limit: Cents | null;
  /** The last day, in Lisbon, on which it is good: `2027-12-31`; null until the consent is given. */
  readonly validUntil: string | null;
  /**
   * The last month, in Lisbon, in which something was collected (`2026-11`), and how much; null before the first
   * collection.
   */
  readonly collected: { readonly month: string; readonly amount: Cents } | null;
}

/**
 * The consent once it is given: with the limit and the end that the customer set, or 100 € and one year ahead (invented
 * by us).
 */
export function given(consent: Consent, at: Date): Consent & { readonly limit: Cents; readonly validUntil: string } {
  const { limit, validUntil } = consent;
  return {
    ...consent,
    status: "ACTV",
    limit: limit ?? DEFAULT_LIMIT,
    validUntil: validUntil ?? addMonths(lisbonDate(at), 12),
  };
}

/** The month in Lisbon: `2026-11`. */
export function lisbonMonth(moment: Date): string {
  return lisbonDate(moment).slice(0, 7);
}
