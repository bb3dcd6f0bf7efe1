import type { Attempt, Payment } from "../api/payments.ts";
import { NEW_TRIES, type NewTry } from "../parts/methods.ts";
import { capturableOf, refundableOf } from "./money.ts";
import { LIVE } from "./next.ts";

/** Something that a person does with a payment on a page of its own. */
export interface PaymentAction {
  readonly kind: "ask_phone" | "new_reference" | "refund" | "capture" | "release" | "cancel" | "resolve";
  /** The operation of the API that it is. */
  readonly needs: string;
  /** Below the payment's own address. */
  readonly path: string;
  /** Whether the payment is as it must be for it. */
  isPossible(payment: Payment): boolean;
}

/** In the order in which they stand. */
export const ACTIONS: readonly PaymentAction[] = [
  ...NEW_TRIES.map(
    (wanted): PaymentAction => ({
      kind: wanted.kind,
      needs: "startAttempt",
      path: wanted.path,
      isPossible: (payment) => mayBeTried(payment, wanted),
    }),
  ),
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

/** Whether the customer may be asked anew in a way: what else is under way is called off, or known to be over. */
function mayBeTried({ status, attention, methods, capture, attempts }: Payment, wanted: NewTry): boolean {
  const others = attempts.filter((attempt) => attempt.inDoubt || LIVE.includes(attempt.status));
  return (
    isAwaited(status) &&
    attention === null &&
    methods.includes(wanted.method) &&
    (capture === "automatic" || wanted.canHold) &&
    others.every((other) => !other.inDoubt && makesRoom(other, wanted))
  );
}

/** Whether a try that may still be paid ends where another is wanted. */
function makesRoom(live: Attempt, wanted: NewTry): boolean {
  const { canBeCalledOff = false } = NEW_TRIES.find(({ method }) => method === live.method) ?? {};
  return canBeCalledOff && live.method !== wanted.method;
}

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
