import type { Cents } from "@caravela/sibs/money";
import type { PageView } from "../parts/live.ts";

/** What a customer agrees to: both pages of a mandate, where it is agreed to and where it is looked after, show it. */
export interface TermsView extends PageView {
  /** What for, in the shop's words. */
  description: string;
  /** The shop's number for it; null when it gave none. */
  reference: string | null;
  /** What the customer's limit holds for: `subscription` each calendar month, `oneclick` each purchase. */
  type: "subscription" | "oneclick";
  /** The customer's phone, masked as SIBS masks it: `351#*****9999`. */
  phone: string;
  /** As the customer set it in the app; null until then. */
  limit: Cents | null;
  /** The last day, `2027-12-31`, as the customer set it in the app; null until then. */
  validUntil: string | null;
  /** What is charged by itself. */
  plans: PlanOnPage[];
}

/** A schedule of charges. */
export interface PlanOnPage {
  id: string;
  /** Where it has words of its own. */
  description: string | null;
  amount: Cents;
  every: "month" | { days: number };
  firstDate: string;
  /** The last day on which it may charge; null where it goes on until somebody ends it. */
  endDate: string | null;
  state: "running" | "paused" | "over";
  /** When it charges next; null when it does not, or waits to be resumed. */
  nextDate: string | null;
}

/** What the page shows where a customer sees what was charged and can end the mandate: `/mandates/{token}`. */
export interface MandateView extends TermsView {
  /** Where the request on the phone is followed: `/authorize/{token}`. */
  authorizePath: string;
  /** Newest first. */
  charges: ChargeOnPage[];
  /** Whether there are older charges than these. */
  hasMoreCharges: boolean;
  /** Whether the customer is asked whether to end it: the page was asked for with `?end`. */
  asksToEnd: boolean;
  screen: MandateScreen;
}

/** How the mandate stands. `refused`: it was never agreed to, for whatever reason. */
export interface MandateScreen {
  kind: "pending" | "active" | "suspended" | "canceled" | "expired" | "refused";
}

/** One payment that was charged, or was to be. */
export interface ChargeOnPage {
  id: string;
  /** When it was begun, ISO 8601. */
  at: string;
  amount: Cents;
  description: string | null;
  /**
   * `on_the_way`: nobody knows yet. `to_approve`: waits in the app, being over the limit. `unpaid`: was refused, and is
   * tried again or can be settled by hand. `not_charged`: came to nothing.
   */
  state: "paid" | "refunded" | "partly_refunded" | "on_the_way" | "to_approve" | "unpaid" | "not_charged";
  /** Where it can be settled by hand; null where it cannot. */
  payPath: string | null;
}
