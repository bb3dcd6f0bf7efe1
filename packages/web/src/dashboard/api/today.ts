/** What moved on a day by one way to pay at one terminal, in cents. */
export interface DaySum {
  /** In Lisbon. */
  day: string;
  method: string;
  terminal: string;
  currency: "EUR";
  taken: number;
  refunded: number;
  held: number;
  /** Payments of which any money moved. */
  count: number;
}

/** How many tries to pay ended without money for one reason. */
export interface FailureCount {
  reason: string;
  method: string;
  terminal: string;
  count: number;
}

/** References that are still to be paid, and end on one day. */
export interface ReferenceSum {
  day: string;
  terminal: string;
  currency: "EUR";
  count: number;
  amount: number;
}

/** How it all works just now. */
export interface Health {
  at: string;
  sibs: {
    calls: number;
    /** Refused or unanswered, of one; null: there were no calls. */
    refusedShare: number | null;
    medianMs: number | null;
    slowestMs: number | null;
    spared: { terminal: string; until: string }[];
  };
  lastNotification: { at: string; seconds: number } | null;
  oldestDue: { what: string; since: string; seconds: number } | null;
  undelivered: { count: number; oldest: string | null };
  inDoubt: { attempts: number; operations: number; mandates: number };
  stalled: string[];
}
