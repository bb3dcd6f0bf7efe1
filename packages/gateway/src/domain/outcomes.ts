/**
 * How a transaction can stand, and how SIBS says it: `paymentStatus`, the code and words of `transactionStatusCode` in
 * status answers, and the code of notifications where that is another (reference §15, "MB WAY refusal code").
 */
interface Meaning {
  readonly paymentStatus:
    | "Pending"
    | "Partial"
    | "InProcessing"
    | "Success"
    | "Declined"
    | "Timeout"
    | "Error"
    | "Expired";
  /** null: SIBS gives none (the seed's `Timeout`). */
  readonly code: string | null;
  readonly description: string;
  readonly notice?: { readonly code: string; readonly description: string };
}

export const outcomes = {
  /** Somebody outside is waited for: the merchant, the phone, the ATM. */
  waiting: { paymentStatus: "Pending", code: "000", description: "Pending" },
  /** The browser has something to do for the card's issuer: 3-D Secure. */
  action_wanted: { paymentStatus: "Partial", code: "000", description: "Partial" },
  in_processing: { paymentStatus: "InProcessing", code: "000", description: "InProcessing" },
  approved: { paymentStatus: "Success", code: "000", description: "Success" },
  refused_by_holder: {
    paymentStatus: "Declined",
    code: "E0500",
    description: "Operation not accepted by the cardholder",
    notice: {
      code: "10.106.0001",
      description: "After the operation was successful, was refused by the cardholder.",
    },
  },
  not_answered: {
    paymentStatus: "Declined",
    code: "E0500",
    description: "Operation not accepted by the cardholder",
    notice: { code: "00.110.1601", description: "The operation was neither accepted nor refused in time." },
  },
  abandoned: {
    paymentStatus: "Declined",
    code: "00.110.1601",
    description: "The operation was neither accepted nor refused in time.",
  },
  timed_out: { paymentStatus: "Timeout", code: null, description: "Timeout" },
  collection_failed: { paymentStatus: "Declined", code: "E0518", description: "Authorised payment: collection failed" },
  mandate_not_canceled: {
    paymentStatus: "Declined",
    code: "E0520",
    description: "Authorised payment: cancellation failed",
  },
  unknown_alias: { paymentStatus: "Declined", code: "E0506", description: "The provided alias does not exist" },
  no_funds: { paymentStatus: "Declined", code: "E0113", description: "Insufficient funds" },
  // SIBS publishes no codes for these five: ours, from a gap in its list (docs/fidelity.md, codes).
  card_refused: { paymentStatus: "Declined", code: "E0114", description: "Card refused by its issuer" },
  card_expired: { paymentStatus: "Declined", code: "E0115", description: "Card expired" },
  wrong_code: { paymentStatus: "Declined", code: "E0116", description: "Wrong security code" },
  issuer_unavailable: { paymentStatus: "Declined", code: "E0117", description: "Issuer unavailable" },
  not_authenticated: { paymentStatus: "Declined", code: "E0118", description: "Cardholder not authenticated" },
  failed: { paymentStatus: "Error", code: "E0301", description: "Processing error" },
  expired: { paymentStatus: "Expired", code: "E0612", description: "Payment reference is expired" },
  not_possible: { paymentStatus: "Declined", code: "E0119", description: "Operation declined" },
  already_refunded: { paymentStatus: "Declined", code: "E0528", description: "The payment is already refunded" },
  invalid_card: { paymentStatus: "Declined", code: "E0531", description: "MB WAY purchase with an invalid card" },
  reference_canceled: { paymentStatus: "Declined", code: "E0612", description: "Payment reference is cancelled" },
  reference_paid: { paymentStatus: "Declined", code: "E0613", description: "Payment reference already paid" },
} as const satisfies Record<string, Meaning>;

/** The name of a way a transaction can stand. */
export type Outcome = keyof typeof outcomes;

/** What SIBS says of an outcome. */
export function meaningOf(outcome: Outcome): Meaning {
  return outcomes[outcome];
}
