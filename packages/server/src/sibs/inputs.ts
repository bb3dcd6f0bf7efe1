import type { CheckoutInput, MitInput, OperationInput } from "@caravela/sibs";
import type { AttemptId, OperationId } from "../domain/identifiers.ts";

/** SIBS's words for what is asked of it; nobody else imports them from its client. */
export { Card, type CardProblems, type DeviceInfo, ENVIRONMENTS } from "@caravela/sibs";

/** What a checkout is for. */
export type CheckoutTerms = CheckoutInput & { readonly merchantTransactionId: AttemptId };

/** What is to be captured, given up or given back. */
export type OperationTerms = Pick<OperationInput, "amount" | "description"> & {
  readonly merchantTransactionId: OperationId;
};

/** What a saved card is charged, and when its customer consented. */
export type SavedCardTerms = Pick<MitInput, "amount" | "description" | "originalDatetime"> & {
  readonly merchantTransactionId: AttemptId;
};
