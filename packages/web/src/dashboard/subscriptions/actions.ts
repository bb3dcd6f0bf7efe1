import type { Mandate, Plan } from "../api/mandates.ts";

/** What a person does with a plan. */
type PlanActionKind = "pause" | "resume" | "skip" | "amount" | "end";

/** What a person does with an authorised payment, or with a plan of it. */
export type SubscriptionActionKind = "cancel" | PlanActionKind;

interface PlanAction {
  readonly kind: PlanActionKind;
  /** The operation of the API that it is. */
  readonly needs: string;
  isPossible(plan: Plan): boolean;
}

/** In the order in which they stand. */
export const PLAN_ACTIONS: readonly PlanAction[] = [
  { kind: "resume", needs: "resumePlan", isPossible: ({ status }) => status === "paused" },
  { kind: "pause", needs: "pausePlan", isPossible: (plan) => isRunning(plan) && plan.status !== "paused" },
  { kind: "skip", needs: "skipCharge", isPossible: (plan) => isRunning(plan) && plan.nextCharge !== null },
  { kind: "amount", needs: "changePlanAmount", isPossible: isRunning },
  { kind: "end", needs: "cancelPlan", isPossible: isRunning },
];

function isRunning({ status }: Plan): boolean {
  return status !== "ended" && status !== "canceled";
}

/** Whether a mandate is asked for, or can be charged. */
export function isAlive({ status }: Mandate): boolean {
  return status === "pending" || status === "active" || status === "suspended";
}
