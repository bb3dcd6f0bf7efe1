import type { MandateId, PlanId } from "../domain/identifiers.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import { announceCharge, beginCharge, chargeMade } from "../domain/plan/charge.ts";
import type { PlanTask } from "../domain/plan/due.ts";
import { endPlan } from "../domain/plan/end.ts";
import { findPlan } from "../domain/plan/state.ts";
import { type CreatesPlanPayments, createPlanPayment } from "../payments/create-plan-payment.ts";
import type { DecidesMandates } from "../storage/ports.ts";

/** What a plan's charge may touch. */
export type ChargesPlans = DecidesMandates & CreatesPlanPayments;

/** Does for a plan what its time has come for. */
export async function performPlanTask(ports: ChargesPlans, mandateId: MandateId, task: PlanTask): Promise<void> {
  const { mandates } = ports;
  switch (task.do) {
    case "announce_charge":
      await mandates.record(mandateId, (state, given) => announceCharge(state, task.plan, given));
      return;
    case "begin_charge": {
      const begun = await mandates.record(mandateId, (state, given) => beginCharge(state, task.plan, given));
      await makeCharge(ports, begun.mandate, task.plan);
      return;
    }
    case "make_charge": {
      const mandate = await mandates.load(mandateId);
      if (mandate !== null) await makeCharge(ports, mandate, task.plan);
      return;
    }
    case "end_plan":
      await mandates.record(mandateId, (state, given) => endPlan(state, task.plan, given));
  }
}

/**
 * Makes the payment of the charge that is begun, under the id that was committed with it. Whoever dies between the
 * three steps (begin, make, note that it is made) leaves the next one to be done again, which finds done what is done.
 */
async function makeCharge(ports: ChargesPlans, mandate: Mandate, id: PlanId): Promise<void> {
  const plan = findPlan(mandate, id);
  if (plan === undefined || plan.begun === null) return;
  const { payment, period, date } = plan.begun;
  await createPlanPayment(ports, { id: payment, mandate, plan, period, date });
  await ports.mandates.record(mandate.id, (state, given) => chargeMade(state, { plan: id, payment }, given));
}
