import type { Whole } from "../api/answers.ts";
import type { DeliveredEvent, ListedEvent } from "../api/developers.ts";
import type { JournalLine, Task } from "../api/happenings.ts";
import type { Approval, Payment } from "../api/payments.ts";

/** What a colleague wrote about a payment. */
export interface Note {
  id: string;
  /** Null: the customer was erased. */
  text: string | null;
  by: { type: string; id: string | null; name: string | null };
  at: string;
}

/** A payment with all that is known around it. What whoever looks may not see is null. */
export interface PaymentView {
  payment: Payment;
  journal: readonly JournalLine[];
  tasks: Whole<Task>;
  /** The refunds of it that wait for a second person. */
  waiting: Whole<Approval>;
  events: {
    all: Whole<ListedEvent>;
    /** The one whose deliveries are asked for. */
    shown: DeliveredEvent | null;
  } | null;
  notes: Whole<Note> | null;
  /** What was done a moment ago; null: nothing. */
  done: string | null;
  /** For the presses of this page. */
  key: string;
  /** Where its changes are heard. */
  live: string;
}
