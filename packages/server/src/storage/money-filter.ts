import type { TerminalId } from "../domain/identifiers.ts";
import type { Search } from "../domain/search.ts";
import { ALWAYS, type Span } from "../domain/span.ts";

/** What payments, and what was done with them, are filtered by; null: whatever it is. */
export interface MoneyFilter {
  /** Whose. */
  readonly terminal: TerminalId | null;
  readonly created: Span;
  /** When its money moved. */
  readonly paid: Span;
  readonly amount: number | null;
  readonly method: readonly string[] | null;
  readonly reference: string | null;
  readonly customer: string | null;
  /** The payment was charged by this mandate, the last time or by itself. */
  readonly mandate: string | null;
  readonly plan: string | null;
  readonly attention: boolean | null;
  readonly inDoubt: boolean | null;
  readonly search: Search | null;
  /** By which moment it is sorted: what has not moved any money has no such moment, and is not shown by it. */
  readonly sort: "created" | "paid";
}

/** The filter that leaves nothing out. */
export const ALL_MONEY: MoneyFilter = {
  terminal: null,
  created: ALWAYS,
  paid: ALWAYS,
  amount: null,
  method: null,
  reference: null,
  customer: null,
  mandate: null,
  plan: null,
  attention: null,
  inDoubt: null,
  search: null,
  sort: "created",
};

/** A filter, and the terminals whose it is of, as lists write them. */
export type OfTerminals<F> = Omit<F, "terminal"> & { readonly terminal: readonly string[] };
