import type { AttemptId, OperationId } from "../identifiers.ts";
import type { Instant } from "../time.ts";
import type { Fact } from "./facts.ts";
import type { Attention, Payment } from "./state.ts";

/** A person is to look at an attempt, or at one of its operations, beside whatever they must look at already. */
export function attention(
  of: { readonly attempt: AttemptId; readonly operation?: OperationId },
  reason: Attention["reason"],
  { now: at }: { readonly now: Instant },
): Fact {
  return { kind: "attention_raised", at, ...of, reason, beside: true };
}

/** All that a person must look at, first come first. */
export function attentionsOf({ attention: first, attentionNext }: Payment): readonly Attention[] {
  return first === null ? attentionNext : [first, ...attentionNext];
}

/**
 * The payment with all that a person must look at. The first stays the first until it is resolved: whoever resolves it
 * has seen that one.
 */
export function withAttentions<P extends Payment>(payment: P, all: readonly Attention[]): P {
  return { ...payment, attention: all[0] ?? null, attentionNext: all.slice(1) };
}

/** Whether both are of the same: one of them is enough. */
export function isSameAttention(one: Attention, other: Omit<Attention, "at">): boolean {
  return one.reason === other.reason && one.attempt === other.attempt && one.operation === other.operation;
}
