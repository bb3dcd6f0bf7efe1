import { applyMandate } from "../../packages/server/src/domain/mandate/apply.ts";
import { bringUpMandateFact } from "../../packages/server/src/domain/mandate/earlier-facts.ts";
import type { Mandate } from "../../packages/server/src/domain/mandate/state.ts";
import type { Fact } from "../../packages/server/src/domain/payment/facts.ts";
import { mayTry } from "../../packages/server/src/domain/payment/plan-charges.ts";
import type { StoredFact } from "../../packages/server/src/domain/stored.ts";
import type { MemoryDatabase } from "../store/database.ts";
import type { Wrong } from "./property.ts";

type Prepared = Extract<Fact, { readonly kind: "attempt_prepared" }>;
type PlanOfPayment = Extract<Fact, { readonly kind: "payment_created" }>["payment"]["plan"];

/** By saved card: how many lines all journals had when the shop was told that it is forgotten. */
export type Forgotten = ReadonlyMap<string, number>;

/**
 * In the order in which everything was committed: that SIBS is asked for money by an authorised payment is written only
 * while that is active, and, where a plan charges, while the plan is neither paused nor canceled; by a saved card only
 * until whoever forgot it was told so. Whoever ends any of these knows when they are answered that nothing is charged.
 */
export function chargesFollowConsent(database: MemoryDatabase, forgotten: Forgotten, wrong: Wrong): void {
  const mandates = new Map<string, Mandate>();
  const attempts = new Map<string, Prepared>();
  const plans = new Map<string, PlanOfPayment>();
  const charged = (subject: string, { attempt, mandate, token, initiator }: Prepared, line: number) => {
    const told = token === null ? undefined : forgotten.get(token);
    if (told !== undefined && line >= told) wrong(subject, `${attempt} was charged by ${token}, which was forgotten`);
    if (mandate === null) return;
    const standing = mandates.get(mandate.id);
    const plan = initiator === "merchant" ? (plans.get(subject) ?? null) : null;
    if (standing?.status !== "active")
      wrong(subject, `${attempt} was charged by ${mandate.id}, which was ${standing?.status ?? "not there"}`);
    else if (plan !== null && mayTry(standing, plan.id) !== "now")
      wrong(subject, `${attempt} was charged by ${plan.id}, which was stopped`);
  };
  const follow = (subject: string, fact: Fact, line: number) => {
    if (fact.kind === "payment_created") plans.set(subject, fact.payment.plan);
    if (fact.kind === "attempt_prepared") attempts.set(fact.attempt, fact);
    const sent = fact.kind === "attempt_submitted" ? attempts.get(fact.attempt) : undefined;
    if (sent !== undefined) charged(subject, sent, line);
  };
  for (const [line, { subject, stored }] of linesOf(database).entries()) {
    const before = mandates.get(subject) ?? null;
    if (subject.startsWith("man_")) mandates.set(subject, applyMandate(before, bringUpMandateFact(before, stored)));
    else follow(subject, { ...stored.data, kind: stored.kind, at: stored.at.getTime() } as Fact, line);
  }
}

/** All journals, line by line as they were committed. */
function linesOf(database: MemoryDatabase): readonly { readonly subject: string; readonly stored: StoredFact }[] {
  const facts = database.of("caravela.fact");
  return [...facts.rows].map((row) => ({
    subject: String(row.subject_id),
    stored: facts.read(row, ["kind", "at", "version", "data"]) as unknown as StoredFact,
  }));
}
