import type { Cents } from "@caravela/sibs/money";
import type { Phone } from "@caravela/sibs/phone";
import type { AsOf } from "../asked.ts";
import type { By } from "../by.ts";
import type { Failure } from "../failure.ts";
import type { AttemptId, CancellationId, OperationId, SavedCardId } from "../identifiers.ts";
import type { Spender } from "../limit.ts";
import type { Method } from "../methods/index.ts";
import type { UnpaidEnd } from "../methods/types.ts";
import type { Instant } from "../time.ts";
import type { Absence } from "./absence.ts";
import type { Action, Authentication, CardSummary, ChargedMandate, PaymentReference } from "./attempt.ts";
import type { Looks } from "./looks.ts";
import type { OperationKind, OperationReason, Stated } from "./operation.ts";
import type { AttemptResult, OperationResult, SaidBy } from "./settlement.ts";
import type { Attention, NewPayment, SavedCardSummary } from "./state.ts";

/** Something that happened, and when. */
type Dated<What> = { readonly at: Instant } & What;

/** What a decision says that happened. `by`: who caused it, where that is not whoever had it decided. */
export type Fact = { readonly by?: By | null } & AsOf & Dated<PaymentFact | AttemptFact | OperationFact>;

/**
 * One line of a payment's journal: a fact, never changed afterwards, with who caused it (null: written by an earlier
 * version, which did not keep that), and when what it is about is looked at next. `looks`: what inquiries that said
 * nothing new have come to since the fact before. The state is what such facts add up to: no rule is asked anew for it.
 */
export type Recorded = { readonly by: By | null; readonly looks?: Looks } & Dated<
  PaymentFact | ((AttemptFact | OperationFact) & { readonly next: Instant | null })
>;

/** What happened to the payment itself. */
export type PaymentFact =
  | { readonly kind: "payment_created"; readonly payment: NewPayment }
  | { readonly kind: "payment_canceled" }
  | { readonly kind: "payment_expired" }
  | {
      readonly kind: "attention_raised";
      readonly attempt: AttemptId;
      readonly reason: Attention["reason"];
      /** The operation that it is about; absent: the attempt itself. */
      readonly operation?: OperationId;
      /**
       * It comes beside what a person must look at already; absent, in journals of earlier versions: it takes the place
       * of that.
       */
      readonly beside?: true;
    }
  /** Each text of a person is null once the customer is erased. */
  | { readonly kind: "attention_resolved"; readonly note: string | null }
  | { readonly kind: "card_saved"; readonly card: SavedCardSummary }
  /** A wish is kept. `method`: absent in journals of versions that kept none but for MB WAY. */
  | {
      readonly kind: "new_request_wanted";
      readonly method?: Method;
      readonly phone: Phone | null;
      /** Whoever it was pressed at is about to begin it; absent: nobody is. */
      readonly notBefore?: Instant;
    }
  /** The kept wish is no longer wanted, or cannot be carried out. `until`: its phone rests so long. */
  | { readonly kind: "new_request_dropped"; readonly until?: Instant }
  | { readonly kind: "charge_put_off"; readonly until: Instant }
  | { readonly kind: "charges_stopped" }
  /** The reference of an attempt is about to end, and nobody has paid by it. */
  | { readonly kind: "expiry_told"; readonly attempt: AttemptId }
  /** Nothing is known any more of whose payment it was. */
  | { readonly kind: "customer_erased" };

/** How an attempt is to be paid, as far as it may be written down. */
export interface AttemptTerms {
  readonly method: Method;
  readonly phone: Phone | null;
  readonly card: CardSummary | null;
  readonly token: SavedCardId | null;
  readonly mandate: ChargedMandate | null;
  readonly initiator: "customer" | "merchant";
  /** Whether it is begun by itself, for a wish that was kept; absent: it is not. */
  readonly wished?: true;
}

/**
 * Who says how something ended, where it is not SIBS: a person, or that nothing was ever found of it. Then SIBS is
 * asked again later.
 */
interface Said {
  readonly saidBy?: SaidBy;
  /** What finding nothing had come to, where that says so. */
  readonly absence?: Absence;
}

/** `said`: SIBS's word in the inquiry that brought the fact; absent: none did. */
interface Inquired {
  readonly said?: string;
}

/**
 * What the money of an approval is for: the payment, which then holds it, or has it; or it came when the payment was
 * over, or had been paid, and goes back; or it is another amount than asked for, or one that cannot be read (null), and
 * a person must look.
 */
export type UseOfMoney =
  | { readonly for: "payment" | "late" | "duplicate"; readonly amount: Cents }
  | { readonly for: "other_amount"; readonly amount: Cents | null };

