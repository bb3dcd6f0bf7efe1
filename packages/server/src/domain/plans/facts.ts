import type { CivilDate } from "./calendar.ts";
import type { NewPlan } from "./plan.ts";

/** What happened to one plan: lines of its mandate's journal. */
export type PlanFact = { readonly plan: string } & (
  | { readonly kind: "plan_created"; readonly terms: NewPlan; readonly waits: boolean }
  | { readonly kind: "plan_activated" }
  | { readonly kind: "plan_paused" }
  | { readonly kind: "plan_resumed"; readonly waits: boolean; readonly nextPeriod: number }
  | { readonly kind: "plan_canceled"; readonly reason: "requested" | "mandate_over" }
  | { readonly kind: "plan_ended" }
  | { readonly kind: "charge_announced"; readonly period: number; readonly date: CivilDate }
  | { readonly kind: "charge_skipped"; readonly period: number; readonly date: CivilDate }
  /** Committed before the payment is made under this id: whoever goes on after a crash makes no other. */
  | { readonly kind: "charge_begun"; readonly period: number; readonly date: CivilDate; readonly payment: string }
  | { readonly kind: "charge_made"; readonly period: number; readonly payment: string }
);
