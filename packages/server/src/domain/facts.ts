import type { Cents } from "@caravela/sibs/money";
import type { Failure, PaymentReference, UnpaidEnd } from "./attempt.ts";
import type { Method } from "./methods/index.ts";
import type { RefundReason } from "./operation.ts";
import type { Attention, NewPayment } from "./payment.ts";
import type { Instant } from "./time.ts";

/** One line of a payment's journal: something that happened, never changed afterwards. */
export type Fact = { readonly at: Instant } & (
  | { readonly kind: "payment_created"; readonly payment: NewPayment }
  | { readonly kind: "payment_canceled" }
  | { readonly kind: "payment_expired" }
  | { readonly kind: "attention_raised"; readonly attempt: string; readonly reason: Attention["reason"] }
  | { readonly kind: "again_wanted"; readonly phone: string }
  | { readonly kind: "again_dropped" }
  | AttemptFact
  | RefundFact
);

/** What happened to one attempt. */
export type AttemptFact = { readonly attempt: string } & (
  | { readonly kind: "attempt_prepared"; readonly method: Method; readonly phone: string | null }
  | {
      readonly kind: "attempt_submitted";
      readonly transactionId: string;
      readonly merchantTransactionId: string;
      readonly checkoutExpiresAt: Instant;
    }
  | { readonly kind: "attempt_in_doubt" }
  | { readonly kind: "attempt_not_arrived" }
  | { readonly kind: "attempt_pending"; readonly reference: PaymentReference | null }
  | { readonly kind: "attempt_approved"; readonly amount: Cents; readonly reference: PaymentReference | null }
  | { readonly kind: "attempt_ended"; readonly status: UnpaidEnd; readonly failure: Failure }
  | { readonly kind: "attempt_noticed"; readonly notification: string; readonly success: boolean }
  | { readonly kind: "attempt_asked"; readonly said: string; readonly answered: boolean }
  | { readonly kind: "cancellation_wanted"; readonly operation: string }
  | { readonly kind: "cancellation_sent"; readonly operation: string }
  | { readonly kind: "cancellation_dropped"; readonly operation: string }
);

/** What happened to one refund. */
export type RefundFact = { readonly refund: string } & (
  | {
      readonly kind: "refund_requested";
      readonly attempt: string;
      readonly amount: Cents;
      readonly reason: RefundReason;
    }
  | { readonly kind: "refund_sent" }
  | { readonly kind: "refund_in_doubt" }
  | { readonly kind: "refund_noticed"; readonly notification: string }
  | { readonly kind: "refund_asked"; readonly said: string }
  | { readonly kind: "refund_succeeded"; readonly transactionId: string | null }
  | { readonly kind: "refund_failed"; readonly failure: Failure; readonly transactionId: string | null }
  | { readonly kind: "refund_needs_person" }
);
