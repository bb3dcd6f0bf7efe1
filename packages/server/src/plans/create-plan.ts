import type { Chance } from "@caravela/platform/chance";
import type { Cents } from "@caravela/sibs/money";
import type { Mandate } from "../domain/mandate/state.ts";
import { createPlan as decidePlan } from "../domain/plan/begin.ts";
import type { CivilDate } from "../domain/plan/calendar.ts";
import { type Every, type Missed, type NewPlan, RETRIES } from "../domain/plan/state.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { KeyRow } from "../storage/keys.ts";
import type { DecidesMandates } from "../storage/ports.ts";
import { type PlanOfMandate, withPlan } from "./find-plan.ts";

/** What the shop asks for. */
export interface CreatePlan {
  readonly amount: Cents;
  readonly every: Every;
  readonly firstDate: CivilDate;
  readonly endDate: CivilDate | null;
  readonly description: string | null;
  readonly reference: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly missed: Missed;
}

const ERASED = { refused: "customer_erased" } as const;

/**
 * Makes a plan on a mandate, recorded together with the request's key. Nothing is charged before the plan's own clock
 * says so.
 */
export async function createPlan(
  { mandates, chance }: DecidesMandates & { readonly chance: Chance },
  mandate: Mandate,
  wanted: CreatePlan,
  key: KeyRow,
): Promise<PlanOfMandate | Refusal> {
  const id = chance.id("plan");
  const reference = wanted.reference ?? mandate.reference ?? id;
  const terms: NewPlan = { ...wanted, id, currency: "EUR", reference, retries: RETRIES };
  const decided = await mandates.decide(
    mandate.id,
    (state, given) => (state.erasedAt === null ? decidePlan(state, terms, given) : ERASED),
    () => key(id),
  );
  return "refused" in decided ? decided : withPlan(decided.mandate, id);
}
