import type { Looks } from "./looks.ts";
import type { Payment } from "./state.ts";

/** A payment with what the inquiries since its last fact have come to. */
export function withLooks(payment: Payment, looks: Looks | null): Payment {
  if (looks === null) return payment;
  const attempts = payment.attempts.map((one) => ({ ...one, ...looks.attempts[one.id] }));
  const operations = payment.operations.map((one) => ({ ...one, ...looks.operations[one.id] }));
  return { ...payment, attempts, operations, looks };
}
