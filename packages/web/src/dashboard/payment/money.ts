import type { Attempt, Operation, Payment } from "../api/payments.ts";

/** What became of a payment's money, in cents. */
export interface MoneyParts {
  /** Taken, and still the shop's. */
  kept: number;
  /** Given back. */
  refunded: number;
  /** Authorised, and neither captured nor given up. */
  held: number;
  /** Given up of what was held. */
  released: number;
  /** Of the amount, what was never authorised. */
  outstanding: number;
}

/** What became of a payment's money. The parts add up to its amount, or to what was authorised where that is more. */
export function partsOf(payment: Payment): MoneyParts {
  const { amount, amountAuthorized, amountCaptured, amountReleased, amountRefunded } = payment;
  return {
    kept: amountCaptured - amountRefunded,
    refunded: amountRefunded,
    held: Math.max(0, amountAuthorized - amountCaptured - amountReleased),
    released: amountReleased,
    outstanding: Math.max(0, amount - Math.max(amountAuthorized, amountCaptured)),
  };
}

/** What is under way of these, or may have been done, in cents. */
function underWay(operations: readonly Operation[]): number {
  const counted = operations.filter(({ status, reason }) => UNDER_WAY.includes(status) && IN_SUMS.includes(reason));
  return counted.reduce((sum, { amount }) => sum + amount, 0);
}

const UNDER_WAY: readonly Operation["status"][] = ["pending", "in_doubt"];

/** Money that came late or twice, and goes back, is in none of the sums. */
const IN_SUMS: readonly Operation["reason"][] = ["requested", "automatic"];

/** How much can still be refunded, in cents. */
export function refundableOf({ amountCaptured, amountRefunded, refunds }: Payment): number {
  return Math.max(0, amountCaptured - amountRefunded - underWay(refunds));
}

/** How much of the hold can still be captured or given up, in cents. */
export function capturableOf(payment: Payment): number {
  return Math.max(0, partsOf(payment).held - underWay(payment.captures) - underWay(payment.cancellations));
}

/** The try whose money the payment has: of one that was paid twice, not the one that goes back. */
export function fundingOf({ attempts, fundedBy }: Payment): Attempt | undefined {
  return attempts.find(({ id }) => id === fundedBy);
}
