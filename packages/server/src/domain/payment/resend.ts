import type { Given } from "../decision.ts";
import { failure } from "../failure.ts";
import type { OperationId } from "../identifiers.ts";
import { type Instant, MINUTE } from "../time.ts";
import type { Fact } from "./facts.ts";
import { isUnderWay, type Operation } from "./operation.ts";
import type { Payment } from "./state.ts";

// What counts as never sent may have been done all the same. So whatever is sent anew for the same purpose is sent only
// once SIBS has been asked again about what went before, and not at all when that proves to be done.

/** Those of the same kind on the same transaction that ended without SIBS's own word: each may prove to be done. */
export function unprovedBefore({ operations }: Payment, { id, kind, attempt }: Operation): readonly Operation[] {
  return operations.filter(
    (one) =>
      one.id !== id &&
      one.kind === kind &&
      one.attempt === attempt &&
      one.status === "failed" &&
      one.unprovedSince !== null,
  );
}

/**
 * Whether an earlier sending of the same may have been done, so that SIBS's refusal of this one may be its answer to
 * that one.
 */
export function isRepeated(payment: Payment, operation: Operation): boolean {
  return operation.notBefore !== null || unprovedBefore(payment, operation).length > 0;
}

/**
 * Those that SIBS's refusal of an operation, which is not believed yet, may be the answer to, and of which SIBS has not
 * spoken since that was sent: they are asked about before it is believed.
 */
export function causesOfRefusal(payment: Payment, id: OperationId): readonly Operation[] {
  const operation = payment.operations.find((one) => one.id === id);
  if (operation?.status !== "in_doubt" || operation.refusal === null) return [];
  const sentAt = operation.sentAt ?? operation.createdAt;
  return unprovedBefore(payment, operation).filter(({ lookedUpAt }) => lookedUpAt === null || lookedUpAt < sentAt);
}

/**
 * What SIBS must be asked about, by its id, before this operation may be sent: what it has not spoken of within the
 * last minute.
 */
export function toLookUpFirst(payment: Payment, operation: Operation, now: Instant): readonly OperationId[] {
  const isRecent = ({ lookedUpAt }: Operation) => lookedUpAt !== null && now < lookedUpAt + MINUTE;
  return unprovedBefore(payment, operation)
    .filter((one) => !isRecent(one))
    .map(({ id }) => id);
}

/** One that counted as never sent was done: what was to be sent in its place, and has not been, is not. */
export function stopped({ operations }: Payment, done: Operation, { now: at }: Given): readonly Fact[] {
  return operations
    .filter((one) => isUnderWay(one) && one.sentAt === null && one.kind === done.kind && one.attempt === done.attempt)
    .map(({ id }) => ({
      kind: "operation_failed",
      at,
      operation: id,
      failure: failure("done_before"),
      transactionId: null,
    }));
}
