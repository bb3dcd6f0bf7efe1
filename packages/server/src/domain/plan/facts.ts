import type { Cents } from "@caravela/sibs/money";
import type { PaymentId, PlanId } from "../identifiers.ts";
import type { Instant } from "../time.ts";
import type { CivilDate } from "./calendar.ts";
import type { NewPlan } from "./state.ts";

/** What happened to one plan: lines of its mandate's journal. */
export type PlanFact = { readonly plan: PlanId } & (
  | { readonly kind: "plan_created"; readonly terms: NewPlan; readonly waits: boolean }
  | { readonly kind: "plan_activated" }
  /** `since`: what was due before is missed; absent: of a version before, which kept in no plan when it was paused. */
  | { readonly kind: "plan_paused"; readonly since?: Instant }
  | { readonly kind: "plan_resumed"; readonly waits: boolean; readonly nextPeriod: number }
  /** `from`: the first period that it is for, the first of which the shop was not told. */
  | { readonly kind: "plan_amount_changed"; readonly amount: Cents; readonly from: number }
  | { readonly kind: "plan_canceled"; readonly reason: "requested" | "mandate_over" }
  | { readonly kind: "plan_ended" }
  /** `due`: when it is made; absent: by its date. */
  | {
      readonly kind: "charge_announced";
      readonly period: number;
      readonly date: CivilDate;
      readonly due?: Instant;
    }
  /** Periods that nobody could charge in time are left out, as the plan has it. */
  | { readonly kind: "charges_missed"; readonly period: number; readonly through: number }
  | { readonly kind: "charge_skipped"; readonly period: number; readonly date: CivilDate }
  /** Committed before the payment is made under this id: whoever goes on after a crash makes no other. */
  | {
      readonly kind: "charge_begun";
      readonly period: number;
      readonly date: CivilDate;
      readonly payment: PaymentId;
      /** The day in Lisbon; absent where charges were not counted by the day yet. */
      readonly on?: CivilDate;
    }
  | { readonly kind: "charge_made"; readonly period: number; readonly payment: PaymentId }
);

/** What happened to a plan, and when. */
export type DatedPlanFact = { readonly at: Instant } & PlanFact;
