import type { OperationId, PlanId, SavedCardId } from "./identifiers.ts";

/** An event that follows from a fact, before it is written down. */
export interface NewEvent<Type extends string = string> {
  readonly type: Type;
  /** The operation, the saved card or the plan that it is about; null: the payment or the mandate itself. */
  readonly subject: OperationId | SavedCardId | PlanId | null;
}
