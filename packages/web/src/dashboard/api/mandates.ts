import type { Failure } from "./happenings.ts";

/** A charge to come. */
export interface PlannedCharge {
  period: number;
  /** In Lisbon. */
  date: string;
  amount: number;
  at: string;
  announcedAt: string | null;
}

/** A schedule of charges by an authorised payment. */
export interface Plan {
  id: string;
  mandate: string;
  status: "pending" | "active" | "paused" | "ended" | "canceled";
  amount: number;
  every: "month" | { days: number };
  firstDate: string;
  endDate: string | null;
  description: string | null;
  reference: string;
  nextCharge: PlannedCharge | null;
  charged: number;
}

/** A saved card, by what its customer recognises it. */
export interface SavedCard {
  id: string;
  customer: string;
  brand: string | null;
  lastFour: string | null;
  /** As 2028-12. */
  expiry: string | null;
  createdAt: string;
}

/** An authorised payment: a customer's standing consent to be charged. */
export interface Mandate {
  id: string;
  terminal: string | null;
  status: "pending" | "active" | "suspended" | "canceled" | "expired" | "refused";
  type: "subscription" | "oneclick";
  phone: string | null;
  customer: { id: string | null; name: string | null };
  description: string | null;
  reference: string | null;
  limit: number | null;
  validUntil: string | null;
  inDoubt: boolean;
  failure: Failure | null;
  authorizeUrl: string;
  manageUrl: string;
  plans: Plan[];
  createdAt: string;
  activatedAt: string | null;
  endedAt: string | null;
}
