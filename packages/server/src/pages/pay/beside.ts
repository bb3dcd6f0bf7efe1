import { maskPhone } from "@caravela/sibs/phone";
import type { PayScreen } from "@caravela/web/pay";
import { endedBeside } from "../../domain/payment/overlap.ts";
import { liveAttempt, type Payment } from "../../domain/payment/state.ts";
import { opensBeside } from "../../domain/payment/wish.ts";
import type { Instant } from "../../domain/time.ts";

/** The phone that is asked still, while the customer is shown the other ways; null: they are not, or none is. */
export function besideOf(payment: Payment, now: Instant): string | null {
  const { status, attention, expiresAt } = payment;
  const phone = status === "pending" && attention === null ? (liveAttempt(payment)?.phone ?? null) : null;
  if (phone === null || now >= expiresAt) return null;
  return opensBeside(payment) || endedBeside(payment) !== null ? maskPhone(phone) : null;
}

/** While another phone is asked still, one press for the same again would ask that one. */
export function withoutPhone(screen: PayScreen): PayScreen {
  const { kind } = screen;
  return kind === "declined" || kind === "not_answered" || kind === "failed" ? { ...screen, phone: null } : screen;
}
