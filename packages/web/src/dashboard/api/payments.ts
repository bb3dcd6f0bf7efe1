import type { Failure, Settled } from "./happenings.ts";

export interface Attempt {
  id: string;
  method: string;
  status:
    | "prepared"
    | "submitted"
    | "action_required"
    | "pending"
    | "approved"
    | "declined"
    | "timed_out"
    | "expired"
    | "canceled"
    | "failed";
  inDoubt: boolean;
  amount: number;
  transactionId: string | null;
  createdAt: string;
  expiresAt: string | null;
  failure: Failure | null;
  settled: Settled | null;
  card: { brand: string; lastFour: string } | null;
  mbway: { phone: string } | null;
  multibanco: { entity: string; reference: string; amount: number; expiresAt: string } | null;
}

/** A refund, a capture or a cancellation. */
export interface Operation {
  id: string;
  payment: string;
  reference: string;
  amount: number;
  status: "pending" | "succeeded" | "failed" | "in_doubt";
  reason: "requested" | "automatic" | "late" | "duplicate" | "returned";
  failure: Failure | null;
  settled: Settled | null;
  /** Why, as whoever asked for it said. */
  statedReason: RefundReason | null;
  note: string | null;
  /** The person who asked, where another had to approve it. */
  requestedBy: { id: string | null; name: string | null } | null;
  createdAt: string;
}

/** Why money goes back, as people say it. */
export type RefundReason = "requested_by_customer" | "duplicate" | "fraudulent" | "other";

/** A refund that waits for a second person, or waited. */
export interface Approval {
  id: string;
  status: "waiting" | "approved" | "refused" | "withdrawn" | "expired";
  payment: string;
  reference: string;
  amount: number;
  statedReason: RefundReason | null;
  note: string | null;
  requestedBy: { id: string; name: string };
  decidedBy: { id: string; name: string } | null;
  decisionNote: string | null;
  createdAt: string;
  expiresAt: string;
}

export interface Customer {
  id: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
}

export interface Payment {
  id: string;
  terminal: string | null;
  status: "open" | "pending" | "authorized" | "paid" | "canceled" | "expired";
  amount: number;
  amountAuthorized: number;
  amountCaptured: number;
  amountReleased: number;
  amountRefunded: number;
  reference: string;
  description: string | null;
  methods: string[];
  capture: "automatic" | "manual";
  latePayments: "refund" | "accept";
  customer: Customer | null;
  mandate: string | null;
  plan: { id: string; period: number; date: string } | null;
  metadata: Record<string, string>;
  payUrl: string;
  attention: {
    reason: "amount_differs" | "taken_back" | "in_doubt" | "proved_after_all" | "not_taken";
    attempt: string;
    operation: string | null;
    at: string;
  } | null;
  /** The attempt whose money the sums hold. */
  fundedBy: string | null;
  attempts: Attempt[];
  refunds: Operation[];
  captures: Operation[];
  cancellations: Operation[];
  createdAt: string;
  expiresAt: string;
  paidAt: string | null;
}
