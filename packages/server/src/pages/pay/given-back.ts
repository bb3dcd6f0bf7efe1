import { cents } from "@caravela/sibs/money";
import type { GivenBack } from "@caravela/web/pay";
import { isInSums, type Operation } from "../../domain/payment/operation.ts";
import type { Payment } from "../../domain/payment/state.ts";

/** Money that was taken late or twice and goes back by itself; null when there is none. */
export function givenBack(payment: Payment): GivenBack | null {
  const returns = payment.operations.filter((one) => !isInSums(one));
  if (returns.length === 0) return null;
  return {
    amount: cents(returns.reduce((sum, one) => sum + one.amount, 0)),
    state: stateOf(returns),
  };
}

function stateOf(returns: readonly Operation[]): GivenBack["state"] {
  if (returns.some((one) => one.status === "failed")) return "failed";
  return returns.every((one) => one.status === "succeeded") ? "done" : "pending";
}