/** What happened to one attempt. */
export type AttemptFact = { readonly attempt: AttemptId } & Inquired &
  (
    | ({ readonly kind: "attempt_prepared" } & AttemptTerms)
    | {
        readonly kind: "attempt_submitted";
        /** Null for a charge by the merchant: its transaction is made by the call itself. */
        readonly transactionId: string | null;
        readonly merchantTransactionId: AttemptId;
        readonly checkoutExpiresAt: Instant;
        /** Until when the customer can act. Null: nobody is waited for. */
        readonly expiresAt: Instant | null;
        /** Of a charge by the merchant: SIBS's transaction on which it is made. */
        readonly madeOn?: string;
      }
    | { readonly kind: "attempt_named"; readonly transactionId: string }
    | { readonly kind: "attempt_authenticated"; readonly authentication: Authentication }
    | { readonly kind: "attempt_action_required"; readonly action: Action }
    | { readonly kind: "attempt_action_done"; readonly action: string; readonly executed: boolean }
    | { readonly kind: "attempt_in_doubt" }
    | { readonly kind: "attempt_not_arrived" }
    /** SIBS finds nothing of it, while it finds `control`, which was sent later. */
    | { readonly kind: "attempt_not_found"; readonly control: AttemptId | OperationId }
    | { readonly kind: "attempt_fell_back"; readonly phone: Phone | null; readonly expiresAt: Instant }
    | { readonly kind: "attempt_pending"; readonly reference: PaymentReference | null }
    | ({
        readonly kind: "attempt_approved";
        /** SIBS had not notified it yet: the notification that follows tells nothing new. */
        readonly unannounced?: true;
        readonly hold: boolean;
        readonly reference: PaymentReference | null;
      } & UseOfMoney &
        Said)
    | ({
        readonly kind: "attempt_ended";
        readonly status: UnpaidEnd;
        readonly failure: Failure;
        /** Whoever began it did not come to send it, and whoever asked for it was told nothing; else absent. */
        readonly left?: true;
      } & Said)
    /** A person says how it ended; what follows from that comes right after. */
    | { readonly kind: "attempt_settled"; readonly outcome: AttemptResult; readonly note: string | null }
    /** SIBS itself says what was settled. */
    | { readonly kind: "attempt_proved"; readonly amount: Cents | null }
    /** What counted as approved was not paid: its money leaves the sums. */
    | { readonly kind: "attempt_refuted"; readonly status: UnpaidEnd; readonly failure: Failure }
    | {
        readonly kind: "attempt_notified";
        readonly notification: string;
        readonly success: boolean;
        /** Whether it says that money moved. */
        readonly paid: boolean;
      }
    /** An inquiry said finally, or a person, that no money moved, of an attempt that had ended already. */
    | ({ readonly kind: "attempt_notification_refuted"; readonly said: string } & Said)
    /** A reference exists at SIBS although its call had counted as never arrived. */
    | { readonly kind: "reference_found"; readonly reference: PaymentReference }
    | {
        readonly kind: "attempt_asked";
        readonly said: string;
        readonly answered: boolean;
        /** SIBS holds it to be unpaid yet. Journals of earlier versions do not tell. */
        readonly unpaid?: true;
        /** SIBS says an amount that cannot be read. */
        readonly unreadable?: true;
      }
    | { readonly kind: "cancellation_wanted"; readonly operation: CancellationId; readonly notBefore: Instant }
    | { readonly kind: "cancellation_sent"; readonly operation: CancellationId }
    | { readonly kind: "cancellation_dropped"; readonly operation: CancellationId }
    | { readonly kind: "cancellation_done"; readonly operation: CancellationId }
  );

/** What happened to one capture, cancellation or refund. */
export type OperationFact = { readonly operation: OperationId } & Inquired &
  (
    | ({
        readonly kind: "operation_requested";
        readonly operationKind: OperationKind;
        readonly attempt: AttemptId;
        readonly amount: Cents;
        readonly reason: OperationReason;
        /** Whose days it counts in; absent: nobody's. */
        readonly countsFor?: readonly Spender[];
      } & Partial<Stated>)
    | { readonly kind: "operation_sent" }
    | { readonly kind: "operation_postponed"; readonly until: Instant }
    /** `refusal`: SIBS refused it, and an earlier sending of ours may be why. */
    | { readonly kind: "operation_in_doubt"; readonly refusal?: Failure }
    /** SIBS finds nothing of it, while it finds `control`, which was sent later. */
    | { readonly kind: "operation_not_found"; readonly control: AttemptId | OperationId }
    /** `transactionId`: SIBS's transaction of it, which the notification names beside its own id. */
    | { readonly kind: "operation_notified"; readonly notification: string; readonly transactionId?: string | null }
    | {
        readonly kind: "operation_asked";
        readonly said: string;
        /** Whether another may be sent after this answer. */
        readonly freesAnother: boolean;
      }
    | ({ readonly kind: "operation_succeeded"; readonly transactionId: string | null } & Said)
    | ({
        readonly kind: "operation_failed";
        readonly failure: Failure;
        readonly transactionId: string | null;
        /** When what it was for is asked for anew by itself; absent: not at all. */
        readonly again?: Instant;
      } & Said)
    /** A person says what became of it; what follows from that comes right after. */
    | { readonly kind: "operation_settled"; readonly outcome: OperationResult; readonly note: string | null }
    /** SIBS itself says what was settled, or concluded. */
    | { readonly kind: "operation_proved"; readonly transactionId: string | null }
    | { readonly kind: "operation_needs_person" }
  );
