import type { Mandate } from "../../packages/server/src/domain/mandate/state.ts";
import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import type { Violation } from "./books.ts";

/** What is compared of plans: what they count, and the payments that they made. */
export interface PlanBooks {
  readonly payments: readonly Payment[];
  readonly mandates: readonly Mandate[];
}

/** Each period of a plan is one payment at most, each that its plan counts is there, and none is half made. */
export function plansOf({ payments, mandates }: PlanBooks): Violation[] {
  const ofPlan = Map.groupBy(
    payments.filter(({ plan }) => plan !== null),
    ({ plan }) => plan?.id,
  );
  return mandates.flatMap((mandate) =>
    mandate.plans.flatMap(({ id, charged, begun }) => {
      const made = ofPlan.get(id) ?? [];
      const periods = new Set(made.map(({ plan }) => plan?.period));
      const faults: Violation[] = [];
      const of = (kind: Violation["kind"], says: string) => faults.push({ kind, subject: mandate.id, says });
      if (periods.size < made.length) of("double", `${id} made ${made.length} payments of ${periods.size} periods`);
      if (made.length !== charged) of("loss", `${id} counts ${charged} charges, and made ${made.length} payments`);
      if (begun !== null) of("other", `${id} has begun a charge that is not made`);
      return faults;
    }),
  );
}
