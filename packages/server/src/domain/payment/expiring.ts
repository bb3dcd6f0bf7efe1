import type { Given } from "../decision.ts";
import type { AttemptId } from "../identifiers.ts";
import { DAY, type Instant } from "../time.ts";
import type { Attempt } from "./attempt.ts";
import type { Fact } from "./facts.ts";
import type { Payment } from "./state.ts";

/** How long before its end it is told that a reference still waits to be paid. */
const BEFORE = DAY;

/**
 * When it is told that the reference of an attempt is about to end; null: it was, or nobody need pay by it, or it lives
 * no longer than that.
 */
export function expiryToldAt(payment: Payment, attempt: Attempt): Instant | null {
  const { status, reference, cancellation, paidNoticeAt, expiryTold, createdAt } = attempt;
  const isWaitedFor = payment.status === "pending" && status === "pending" && !attempt.inDoubt;
  if (!isWaitedFor || reference === null || expiryTold || cancellation !== null || paidNoticeAt !== null) return null;
  const at = reference.expiresAt - BEFORE;
  return at > createdAt ? at : null;
}

/** Tells once, a day before, that a reference which nobody has paid is about to end. */
export function tellExpiry(payment: Payment, id: AttemptId, { now }: Given): readonly Fact[] {
  const attempt = payment.attempts.find((one) => one.id === id);
  const at = attempt === undefined ? null : expiryToldAt(payment, attempt);
  return at === null || now < at ? [] : [{ kind: "expiry_told", at: now, attempt: id }];
}
