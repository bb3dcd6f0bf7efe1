import type { Fact } from "./facts.ts";
import { isOfAttempt, isOfOperation } from "./record.ts";
import type { Report } from "./report.ts";

/** The facts that a report brought; where it is of an inquiry, the first of them tells SIBS's word in it. */
export function broughtBy({ source, paymentStatus: said }: Report, facts: readonly Fact[]): readonly Fact[] {
  const [first, ...rest] = facts;
  if (first === undefined || source === "answer") return facts;
  return isOfAttempt(first) || isOfOperation(first) ? [{ ...first, said }, ...rest] : facts;
}
