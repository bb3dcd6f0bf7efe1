import type { Decision as Deciding } from "../decision.ts";
import { apply } from "./apply.ts";
import type { Fact } from "./facts.ts";
import { recorded } from "./record.ts";
import type { Payment } from "./state.ts";

/** The facts that follow from a command about a payment, or why it is refused. */
export type Decision = Deciding<Fact>;

/** The state after the facts of a decision. */
export function after(payment: Payment, facts: readonly Fact[]): Payment {
  return facts.reduce((state, fact) => apply(state, recorded(state, fact, null)), payment);
}
