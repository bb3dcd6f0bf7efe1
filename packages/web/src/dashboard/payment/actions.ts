import type { Payment } from "../api/payments.ts";
import { capturableOf, refundableOf } from "./money.ts";

/** Something that a person does with a payment on a page of its own. */
export interface PaymentAction {
  readonly kind: "refund" | "capture" | "release" | "cancel" | "resolve";
  /** The operation of the API that it is. */
  readonly needs: string;
  /** Below the payment's own address. */
  readonly path: string;
  /** Whether the payment is as it must be for it. */
  isPossible(payment: Payment): boolean;
}

/** In the order in which they stand. */
export const ACTIONS: readonly PaymentAction[] = [
  { kind: "capture", needs: "capturePayment", path: "capture", isPossible: (payment) => isHeld(payment) },
  { kind: "refund", needs: "refundPayment", path: "refund", isPossible: (payment) => refundableOf(payment) > 0 },
  { kind: "release", needs: "cancelPayment", path: "release", isPossible: (payment) => isHeld(payment) },
  { kind: "cancel", needs: "cancelPayment", path: "cancel", isPossible: ({ status }) => isAwaited(status) },
  {
    kind: "resolve",
    needs: "resolveAttention",
    path: "resolve",
    isPossible: ({ attention }) => attention !== null,
  },
];

function isHeld(payment: Payment): boolean {
  return capturableOf(payment) > 0;
}

/** Whether the customer may still pay. */
export function isAwaited(status: Payment["status"]): boolean {
  return status === "open" || status === "pending";
}

/** Whether there is anything to show a receipt of. */
export function hasReceipt({ amountCaptured }: Payment): boolean {
  return amountCaptured > 0;
}
