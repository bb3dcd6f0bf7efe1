import type { Payment } from "../api/payments.ts";
import type { FormView } from "../parts/forms.tsx";

/** What a person does with a payment, but for a refund, which has a page of its own. */
export type ActionKind =
  | "ask_phone"
  | "new_reference"
  | "capture"
  | "release"
  | "cancel"
  | "resolve"
  | "settle_attempt"
  | "settle_operation"
  | "give_back"
  | "end_task";

export interface ActionView {
  kind: ActionKind;
  payment: Payment;
  /** The attempt, the operation or the task that it is about; null: the payment. */
  about: string | null;
  /** The most that it can be of, in cents; null: it is of no amount. */
  most: number | null;
  form: FormView;
}
