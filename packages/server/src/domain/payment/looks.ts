import type { AttemptId, OperationId } from "../identifiers.ts";
import type { Attempt } from "./attempt.ts";
import type { Operation } from "./operation.ts";

// An inquiry that says again what the last one said is no fact. What rules count on of it is kept beside the state all
// the same: the members that such an inquiry changes. The next fact, whatever it is about, takes them into the journal.

/** What inquiries change of an attempt without saying anything new of it. */
export type AttemptLook = Pick<Attempt, "asked" | "askAt" | "readUnpaidAt" | "unread" | "absence">;

/** What inquiries change of an operation without saying anything new of it. */
export type OperationLook = Pick<Operation, "asked" | "askAt" | "lookedUpAt" | "absence">;

/** What the inquiries since the last fact of a payment have come to: of each that was asked about, how it is since. */
export interface Looks {
  readonly attempts: Readonly<Record<AttemptId, AttemptLook>>;
  readonly operations: Readonly<Record<OperationId, OperationLook>>;
}
