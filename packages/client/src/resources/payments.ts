import type {
  AddNoteInput,
  Attempt,
  CancelPaymentInput,
  CapturePaymentInput,
  ContinueAttemptInput,
  CreatePaymentInput,
  Journal,
  ListApprovalsQuery,
  ListCapturesQuery,
  ListNotesQuery,
  ListPaymentsQuery,
  ListRefundsQuery,
  Note,
  Operation,
  Payment,
  Refund,
  RefundAttemptInput,
  RefundPaymentInput,
  ResolveAttentionInput,
  SettleAttemptInput,
  SettleOperationInput,
  StartAttemptInput,
} from "../api-types.generated.ts";
import { at, Resource } from "../calls.ts";
import type { CallOptions, ChangeOptions } from "../options.ts";

/** Payments: what a customer is to pay, once. */
export class Payments extends Resource {
  /** Asks for a payment. Send the customer to its `payUrl`. Give the order's number as `idempotencyKey`. */
  create(input: CreatePaymentInput, options?: ChangeOptions): Promise<Payment> {
    return this.calls.post<"createPayment">("/v1/payments", options, input);
  }

  /** The payment as it stands now. */
  retrieve(payment: string, options?: CallOptions): Promise<Payment> {
    return this.calls.get<"getPayment">(`/v1/payments/${at(payment)}`, options);
  }

  /** Payments, newest first, filtered and searched. */
  list(query?: ListPaymentsQuery, options?: CallOptions) {
    return this.calls.list<"listPayments">("/v1/payments", options, query);
  }

  /** Ends a payment that is not paid, or gives up what is held of it, in full or by an `amount` in cents. */
  cancel(payment: string, input?: CancelPaymentInput, options?: ChangeOptions): Promise<Payment> {
    return this.calls.post<"cancelPayment">(`/v1/payments/${at(payment)}/cancel`, options, input);
  }

  /** Takes what is held, in full or by an `amount` in cents. */
  capture(payment: string, input?: CapturePaymentInput, options?: ChangeOptions): Promise<Payment> {
    return this.calls.post<"capturePayment">(`/v1/payments/${at(payment)}/capture`, options, input);
  }

  /** All that happened to a payment, in order, in words. */
  journal(payment: string, options?: CallOptions): Promise<Journal> {
    return this.calls.get<"getPaymentJournal">(`/v1/payments/${at(payment)}/journal`, options);
  }

  /** Ends the payment's `attention`: a person has looked. */
  resolveAttention(payment: string, input: ResolveAttentionInput, options?: ChangeOptions): Promise<Payment> {
    return this.calls.post<"resolveAttention">(`/v1/payments/${at(payment)}/attention/resolve`, options, input);
  }

  /** What people wrote about a payment, newest first. */
  notes(payment: string, query?: ListNotesQuery, options?: CallOptions) {
    return this.calls.list<"listNotes">(`/v1/payments/${at(payment)}/notes`, options, query);
  }

  /** Writes a note about a payment. No customer sees it. */
  addNote(payment: string, input: AddNoteInput, options?: ChangeOptions): Promise<Note> {
    return this.calls.post<"addNote">(`/v1/payments/${at(payment)}/notes`, options, input);
  }
}

/** Attempts: the tries to pay one payment, each by one way to pay. */
export class Attempts extends Resource {
  /** Starts an attempt. A refusal by SIBS is no error: look at the attempt's `failure`. */
  start(payment: string, input: StartAttemptInput, options?: ChangeOptions): Promise<Attempt> {
    return this.calls.post<"startAttempt">(`/v1/payments/${at(payment)}/attempts`, options, input);
  }

  /** Says that the customer's browser did what the attempt's `action` asked of it. */
  continue(payment: string, attempt: string, input: ContinueAttemptInput, options?: ChangeOptions): Promise<Attempt> {
    const path = `/v1/payments/${at(payment)}/attempts/${at(attempt)}/continue` as const;
    return this.calls.post<"continueAttempt">(path, options, input);
  }

  /** Says what became of an attempt of which nobody knows. SIBS is asked once more first. */
  settle(payment: string, attempt: string, input: SettleAttemptInput, options?: ChangeOptions): Promise<Attempt> {
    const path = `/v1/payments/${at(payment)}/attempts/${at(attempt)}/settle` as const;
    return this.calls.post<"settleAttempt">(path, options, input);
  }

  /** Gives back money of an attempt that is in none of the payment's sums, in full or by an `amount` in cents. */
  refund(payment: string, attempt: string, input?: RefundAttemptInput, options?: ChangeOptions): Promise<Operation> {
    const path = `/v1/payments/${at(payment)}/attempts/${at(attempt)}/refunds` as const;
    return this.calls.post<"refundAttempt">(path, options, input);
  }
}

/** Refunds: money given back. */
export class Refunds extends Resource {
  /**
   * Gives a payment's money back, in full or by an `amount` in cents. Give a key of your own as `idempotencyKey`, as
   * `order-17-refund-1`: then a second press of the button gives nothing back.
   */
  create(payment: string, input?: RefundPaymentInput, options?: ChangeOptions): Promise<Refund> {
    return this.calls.post<"refundPayment">(`/v1/payments/${at(payment)}/refunds`, options, input);
  }

  /** Refunds, newest first, filtered and searched. */
  list(query?: ListRefundsQuery, options?: CallOptions) {
    return this.calls.list<"listRefunds">("/v1/refunds", options, query);
  }
}

/** Captures: what was taken of money that had been held first. */
export class Captures extends Resource {
  /** Captures, newest first, filtered and searched. */
  list(query?: ListCapturesQuery, options?: CallOptions) {
    return this.calls.list<"listCaptures">("/v1/captures", options, query);
  }
}

/** Captures, cancellations and refunds of which nobody knows what became. */
export class OperationsInDoubt extends Resource {
  /** Says what became of one. SIBS is asked once more first. */
  settle(operation: string, input: SettleOperationInput, options?: ChangeOptions): Promise<Operation> {
    return this.calls.post<"settleOperation">(`/v1/operations/${at(operation)}/settle`, options, input);
  }
}

/** Refunds that a colleague asked for and another decides about. */
export class Approvals extends Resource {
  /** Those that wait, or waited, newest first. */
  list(query?: ListApprovalsQuery, options?: CallOptions) {
    return this.calls.list<"listApprovals">("/v1/approvals", options, query);
  }
}
